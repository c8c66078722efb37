import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { ProblemShape } from '#contract/shapes.ts'
import { PROBLEMS_TABLE } from '#contract/tables.ts'
import { call } from '../api.ts'
import { formatNumber } from '../format.ts'
import { useWords, type Words } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Failure } from '../ui/note.tsx'

export type Problem = Static<typeof ProblemShape>
const PAGE = 500

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

type Props = { problems: Problem[]; total: number; submission: number | null; item: string }

/** Refused rows: row, field, reason, remedy; by reason; to take along. A check keeps nothing, so there is nothing to export of it. */
export function ProblemTable({ problems, total, submission, item }: Props) {
  const { t, language } = useWords()
  const catalog = useCatalog()
  const [loaded, setLoaded] = useState(problems)
  const whole = useMutation({ mutationFn: fetchAll, onSuccess: setLoaded })
  const fields = new Map<string, Words>(
    catalog.data?.items.find(({ id }) => id === item)?.fields.map(({ id, name }) => [id, name]),
  )
  const complete = submission === null || loaded.length >= total
  const nameOf = ({ field, row }: Problem): Words | string =>
    fields.get(field) ?? (field || t(row > 0 ? 'receipt.wholeRow' : 'receipt.wholeFile'))
  return (
    <div className="stack">
      <div>
        <h2>{t('receipt.problems')}</h2>
        <p className="soft">{t('receipt.problemsText')}</p>
      </div>
      {whole.isError ? <Failure error={whole.error} /> : null}
      <DataTable
        table={PROBLEMS_TABLE}
        rows={loaded.map((problem, at) => ({ ...problem, at, fieldName: nameOf(problem) }))}
        rowKey={({ at }) => String(at)}
        input={submission === null ? undefined : { params: { num: submission }, query: { limit: PAGE } }}
        sort={{ column: 'row', down: false }}
      />
      {complete ? null : (
        <div className="row">
          <p className="faint">
            {t('receipt.showing', {
              shown: formatNumber(loaded.length, language),
              total: formatNumber(total, language),
            })}
          </p>
          <button
            type="button"
            className="button second"
            disabled={whole.isPending}
            onClick={() => submission !== null && whole.mutate(submission)}
          >
            {t('receipt.moreRows')}
          </button>
        </div>
      )}
    </div>
  )
}
