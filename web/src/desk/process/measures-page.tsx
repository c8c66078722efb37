import '../../style/board.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { formatDay, formatPercent } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'
import { CaseFile } from './case-file.tsx'

type Measure = Reply<'measures'>['measures'][number]
type Unit = Reply<'measures'>['units'][number]
const FILTERS = ['toDo', 'flagged', 'running', 'done'] as const
type Filter = (typeof FILTERS)[number]
const FITS: Record<Filter, (one: Measure) => boolean> = {
  // what has been carried out and whose cause has ended waits to be lifted
  toDo: ({ state, step, over }) => state.kind === 'waiting' || (step.kind === 'carry' && over !== undefined),
  flagged: ({ flags }) => flags.length > 0,
  running: ({ state }) => state.kind === 'running',
  done: ({ state, step }) => state.kind === 'closed' || (state.kind === 'over' && step.kind !== 'carry'),
}
const FLAGS: Readonly<Record<string, 'late' | 'afterCause' | 'toLift' | 'notLifted' | 'liftedLate' | 'contradiction'>> =
  {
    'to-lift': 'toLift',
    late: 'late',
    'after-cause': 'afterCause',
    'not-lifted': 'notLifted',
    'lifted-late': 'liftedLate',
    contradiction: 'contradiction',
  }

/** Measures of the unit: to take up, to carry out, to lift; what is late or contradicts itself; how units account for theirs (B6). */
export function MeasuresPage() {
  const { t } = useWords()
  const { who } = useSession()
  const [filter, setFilter] = useState<Filter>('toDo')
  const [opened, setOpened] = useState<string>()
  const measures = useQuery({ queryKey: ['measures'], queryFn: ({ signal }) => call('measures', {}, signal) })
  if (opened) return <CaseFile id={opened} onBack={() => setOpened(undefined)} back={t('measureBoard.back')} />
  if (measures.isPending) return <Skeleton lines={8} />
  if (measures.isError) return <Failure error={measures.error} onRetry={() => void measures.refetch()} />
  const lines = measures.data.measures.filter(FITS[filter])
  const may = who.roles.some((role) => role === 'clerk' || role === 'reviewer' || role === 'admin')
  return (
    <div className="stack-l">
      <fieldset className="row plain">
        <legend className="visually-hidden">{t('cases.filter')}</legend>
        {FILTERS.map((one) => (
          <button
            type="button"
            key={one}
            className={`button ${one === filter ? '' : 'second'}`}
            aria-pressed={one === filter}
            onClick={() => setFilter(one)}
          >
            {t(`measureBoard.${one}`)} · {measures.data.measures.filter(FITS[one]).length}
          </button>
        ))}
      </fieldset>
      {lines.length === 0 ? (
        <Empty icon="check" title={t('measureBoard.empty')} />
      ) : (
        <Tasks lines={lines} onOpen={may ? setOpened : undefined} />
      )}
      {measures.data.units.length > 0 ? <Rates units={measures.data.units} /> : null}
    </div>
  )
}

function Tasks({ lines, onOpen }: { lines: Measure[]; onOpen: ((id: string) => void) | undefined }) {
  const { t, pick, language } = useWords()
  return (
    <TableWrap label={t('measureBoard.title')}>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t('measureBoard.measure')}</th>
            <th scope="col">{t('measureBoard.cause')}</th>
            <th scope="col">{t('measureBoard.state')}</th>
            <th scope="col">{t('measureBoard.due')}</th>
            {onOpen ? <th scope="col">{t('cases.open')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.case}>
              <th scope="row">
                {pick(one.name)}
                <p className="faint">{pick(one.unit.name)}</p>
              </th>
              <td data-label={t('measureBoard.cause')}>
                <span>
                  {pick(one.list)}
                  <span className="faint"> · {pick(one.by.name)}</span>
                </span>
              </td>
              <td data-label={t('measureBoard.state')}>
                <span>
                  {pick(one.step.name)}
                  {one.over ? <span className="tag warn"> {t(`measureBoard.over.${one.over}`)}</span> : null}
                  {one.flags.map((flag) => {
                    const known = FLAGS[flag]
                    return known ? (
                      <span className="tag bad" key={flag}>
                        {' '}
                        {t(`measureBoard.flag.${known}`)}
                      </span>
                    ) : null
                  })}
                </span>
              </td>
              <td data-label={t('measureBoard.due')} className="nowrap">
                {one.due ? formatDay(one.due, language) : t('cases.noDue')}
              </td>
              {onOpen ? (
                <td>
                  <button type="button" className="button second" onClick={() => onOpen(one.case)}>
                    {t('cases.openOne')}
                    <span className="visually-hidden"> {pick(one.name)}</span>
                  </button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  )
}

const COUNTS = ['tasks', 'responded', 'carried', 'notApplicable', 'refused', 'mistaken', 'harm', 'lifted'] as const
const WRONG = ['late', 'liftedLate', 'contradictions'] as const

/** How each unit has accounted for its measures, in counts and the share taken up and carried out. */
function Rates({ units }: { units: Unit[] }) {
  const { t, pick, language } = useWords()
  return (
    <div className="stack">
      <h2 className="h-small">{t('measureBoard.rates')}</h2>
      <TableWrap label={t('measureBoard.rates')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('measureBoard.unit')}</th>
              {[...COUNTS, ...WRONG].map((one) => (
                <th scope="col" className="num" key={one}>
                  {t(`measureBoard.count.${one}`)}
                </th>
              ))}
              <th scope="col" className="num">
                {t('measureBoard.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {units.map(({ unit, rates }) => (
              <tr key={unit.id}>
                <th scope="row">{pick(unit.name)}</th>
                {COUNTS.map((one) => (
                  <td className="num" key={one}>
                    {rates[one]}
                  </td>
                ))}
                {WRONG.map((one) => (
                  <td className="num" key={one}>
                    {rates[one] > 0 ? <span className="tag bad">{rates[one]}</span> : 0}
                  </td>
                ))}
                <td className="num">
                  {rates.tasks > 0 ? formatPercent(rates.responded / rates.tasks, language) : t('shared.none')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
    </div>
  )
}
