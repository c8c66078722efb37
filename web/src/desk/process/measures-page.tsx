import '../../style/board.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  MEASURES_TABLE,
  namesOfFlags,
  OVER_NAMES,
  RATES_TABLE,
  WRONG_RATES,
  type MeasureRow,
  type RateRow,
} from '#contract/tables-measure.ts'
import { call } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { CaseFile } from './case-file.tsx'

/** Measures of the unit: to take up, to carry out, to lift; what is late or contradicts itself; how units account for theirs (B6). */
export function MeasuresPage() {
  const { t, pick } = useWords()
  const { who } = useSession()
  const [opened, setOpened] = useState<string>()
  const measures = useQuery({ queryKey: ['measures'], queryFn: ({ signal }) => call('measures', {}, signal) })
  if (opened) return <CaseFile id={opened} onBack={() => setOpened(undefined)} back={t('measureBoard.back')} />
  if (measures.isPending) return <Skeleton lines={8} />
  if (measures.isError) return <Failure error={measures.error} onRetry={() => void measures.refetch()} />
  const may = who.roles.some((role) => role === 'clerk' || role === 'reviewer' || role === 'admin')
  const open = (one: MeasureRow) => (
    <button type="button" className="button second" onClick={() => setOpened(one.case)}>
      {t('cases.openOne')}
      <span className="visually-hidden"> {pick(one.name)}</span>
    </button>
  )
  return (
    <div className="stack-l">
      <DataTable
        table={MEASURES_TABLE}
        rows={measures.data.measures}
        rowKey={(one) => one.case}
        input={{}}
        empty={<Empty icon="check" title={t('measureBoard.empty')} />}
        renderCell={(column, one) => (column === 'state' ? <State measure={one} /> : undefined)}
        {...(may ? { renderActions: open } : {})}
      />
      {measures.data.units.length > 0 ? <Rates units={measures.data.units} /> : null}
    </div>
  )
}

function State({ measure: { step, over, flags } }: { measure: MeasureRow }) {
  const { pick } = useWords()
  return (
    <>
      {pick(step.name)}
      {over ? <span className="tag warn">{pick(OVER_NAMES[over])}</span> : null}
      {namesOfFlags(flags).map((name) => (
        <span className="tag bad" key={name.en}>
          {pick(name)}
        </span>
      ))}
    </>
  )
}

/** How each unit has accounted for its measures, in counts and the share taken up. */
function Rates({ units }: { units: readonly RateRow[] }) {
  const { pick } = useWords()
  return (
    <section className="stack">
      <h2 className="h-small">{pick(RATES_TABLE.name)}</h2>
      <DataTable
        table={RATES_TABLE}
        rows={units}
        rowKey={({ unit }) => unit.id}
        input={{}}
        renderCell={(column, { rates }) => {
          const of = WRONG_RATES.includes(column) ? Object.entries(rates).find(([id]) => id === column)?.[1] : undefined
          return of ? <span className="tag bad">{of}</span> : undefined
        }}
      />
    </section>
  )
}
