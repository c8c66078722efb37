import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type Reply } from '../api.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { ProblemTable } from './problem-table.tsx'

type Submission = Reply<'submissions'>['submissions'][number]
const PAGE = 30
const STATES = {
  accepted: { word: 'submissions.accepted', tone: 'good' },
  'dry-run': { word: 'submissions.dryRun', tone: '' },
  again: { word: 'submissions.again', tone: '' },
  held: { word: 'submissions.held', tone: 'brand' },
  refused: { word: 'submissions.refused', tone: 'bad' },
} as const

/** What the unit has sent lately. */
export function SubmissionsPage() {
  const { t } = useWords()
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
      <ul className="stack">
        {all.map((submission) => (
          <li key={`${submission.submission}-${submission.key}`}>
            <Sent submission={submission} />
          </li>
        ))}
      </ul>
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

function Sent({ submission }: { submission: Submission }) {
  const { t, pick, language } = useWords()
  const catalog = useCatalog()
  const [open, setOpen] = useState(false)
  const name = catalog.data?.items.find(({ id }) => id === submission.item)?.name
  const state = STATES[submission.status]
  const counts = [
    { word: t('receipt.rows'), value: submission.rows },
    { word: t('receipt.new'), value: submission.new },
    { word: t('receipt.versions'), value: submission.versions },
    { word: t('receipt.duplicates'), value: submission.duplicates },
    { word: t('receipt.refusedRows'), value: submission.refused },
    { word: t('receipt.late'), value: submission.late },
  ].filter(({ value }, place) => place === 0 || value !== 0)
  return (
    <article className="card stack">
      <header className="look-head">
        <div>
          <h2 className="h-small">{name ? pick(name) : submission.item}</h2>
          <p className="faint num">
            {submission.submission === null ? '' : `${t('receipt.number')} ${submission.submission} · `}
            {formatInstant(submission.at, language)}
          </p>
        </div>
        <span className={`tag ${state.tone}`}>{t(state.word)}</span>
      </header>
      <dl className="inline-facts">
        {counts.map(({ word, value }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd className="num">{value === null ? t('shared.unknown') : formatNumber(value, language)}</dd>
          </div>
        ))}
      </dl>
      {submission.refused > 0 && submission.submission !== null ? (
        <div>
          <button type="button" className="button second" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'submissions.hide' : 'submissions.problems')}
          </button>
        </div>
      ) : null}
      {open && submission.submission !== null ? (
        <Problems num={submission.submission} total={submission.refused} item={submission.item} />
      ) : null}
    </article>
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
