import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CASES_TABLE } from '#contract/tables.ts'
import { call, type Reply } from '../api.ts'
import { joinLegends } from '../archive.ts'
import { StepForm } from '../case/step-form.tsx'
import { CaseState, CaseTimeline } from '../case/timeline.tsx'
import { formatDay, formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { RecordCard } from '../record-card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'

type Line = Reply<'caseQueue'>['cases'][number]
const FILTERS = ['open', 'late', 'closed'] as const
type Filter = (typeof FILTERS)[number]

const fits: Record<Filter, (line: Line) => boolean> = {
  open: ({ closed }) => !closed,
  late: ({ overdue, suspended }) => overdue || suspended,
  closed: ({ closed }) => closed,
}

/** The unit's cases by what is due; one opens beside the record it is about. */
export function CasesPage() {
  const { t } = useWords()
  const [filter, setFilter] = useState<Filter>('open')
  const [opened, setOpened] = useState<string>()
  const queue = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => call('caseQueue', { query: {} }, signal) })
  if (opened) return <DeskCase id={opened} onBack={() => setOpened(undefined)} />
  if (queue.isPending) return <Skeleton lines={8} />
  if (queue.isError) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />
  const lines = queue.data.cases.filter(fits[filter])
  return (
    <div className="stack">
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
            {t(`cases.${one}`)} · {queue.data.cases.filter(fits[one]).length}
          </button>
        ))}
      </fieldset>
      {lines.length === 0 ? (
        <Empty icon="check" title={t('cases.empty')}>
          <p>{t('cases.emptyText')}</p>
        </Empty>
      ) : (
        <Queue lines={lines} onOpen={setOpened} />
      )}
    </div>
  )
}

function State({ line }: { line: Line }) {
  const { t, pick } = useWords()
  return (
    <>
      {pick(line.state.name)}
      {line.suspended ? <span className="tag bad">{t('case.suspended')}</span> : null}
    </>
  )
}

function Due({ line }: { line: Line }) {
  const { t, language } = useWords()
  return (
    <>
      {line.due ? formatDay(line.due, language) : t('cases.noDue')}
      {line.overdue ? <span className="tag bad">{t('cases.isLate')}</span> : null}
    </>
  )
}

function Queue({ lines, onOpen }: { lines: Line[]; onOpen: (id: string) => void }) {
  const { t } = useWords()
  return (
    <DataTable
      table={CASES_TABLE}
      rows={lines}
      rowKey={(line) => line.case}
      input={{}}
      renderCell={(column, line) =>
        column === 'state' ? <State line={line} /> : column === 'due' ? <Due line={line} /> : undefined
      }
      renderActions={(line) => (
        <button
          type="button"
          className="button second"
          aria-label={`${t('cases.openOne')} ${line.case.split('.')[1]}`}
          onClick={() => onOpen(line.case)}
        >
          {t('cases.openOne')}
        </button>
      )}
    />
  )
}

function DeskCase({ id, onBack }: { id: string; onBack: () => void }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const opened = useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => call('openCase', { params: { case: id } }, signal),
    // each opening is a look-up that the person sees: not again by itself
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (opened.isPending) return <Skeleton lines={8} />
  if (opened.isError) return <Failure error={opened.error} onRetry={() => void opened.refetch()} />
  const { case: body, subject, access, at } = opened.data
  const records = joinLegends({ ...opened.data, subject: { ...subject, found: true } })
  const read = () => {
    void client.invalidateQueries({ queryKey: ['cases'] })
    void opened.refetch()
  }
  return (
    <div className="stack-l">
      <div className="row no-print">
        <button type="button" className="button quiet" onClick={onBack}>
          {t('cases.back')}
        </button>
      </div>
      <Note tone="brand" icon="eye" title={t('lookUp.recorded')}>
        <p className="num">{t('lookUp.recordedText', { access, at: formatInstant(at, language) })}</p>
      </Note>
      <div className="case-sides">
        <section className="stack" aria-label={t('cases.record')}>
          <section className="card subject-head">
            <div>
              <p className="faint">{t(`subject.${subject.kind}`)}</p>
              <p className="subject-name">{subject.name}</p>
              <p className="soft num">{subject.number}</p>
            </div>
          </section>
          {records.length === 0 ? <Empty icon="file" title={t('cases.noRecord')} /> : null}
          {records.map((record) => (
            <RecordCard key={record.version} record={record} level={2} open={record.state === 'shown'} />
          ))}
        </section>
        <section className="card stack" aria-label={t('cases.case')}>
          <header className="stack-s">
            <h2 className="h-small">
              {pick(body.name)} · {pick(body.owner.name)}
            </h2>
            <CaseState {...body} />
          </header>
          <CaseTimeline body={body} />
          {body.next.length > 0 ? (
            <StepForm
              key={body.steps.length}
              next={body.next}
              onDone={read}
              send={(kind, content) =>
                call('stepCase', { params: { case: id }, body: { kind, step: body.steps.length, content } })
              }
            />
          ) : null}
        </section>
      </div>
    </div>
  )
}
