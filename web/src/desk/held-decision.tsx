import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Area } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'

/** One file, or several with one reason, decided: each by itself, and it leaves what one alone would leave (B11). */
export function HeldDecision(props: {
  files: readonly number[]
  onDecided: (approved: boolean) => void
  onFailed?: () => void
  onClear?: () => void
}) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const several = props.onClear !== undefined
  const decide = useMutation({
    async mutationFn(approve: boolean) {
      for (const num of props.files)
        await call('decideHeld', { params: { num }, body: { approve, reason: reason.trim() } })
      return approve
    },
    onSuccess: props.onDecided,
    ...(props.onFailed ? { onError: props.onFailed } : {}),
  })
  const submit = (approve: boolean) => {
    setTried(true)
    if (reason.trim()) decide.mutate(approve)
  }
  return (
    <>
      <Area
        label={t('held.reason')}
        hint={t('held.reasonHint')}
        value={reason}
        maxLength={500}
        wrong={tried && !reason.trim() ? t('held.reasonMissing') : undefined}
        onText={setReason}
      />
      {decide.isError ? <Failure error={decide.error} alert /> : null}
      <div className="row">
        <button type="button" className="button" disabled={decide.isPending} onClick={() => submit(true)}>
          {t(several ? 'held.approveAll' : 'held.approve')}
        </button>
        <button type="button" className="button grave" disabled={decide.isPending} onClick={() => submit(false)}>
          {t(several ? 'held.rejectAll' : 'held.reject')}
        </button>
        {props.onClear ? (
          <button type="button" className="button quiet" onClick={props.onClear}>
            {t('recalls.clear')}
          </button>
        ) : null}
      </div>
    </>
  )
}
