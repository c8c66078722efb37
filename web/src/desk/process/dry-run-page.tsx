import '../../style/board.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { call, type Reply } from '../../api.ts'
import { formatDay, formatNumber } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'
import type { Bar } from './bar-chart.tsx'

const BarChart = lazy(async () => ({ default: (await import('./bar-chart.tsx')).BarChart }))
type Change = Reply<'simulate'>['changes'][number]
type Side = Change['newly']
type Names = Pick<Reply<'simulate'>, 'groups' | 'districts'>
const CUTS = ['district', 'age', 'group'] as const
type Cut = (typeof CUTS)[number]

/** A changed rule tried on the whole population before it takes effect (B7): numbers, never names, small ones not shown. */
export function DryRunPage() {
  const { t, pick } = useWords()
  const packs = useQuery({ queryKey: ['packs'], queryFn: ({ signal }) => call('packs', {}, signal) })
  const [draft, setDraft] = useState('')
  const run = useMutation({ mutationFn: (num: number) => call('draftDryRun', { params: { draft: num } }) })
  if (packs.isPending) return <Skeleton lines={4} />
  if (packs.isError) return <Failure error={packs.error} onRetry={() => void packs.refetch()} />
  const drafts = packs.data.drafts.filter(({ state }) => state === 'save' || state === 'submit' || state === 'return')
  if (drafts.length === 0)
    return (
      <Empty icon="book" title={t('dryRun.none')}>
        <p>{t('dryRun.noneText')}</p>
      </Empty>
    )
  return (
    <div className="stack-l">
      <form
        className="stack form-width"
        onSubmit={(event) => {
          event.preventDefault()
          if (draft) run.mutate(Number(draft))
        }}
      >
        <Select label={t('dryRun.draft')} value={draft} onChange={(event) => setDraft(event.target.value)}>
          <option value="">{t('case.choose')}</option>
          {drafts.map((one) => (
            <option key={one.draft} value={one.draft}>
              {one.title} · {pick(one.author)}
            </option>
          ))}
        </Select>
        <Note tone="calm" icon="eye">
          <p>{t('dryRun.told')}</p>
        </Note>
        <div>
          <button type="submit" className="button" disabled={!draft || run.isPending}>
            {t(run.isPending ? 'dryRun.going' : 'dryRun.go')}
          </button>
        </div>
      </form>
      {run.isPending ? <Skeleton lines={6} /> : null}
      {run.isError ? <Failure error={run.error} alert /> : null}
      {run.isSuccess ? <DryRunResult reply={run.data} /> : null}
    </div>
  )
}

/** What a dry run found, rule by rule: on this page and beside the draft itself. */
export function DryRunResult({ reply }: { reply: Reply<'simulate'> }) {
  const { t, language } = useWords()
  return (
    <section className="stack-l" aria-live="polite">
      <p className="soft">{t('dryRun.done', { day: formatDay(reply.day, language), count: reply.changes.length })}</p>
      {reply.changes.length === 0 ? (
        <Empty icon="check" title={t('dryRun.same')}>
          <p>{t('dryRun.sameText')}</p>
        </Empty>
      ) : null}
      {reply.changes.map((change) => (
        <OneChange key={`${change.list}${change.criterion}${change.subject}`} change={change} names={reply} />
      ))}
    </section>
  )
}

function OneChange({ change, names }: { change: Change; names: Names }) {
  const { t, pick } = useWords()
  const rule = (one: Change['now']): string =>
    one ? t('dryRun.rule', { count: one.count, within: within(one.within) }) : t('dryRun.noRule')
  const within = (period: string): string => {
    const [, count, unit] = /^P(\d+)([DMY])$/.exec(period) ?? []
    const word = unit === 'D' ? 'case.days' : unit === 'M' ? 'case.months' : 'case.years'
    return t(word, { count: Number(count) })
  }
  return (
    <article className="card stack">
      <header className="stack-s">
        <h2 className="record-title">{pick(change.name)}</h2>
        <p className="soft">
          {t(`subject.${change.subject}`)} · {t('dryRun.was')} {rule(change.was)} · {t('dryRun.now')} {rule(change.now)}
        </p>
      </header>
      <dl className="totals">
        <Total word={t('dryRun.newly')} count={change.newly.count} tone="bad" />
        <Total word={t('dryRun.noLonger')} count={change.noLonger.count} tone="good" />
      </dl>
      <div className="stack-l">
        {CUTS.map((cut) => (
          <Cells key={cut} cut={cut} newly={change.newly} noLonger={change.noLonger} names={names} />
        ))}
      </div>
      <details className="fold">
        <summary>{t('dryRun.notice')}</summary>
        <p className="told">{pick(change.draft)}</p>
        <p className="faint">{t('dryRun.noticeText')}</p>
      </details>
    </article>
  )
}

function Total({ word, count, tone }: { word: string; count: number | null; tone: string }) {
  const { t, language } = useWords()
  return (
    <div>
      <dt>{word}</dt>
      <dd className={`num ${tone}`}>{count === null ? t('dryRun.few') : formatNumber(count, language)}</dd>
    </div>
  )
}

/** One breakdown: drawn, and in a table for whoever does not see the drawing. */
function Cells({ cut, newly, noLonger, names }: { cut: Cut; newly: Side; noLonger: Side; names: Names }) {
  const { t, pick } = useWords()
  // age bands are spans of years
  const nameOf = (key: string): string => {
    if (cut === 'age') return t('dryRun.years', { span: key })
    const name = (cut === 'group' ? names.groups : names.districts)[key]
    return name ? pick(name) : key
  }
  const keys = [...new Set([...newly[cut], ...noLonger[cut]].map(({ of }) => of))]
  // oxlint-disable-next-line unicorn/no-array-sort -- a list of our own
  keys.sort((a, b) => a.localeCompare(b))
  if (keys.length === 0) return null
  const countOf = (side: Side, of: string): number | null | undefined => side[cut].find((one) => one.of === of)?.count
  const show = (count: number | null | undefined): string => (count === null ? t('dryRun.few') : String(count ?? 0))
  const bars: Bar[] = keys.map((key) => ({
    name: nameOf(key),
    newly: countOf(newly, key) ?? 0,
    noLonger: countOf(noLonger, key) ?? 0,
    few: countOf(newly, key) === null || countOf(noLonger, key) === null,
  }))
  const title = t(`dryRun.cut.${cut}`)
  return (
    <div className="stack">
      <h3 className="h-small">{title}</h3>
      <div className="chart-pair">
        <Suspense fallback={<Skeleton lines={4} />}>
          <BarChart bars={bars} newly={t('dryRun.newly')} noLonger={t('dryRun.noLonger')} few={t('dryRun.few')} />
        </Suspense>
        <TableWrap label={title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{title}</th>
                <th scope="col" className="num">
                  {t('dryRun.newly')}
                </th>
                <th scope="col" className="num">
                  {t('dryRun.noLonger')}
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key}>
                  <th scope="row">{nameOf(key)}</th>
                  <td className="num">{show(countOf(newly, key))}</td>
                  <td className="num">{show(countOf(noLonger, key))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      </div>
    </div>
  )
}
