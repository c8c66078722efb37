import { useMutation } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Failure } from '../../ui/note.tsx'
import { DryRunResult } from '../process/dry-run-page.tsx'
import type { Draft } from './draft.ts'

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
        {run.data ? <DryRunResult reply={run.data} /> : null}
      </div>
    </section>
  )
}
