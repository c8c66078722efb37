import { useMutation } from '@tanstack/react-query'
import type { AccessSeenBody } from '#contract/shapes.ts'
import { ApiError, call } from '../api.ts'
import { formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Failure, Note } from '../ui/note.tsx'
import { verifyProof } from './verify-proof.ts'

/** Lets the person check, in their own browser, that a look-up stands in the ledger as shown. */
export function Proof({ look }: { look: AccessSeenBody }) {
  const { access, proof: inCheckpoint } = look
  const { t, language } = useWords()
  const check = useMutation({
    mutationFn: async () => {
      const [proof, key] = await Promise.all([call('myProof', { params: { access } }), call('ledgerKey', {})])
      return verifyProof(proof, key, look)
    },
  })
  const known = check.data?.result === 'good' ? true : inCheckpoint
  const later = check.error instanceof ApiError && check.error.kind === 'refused' && check.error.status !== 403
  return (
    <div className="proof stack-s">
      <p className="row-between">
        {known === undefined ? (
          <span className="soft">{t('me.proof')}</span>
        ) : (
          <span className={`tag ${known ? 'good' : ''}`}>{t(known ? 'me.proofYes' : 'me.proofSoon')}</span>
        )}
        <button type="button" className="button quiet" disabled={check.isPending} onClick={() => check.mutate()}>
          <Icon name="shield" />
          {t(check.isPending ? 'me.proofChecking' : 'me.proofCheck')}
        </button>
      </p>
      <div className="live" aria-live="polite">
        {later ? <Note tone="calm" icon="clock" title={t('me.proofLater')} /> : null}
        {check.isError && !later ? <Failure error={check.error} /> : null}
        {check.data?.result === 'good' ? (
          <Note tone="good" title={t(check.data.signed ? 'me.proofGood' : 'me.proofUnsigned')}>
            <p>
              {t(check.data.signed ? 'me.proofGoodText' : 'me.proofUnsignedText', {
                index: formatNumber(check.data.index + 1, language),
                size: formatNumber(check.data.size, language),
              })}
            </p>
          </Note>
        ) : null}
        {check.data?.result === 'bad' ? (
          <Note tone="bad" title={t('me.proofBad')}>
            <p>{t('me.proofBadText')}</p>
          </Note>
        ) : null}
        {check.data?.result === 'unable' ? <Note tone="calm" title={t('me.proofUnable')} /> : null}
      </div>
    </div>
  )
}
