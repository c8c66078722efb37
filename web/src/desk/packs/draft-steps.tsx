import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { addDays, formatDay, today } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Area, Input } from '../../ui/field.tsx'
import { Failure, Note } from '../../ui/note.tsx'
import type { Draft } from './draft.ts'

type Kind = 'submit' | 'approve' | 'return' | 'withdraw'
type Props = { draft: Draft; onChanged: (draft: Draft) => void }

const useStep = ({ draft, onChanged }: Props) =>
  useMutation({
    mutationFn: (of: { kind: Kind; effective?: string; note?: string }) =>
      call('stepDraft', { params: { draft: draft.draft }, body: { step: draft.step, ...of } }),
    onSuccess: onChanged,
  })

/** Submits a sound draft for a day, or takes it back. */
export function Submit(props: Props) {
  const { t } = useWords()
  const [effective, setEffective] = useState(() => addDays(today(), 30))
  const step = useStep(props)
  const isSound = props.draft.problems.length === 0
  return (
    <section className="card stack">
      <h2>{t('packs.submit')}</h2>
      <p className="soft">{t('packs.submitText')}</p>
      <div className="form-width">
        <Input
          type="date"
          label={t('packs.effective')}
          hint={t('packs.effectiveHint')}
          value={effective}
          min={today()}
          onChange={({ target }) => setEffective(target.value)}
        />
      </div>
      {step.isError ? <Failure error={step.error} alert /> : null}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!isSound || effective === '' || step.isPending}
          onClick={() => step.mutate({ kind: 'submit', effective })}
        >
          {t('packs.submitDo')}
        </button>
        <button
          type="button"
          className="button quiet"
          disabled={step.isPending}
          onClick={() => step.mutate({ kind: 'withdraw' })}
        >
          {t('packs.withdraw')}
        </button>
      </div>
    </section>
  )
}

/** Approves or returns what another administrator submitted; its author may only take it back. */
export function Decide(props: Props) {
  const { t, language } = useWords()
  const { draft } = props
  const [note, setNote] = useState('')
  const step = useStep(props)
  const said = note.trim() ? { note: note.trim() } : {}
  return (
    <section className="card stack">
      <h2>{t('packs.approve')}</h2>
      {draft.mine ? (
        <Note tone="calm" title={t('packs.approveOwn')} />
      ) : (
        <>
          <p className="digest-text">
            {t('packs.approveText', {
              digest: draft.digest ?? '',
              day: draft.effective ? formatDay(draft.effective, language) : '',
            })}
          </p>
          <Area label={t('packs.note')} hint={t('packs.noteHint')} value={note} maxLength={1000} onText={setNote} />
        </>
      )}
      {step.isError ? <Failure error={step.error} alert /> : null}
      <div className="row">
        {draft.mine ? (
          <button
            type="button"
            className="button second"
            disabled={step.isPending}
            onClick={() => step.mutate({ kind: 'withdraw' })}
          >
            {t('packs.withdraw')}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button"
              disabled={step.isPending}
              onClick={() => step.mutate({ kind: 'approve', ...said })}
            >
              {t('packs.approveDo')}
            </button>
            <button
              type="button"
              className="button grave"
              disabled={step.isPending}
              onClick={() => step.mutate({ kind: 'return', ...said })}
            >
              {t('packs.returnDo')}
            </button>
          </>
        )}
      </div>
    </section>
  )
}
