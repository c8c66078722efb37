import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Area } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import '../style/table.css'

/** Several files decided with one reason: each is decided by itself, and leaves what one alone would leave (B11). */
export function HeldBulk(props: {
  files: readonly number[]
  onDecided: (approved: boolean) => void
  onFailed: () => void
  onClear: () => void
}) {
  const { t, language } = useWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const decide = useMutation({
    async mutationFn(approve: boolean) {
      for (const num of props.files)
        await call('decideHeld', { params: { num }, body: { approve, reason: reason.trim() } })
      return approve
    },
    onSuccess: props.onDecided,
    onError: props.onFailed,
  })
  const submit = (approve: boolean) => {
    setTried(true)
    if (reason.trim()) decide.mutate(approve)
  }
  return (
    <section className="bulk stack" aria-label={t('held.several')}>
      <strong>{t('held.chosen', { number: formatNumber(props.files.length, language) })}</strong>
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
          {t('held.approveAll')}
        </button>
        <button type="button" className="button grave" disabled={decide.isPending} onClick={() => submit(false)}>
          {t('held.rejectAll')}
        </button>
        <button type="button" className="button quiet" onClick={props.onClear}>
          {t('recalls.clear')}
        </button>
      </div>
    </section>
  )
}
