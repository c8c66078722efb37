import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { nameRoles } from '#domain/roles.ts'
import { call, type Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Failure } from '../ui/note.tsx'

type Loss = Reply<'accountLosses'>['losses'][number]

/** Strong roles that one administrator took away: what a second person has not seen yet, and what they have. */
export function AccountLosses() {
  const { t } = useWords()
  const losses = useQuery({ queryKey: ['account-losses'], queryFn: ({ signal }) => call('accountLosses', {}, signal) })
  if (losses.isError) return <Failure error={losses.error} onRetry={() => void losses.refetch()} />
  const all = losses.data?.losses ?? []
  const [waiting, seen] = [all.filter((loss) => !loss.seen), all.filter((loss) => loss.seen)]
  if (all.length === 0) return null
  return (
    <section className="stack" aria-label={t('accounts.losses')}>
      {waiting.length > 0 ? (
        <>
          <h2>{t('accounts.losses')}</h2>
          <ul className="stack">
            {waiting.map((loss) => (
              <li key={loss.num}>
                <OneLoss loss={loss} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {seen.length > 0 ? (
        <details className="fold">
          <summary>
            {t('accounts.lossesSeen')} · {seen.length}
          </summary>
          <ul className="stack">
            {seen.map((loss) => (
              <li key={loss.num}>
                <OneLoss loss={loss} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function OneLoss({ loss }: { loss: Loss }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const see = useMutation({
    mutationFn: () => call('seeAccountLoss', { params: { num: loss.num } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['account-losses'] })
      void client.invalidateQueries({ queryKey: ['work'] })
    },
  })
  return (
    <article className="card stack">
      <header>
        <h3 className="h-small">
          {t(loss.closed ? 'accounts.lossClosed' : 'accounts.lossRoles', {
            name: loss.name,
            roles: pick(nameRoles(loss.roles)),
          })}
        </h3>
        <p className="faint">
          {pick(loss.display)} · {pick(loss.unit.name)} ·{' '}
          {t('accounts.doneBy', { by: pick(loss.by), at: formatInstant(loss.at, language) })}
        </p>
        <p className="soft">{t('accounts.because', { reason: loss.reason })}</p>
      </header>
      {see.isError ? <Failure error={see.error} alert /> : null}
      {loss.seen ? (
        <p className="soft">
          {t('accounts.seenBy', { by: pick(loss.seen.by), at: formatInstant(loss.seen.at, language) })}
        </p>
      ) : loss.mine ? (
        <p className="soft">{t('accounts.lossMine')}</p>
      ) : (
        <div>
          <button type="button" className="button" disabled={see.isPending} onClick={() => see.mutate()}>
            {t('accounts.see')}
          </button>
        </div>
      )}
    </article>
  )
}
