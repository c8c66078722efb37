import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SUBMISSION_STATUS, SUBMISSIONS_TABLE } from '#contract/tables.ts'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { ProblemTable } from './problem-table.tsx'

const PAGE = 100
const TONES = { accepted: 'good', 'dry-run': '', again: '', held: 'brand', refused: 'bad' } as const

/** What the unit has sent lately. */
export function SubmissionsPage() {
  const { t, pick } = useWords()
  const catalog = useCatalog()
  const [open, setOpen] = useState<number>()
  const submissions = useInfiniteQuery({
    queryKey: ['submissions'],
    queryFn: ({ pageParam, signal }) =>
      call('submissions', { query: { limit: PAGE, ...(pageParam > 0 ? { before: pageParam } : {}) } }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) =>
      page.submissions.length < PAGE ? undefined : (page.submissions.at(-1)?.submission ?? undefined),
  })
  if (submissions.isPending) return <Skeleton lines={7} />
  if (submissions.isError) return <Failure error={submissions.error} onRetry={() => void submissions.refetch()} />
  const all = submissions.data.pages.flatMap((page) => page.submissions)
  if (all.length === 0)
    return (
      <Empty icon="inbox" title={t('submissions.empty')}>
        <p>{t('submissions.emptyText')}</p>
      </Empty>
    )
  return (
    <div className="stack">
      <DataTable
        table={SUBMISSIONS_TABLE}
        rows={all.map((one) => ({ ...one, itemName: catalog.data?.items.find(({ id }) => id === one.item)?.name }))}
        rowKey={(one) => `${one.submission}-${one.key}`}
        input={{ query: { limit: 500 } }}
        renderCell={(column, { status }) =>
          column === 'status' ? (
            <span className={`tag ${TONES[status]}`}>{pick(SUBMISSION_STATUS[status])}</span>
          ) : undefined
        }
        renderActions={({ submission, refused }) =>
          refused > 0 && submission !== null ? (
            <button
              type="button"
              className="button quiet"
              aria-expanded={open === submission}
              aria-label={`${t(open === submission ? 'submissions.hide' : 'submissions.problems')} ${submission}`}
              onClick={() => setOpen(open === submission ? undefined : submission)}
            >
              {t(open === submission ? 'submissions.hide' : 'submissions.problems')}
            </button>
          ) : null
        }
        renderDetail={({ submission, refused, item }) =>
          submission !== null && open === submission ? <Problems num={submission} total={refused} item={item} /> : null
        }
      />
      {submissions.hasNextPage ? (
        <button
          type="button"
          className="button second"
          disabled={submissions.isFetchingNextPage}
          onClick={() => void submissions.fetchNextPage()}
        >
          {t('submissions.more')}
        </button>
      ) : null}
    </div>
  )
}

function Problems({ num, total, item }: { num: number; total: number; item: string }) {
  const problems = useQuery({
    queryKey: ['problems', num],
    queryFn: ({ signal }) => call('submissionProblems', { params: { num }, query: { limit: 100 } }, signal),
  })
  if (problems.isPending) return <Skeleton lines={4} />
  if (problems.isError) return <Failure error={problems.error} onRetry={() => void problems.refetch()} />
  return <ProblemTable problems={problems.data.problems} total={total} submission={num} item={item} />
}
