import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { ProblemShape } from '#contract/shapes.ts'
import { call } from '../api.ts'
import { groupBy } from '../archive.ts'
import { formatNumber } from '../format.ts'
import { useWords, type Words } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { Select } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Failure } from '../ui/note.tsx'
import { TableWrap } from '../ui/table-wrap.tsx'

export type Problem = Static<typeof ProblemShape>
const PAGE = 500
const STEP = 50

/** All refused rows of a submission, page by page. */
async function fetchAll(num: number): Promise<Problem[]> {
  const all: Problem[] = []
  for (;;) {
    const after = all.at(-1)?.row ?? 0
    const { problems } = await call('submissionProblems', { params: { num }, query: { after, limit: PAGE } })
    all.push(...problems)
    // a page ends with a whole row, and may be longer for it
    if (problems.length < PAGE) return all
  }
}

// oxlint-disable-next-line unicorn/no-array-sort -- a copy; toSorted is too new for older machines
const byRow = (problems: Problem[]): Problem[] => [...problems].sort((a, b) => a.row - b.row)

/** A cell of CSV; what a spreadsheet would take for a formula is made text. */
const cell = (text: string): string => `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`

function save(name: string, head: string[], rows: string[][]): void {
  // with a byte order mark, so that Excel reads Chinese
  const csv = `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

type Props = { problems: Problem[]; total: number; submission: number | null; item: string }

/** Refused rows: row, field, reason, remedy; by reason; to download. */
export function ProblemTable({ problems, total, submission, item }: Props) {
  const { t, pick, language } = useWords()
  const catalog = useCatalog()
  const [reason, setReason] = useState('')
  const [most, setMost] = useState(STEP)
  const [loaded, setLoaded] = useState(problems)
  const whole = useMutation({ mutationFn: fetchAll, onSuccess: setLoaded })
  const fields = new Map<string, Words>(
    catalog.data?.items.find(({ id }) => id === item)?.fields.map(({ id, name }) => [id, name]),
  )
  const complete = submission === null || loaded.length >= total
  const reasons = groupBy(loaded, ({ code }) => code)
  const filtered = byRow(reason ? loaded.filter(({ code }) => code === reason) : loaded)

  function nameOf({ field, row }: Problem): string {
    const name = fields.get(field)
    return name ? pick(name) : field || t(row > 0 ? 'receipt.wholeRow' : 'receipt.wholeFile')
  }

  async function download(): Promise<void> {
    const rows = complete || submission === null ? loaded : await whole.mutateAsync(submission)
    const head = [t('receipt.row'), t('receipt.field'), t('receipt.reason'), t('receipt.remedy')]
    const chosen = reason ? rows.filter(({ code }) => code === reason) : rows
    save(
      t('receipt.downloadFile'),
      head,
      byRow(chosen).map((problem) => [
        String(problem.row),
        nameOf(problem),
        pick(problem.message),
        pick(problem.remedy),
      ]),
    )
  }

  return (
    <div className="stack">
      <div className="row-between">
        <div>
          <h2>{t('receipt.problems')}</h2>
          <p className="soft">{t('receipt.problemsText')}</p>
        </div>
        <button
          type="button"
          className="button second"
          disabled={whole.isPending}
          onClick={() => void download().catch(() => undefined)}
        >
          <Icon name="download" />
          {t('receipt.download')}
        </button>
      </div>
      {whole.isError ? <Failure error={whole.error} /> : null}
      {reasons.length > 1 ? (
        <div className="filter">
          <Select label={t('receipt.filter')} value={reason} onChange={(event) => setReason(event.target.value)}>
            <option value="">{t('receipt.filterAll', { number: formatNumber(loaded.length, language) })}</option>
            {reasons.map(([code, [first, ...rest]]) => (
              <option key={code} value={code}>
                {t('receipt.filterOne', {
                  reason: first ? pick(first.message) : code,
                  number: formatNumber(rest.length + 1, language),
                })}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      <TableWrap label={t('receipt.problems')}>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('receipt.row')}
              </th>
              <th scope="col">{t('receipt.field')}</th>
              <th scope="col">{t('receipt.reason')}</th>
              <th scope="col">{t('receipt.remedy')}</th>
            </tr>
          </thead>
          <tbody>
            {filtered.slice(0, most).map((problem, place) => (
              <tr key={`${problem.row}-${problem.field}-${problem.code}-${place}`}>
                <td className="num" data-label={t('receipt.row')}>
                  {problem.row > 0 ? formatNumber(problem.row, language) : ''}
                </td>
                <td data-label={t('receipt.field')}>{nameOf(problem)}</td>
                <td data-label={t('receipt.reason')}>{pick(problem.message)}</td>
                <td data-label={t('receipt.remedy')}>{pick(problem.remedy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableWrap>
      <div className="row">
        <p className="faint" aria-live="polite">
          {t('receipt.showing', {
            shown: formatNumber(Math.min(most, filtered.length), language),
            total: formatNumber(reason ? filtered.length : total, language),
          })}
        </p>
        {most < filtered.length || !complete ? (
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              setMost(most + STEP)
              if (!complete && submission !== null && most + STEP > loaded.length) whole.mutate(submission)
            }}
          >
            {t('receipt.moreRows')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
