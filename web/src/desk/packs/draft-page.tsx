import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { formatDay, formatInstant } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { useSession } from '../../session.tsx'
import { Failure, Skeleton } from '../../ui/note.tsx'
import { DraftFiles } from './draft-files.tsx'
import { Decide, Submit } from './draft-steps.tsx'
import { Differences } from './differences.tsx'
import { DryRun } from './dry-run.tsx'
import { DRAFT_TONES, type Draft } from './draft.ts'

/** One draft: its files with the check, what it changes and for whom, the dry run, its steps. */
export function DraftPage({ draft: num, onBack }: { draft: number; onBack: () => void }) {
  const { t, pick, language } = useWords()
  const { who } = useSession()
  const client = useQueryClient()
  const draft = useQuery({
    queryKey: ['draft', num],
    queryFn: ({ signal }) => call('draft', { params: { draft: num } }, signal),
  })
  const changed = (next: Draft) => {
    client.setQueryData(['draft', num], next)
    void client.invalidateQueries({ queryKey: ['draftDiff', num] })
  }
  const back = (
    <div>
      <button type="button" className="button quiet" onClick={onBack}>
        ← {t('packs.back')}
      </button>
    </div>
  )
  if (draft.isPending) return <Skeleton lines={9} />
  if (draft.isError)
    return (
      <div className="stack">
        {back}
        <Failure error={draft.error} onRetry={() => void draft.refetch()} />
      </div>
    )
  const { data } = draft
  const isAdmin = who.roles.includes('admin')
  const writes = isAdmin && data.mine && (data.state === 'save' || data.state === 'return')
  return (
    <div className="stack-l">
      {back}
      <header className="stack-s">
        <p className="row">
          <span className={`tag ${DRAFT_TONES[data.state]}`}>{t(`packs.state_${data.state}`)}</span>
          {data.effective ? (
            <span className="faint">{t('packs.effectiveOn', { day: formatDay(data.effective, language) })}</span>
          ) : null}
        </p>
        <h2>{data.title}</h2>
        <p className="faint">
          {data.layer} · {t('packs.by', { name: pick(data.author) })}
        </p>
      </header>
      <DraftFiles draft={data} writes={writes} onChanged={changed} />
      <Changes draft={data} />
      <DryRun draft={data} />
      {writes ? <Submit draft={data} onChanged={changed} /> : null}
      {isAdmin && data.state === 'submit' ? <Decide draft={data} onChanged={changed} /> : null}
      <Steps draft={data} />
    </div>
  )
}

function Changes({ draft }: { draft: Draft }) {
  const { t } = useWords()
  const isSound = draft.problems.length === 0
  const diff = useQuery({
    queryKey: ['draftDiff', draft.draft, draft.step],
    queryFn: ({ signal }) => call('draftDiff', { params: { draft: draft.draft } }, signal),
    enabled: isSound && draft.state !== 'approve' && draft.state !== 'withdraw',
  })
  if (!isSound || draft.state === 'approve' || draft.state === 'withdraw') return null
  return (
    <section className="stack">
      <h2>{t('packs.diff')}</h2>
      {diff.isPending ? <Skeleton lines={3} /> : null}
      {diff.isError ? <Failure error={diff.error} onRetry={() => void diff.refetch()} /> : null}
      {diff.data ? <Differences list={diff.data.differences} /> : null}
    </section>
  )
}

function Steps({ draft }: { draft: Draft }) {
  const { t, pick, language } = useWords()
  return (
    <section className="stack">
      <h2>{t('packs.steps')}</h2>
      <ol className="stack">
        {draft.steps.map((step) => (
          <li key={step.step} className="step">
            <strong>
              {t(`packs.did_${step.kind}`, { day: step.effective ? formatDay(step.effective, language) : '' })}
            </strong>
            <p className="faint">
              {pick(step.by)} · {formatInstant(step.at, language)}
            </p>
            {step.note ? <p className="pre-line">{step.note}</p> : null}
            {step.digest ? (
              <p className="faint">
                {t('packs.digest')} <code className="digest">{step.digest}</code>
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
