import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CASES_TABLE } from '#contract/tables.ts'
import { call, type Reply } from '../api.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { CaseFile } from './process/case-file.tsx'

type Line = Reply<'caseQueue'>['cases'][number]
/** The unit's cases by what is due; one opens beside the record it is about. */
export function CasesPage() {
  const { t } = useWords()
  const [opened, setOpened] = useState<string>()
  const queue = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => call('caseQueue', { query: {} }, signal) })
  if (opened) return <CaseFile id={opened} onBack={() => setOpened(undefined)} back={t('cases.back')} />
  if (queue.isPending) return <Skeleton lines={8} />
  if (queue.isError) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />
  return <Queue lines={queue.data.cases} onOpen={setOpened} />
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
      empty={
        <Empty icon="check" title={t('cases.empty')}>
          <p>{t('cases.emptyText')}</p>
        </Empty>
      }
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
