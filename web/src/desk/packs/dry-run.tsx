import { useMutation } from '@tanstack/react-query'
import { call, type Reply } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Failure } from '../../ui/note.tsx'
import { TableWrap } from '../../ui/table-wrap.tsx'
import type { Draft } from './draft.ts'

type Change = Reply<'draftDryRun'>['changes'][number]

/** Whom a draft would newly flag, in numbers only; asked for by a button, because everybody counted is told. */
export function DryRun({ draft }: { draft: Draft }) {
  const { t } = useWords()
  const run = useMutation({ mutationFn: () => call('draftDryRun', { params: { draft: draft.draft } }) })
  if (draft.problems.length > 0 || draft.state === 'approve' || draft.state === 'withdraw') return null
  return (
    <section className="stack">
      <h2>{t('packs.dryRun')}</h2>
      <p className="soft">{t('packs.dryRunText')}</p>
      <div>
        <button type="button" className="button second" disabled={run.isPending} onClick={() => run.mutate()}>
          {t('packs.dryRunDo')}
        </button>
      </div>
      <div className="live" aria-live="polite">
        {run.isError ? <Failure error={run.error} alert /> : null}
        {run.data?.changes.length === 0 ? <p>{t('packs.noFlags')}</p> : null}
        {run.data && run.data.changes.length > 0 ? <Changes changes={run.data.changes} /> : null}
      </div>
    </section>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  const { t, pick, language } = useWords()
  const count = (of: number | null) => (of === null ? t('packs.few') : formatNumber(of, language))
  const rule = (of: Change['was']) => (of ? t('packs.rule', { count: of.count, within: of.within }) : t('packs.noRule'))
  return (
    <TableWrap label={t('packs.dryRun')}>
      <table className="table folds">
        <thead>
          <tr>
            <th scope="col">{t('packs.diff')}</th>
            <th scope="col" className="num">
              {t('packs.newly')}
            </th>
            <th scope="col" className="num">
              {t('packs.noLonger')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((one) => (
            <tr key={`${one.list} ${one.criterion} ${one.subject}`}>
              <th scope="row">
                {pick(one.name)}
                <br />
                <span className="faint">
                  {rule(one.was)} → {rule(one.now)}
                </span>
              </th>
              <td className="num" data-label={t('packs.newly')}>
                {count(one.newly.count)}
              </td>
              <td className="num" data-label={t('packs.noLonger')}>
                {count(one.noLonger.count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  )
}
