import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConsentBody } from '#contract/shapes.ts'
import { call } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { GiveConsent } from './give-consent.tsx'

/** The person's consents: those in force, a new one, those that ended. */
export function MyConsents() {
  const { t } = useWords()
  const [told, setTold] = useState<'given' | 'withdrawn'>()
  const client = useQueryClient()
  const consents = useQuery({
    queryKey: ['my-consents'],
    queryFn: ({ signal }) => call('myConsents', { query: {} }, signal),
  })

  function changed(what: 'given' | 'withdrawn'): void {
    setTold(what)
    void client.invalidateQueries({ queryKey: ['my-consents'] })
  }

  if (consents.isPending) return <Skeleton lines={7} />
  if (consents.isError) return <Failure error={consents.error} onRetry={() => void consents.refetch()} />
  const live = consents.data.consents.filter((consent) => consent.live)
  const ended = consents.data.consents.filter((consent) => !consent.live)
  return (
    <div className="two-columns">
      <div className="stack-l">
        <div className="live" aria-live="polite">
          {told ? <Note tone="good" title={t(`me.${told}`)} /> : null}
        </div>
        <section className="stack" aria-labelledby="live">
          <h2 id="live">{t('me.live')}</h2>
          {live.length === 0 ? (
            <Empty icon="key" title={t('me.consentsEmpty')}>
              <p>{t('me.consentsEmptyText')}</p>
            </Empty>
          ) : (
            <ul className="stack">
              {live.map((consent) => (
                <li key={consent.consent}>
                  <Consent consent={consent} onWithdrawn={() => changed('withdrawn')} />
                </li>
              ))}
            </ul>
          )}
        </section>
        {ended.length > 0 ? (
          <details className="fold">
            <summary>
              {t('me.ended')} · {ended.length}
            </summary>
            <ul className="stack">
              {ended.map((consent) => (
                <li key={consent.consent}>
                  <Consent consent={consent} />
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <GiveConsent onGiven={() => changed('given')} />
    </div>
  )
}

function Consent({ consent, onWithdrawn }: { consent: ConsentBody; onWithdrawn?: () => void }) {
  const { t, pick, language } = useWords()
  const withdraw = useMutation({
    mutationFn: () => call('withdrawConsent', { params: { consent: consent.consent }, query: {} }),
    onSuccess: onWithdrawn,
  })
  const tag = consent.live ? 'me.liveTag' : consent.withdrawnAt ? 'me.withdrawnTag' : 'me.expiredTag'
  return (
    <article className="card stack">
      <header className="look-head">
        <div>
          <h3>{pick(consent.unit.name)}</h3>
          <p className="soft">{pick(consent.purpose.name)}</p>
          {consent.byGuardian ? <p className="soft">{t('me.byGuardian')}</p> : null}
        </div>
        <span className={`tag ${consent.live ? 'good' : ''}`}>{t(tag)}</span>
      </header>
      <dl className="facts">
        <div className="fact">
          <dt>{t('me.givenAt')}</dt>
          <dd>{formatInstant(consent.givenAt, language)}</dd>
        </div>
        <div className="fact">
          <dt>{t('me.expiresAt')}</dt>
          <dd>{formatInstant(consent.expiresAt, language)}</dd>
        </div>
        {consent.withdrawnAt ? (
          <div className="fact">
            <dt>{t('me.withdrawnAt')}</dt>
            <dd>{formatInstant(consent.withdrawnAt, language)}</dd>
          </div>
        ) : null}
      </dl>
      {withdraw.isError ? <Failure error={withdraw.error} alert /> : null}
      {consent.live ? (
        <button
          type="button"
          className="button grave"
          disabled={withdraw.isPending}
          aria-label={`${t('me.withdraw')} · ${pick(consent.unit.name)}`}
          onClick={() => withdraw.mutate()}
        >
          {t(withdraw.isPending ? 'me.withdrawing' : 'me.withdraw')}
        </button>
      ) : null}
    </article>
  )
}
