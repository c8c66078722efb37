import { useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { formatNumber, shorten } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Failure, Skeleton } from '../ui/note.tsx'

const GROUNDS = new Set(['statutory', 'consent', 'self', 'review', 'court', 'search'])
type Ground = 'statutory' | 'consent' | 'self' | 'review' | 'court' | 'search'
const isGround = (ground: string): ground is Ground => GROUNDS.has(ground)

/** How many look-ups are withheld for now, and the ledger's latest signed checkpoint. */
export function OpenBooks() {
  const { t } = useWords()
  return (
    <section className="books" aria-labelledby="books">
      <div className="band">
        <div className="band-head">
          <h2 id="books">{t('public.openTitle')}</h2>
          <p className="soft">{t('public.openText')}</p>
        </div>
        <div className="figures">
          <Withheld />
          <Ledger />
        </div>
      </div>
    </section>
  )
}

function Withheld() {
  const { t, language } = useWords()
  const withheld = useQuery({ queryKey: ['withheld'], queryFn: ({ signal }) => call('withheldCount', {}, signal) })
  const grounds = withheld.data?.withheld ?? []
  const total = grounds.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className="figure card">
      <h3>{t('public.withheld')}</h3>
      {withheld.isPending ? <Skeleton lines={3} /> : null}
      {withheld.isError ? <Failure error={withheld.error} onRetry={() => void withheld.refetch()} /> : null}
      {withheld.isSuccess ? (
        <>
          <p className="figure-number num">
            {formatNumber(total, language)} <small>{t('public.withheldUnit')}</small>
          </p>
          {total === 0 ? <p>{t('public.withheldNone')}</p> : null}
          <ul>
            {grounds
              .filter(({ count }) => count > 0)
              .map(({ ground, count }) => (
                <li key={ground} className="row-between">
                  <span>{isGround(ground) ? t(`ground.${ground}`) : ground}</span>
                  <span className="num">{formatNumber(count, language)}</span>
                </li>
              ))}
          </ul>
        </>
      ) : null}
      <p className="faint">{t('public.withheldText')}</p>
    </div>
  )
}

function Ledger() {
  const { t, language } = useWords()
  const checkpoint = useQuery({ queryKey: ['checkpoint'], queryFn: ({ signal }) => call('checkpoint', {}, signal) })
  const [origin = '', size = '', root = ''] = (checkpoint.data ?? '').split('\n')
  const signed = /^\d+$/.test(size)
  return (
    <div className="figure card">
      <h3>{t('public.ledger')}</h3>
      {checkpoint.isPending ? <Skeleton lines={3} /> : null}
      {checkpoint.isError ? <Failure error={checkpoint.error} onRetry={() => void checkpoint.refetch()} /> : null}
      {checkpoint.isSuccess && !signed ? <p>{t('public.ledgerNone')}</p> : null}
      {signed ? (
        <>
          <p className="figure-number num">{formatNumber(Number(size), language)}</p>
          <p>{t('public.ledgerText')}</p>
          <dl className="facts">
            <div className="fact">
              <dt>{t('public.ledgerOrigin')}</dt>
              <dd className="mono">{origin}</dd>
            </div>
            <div className="fact">
              <dt>{t('public.ledgerRoot')}</dt>
              <dd className="mono" title={root}>
                {shorten(root)}
              </dd>
            </div>
          </dl>
          <details className="fold">
            <summary>{t('public.ledgerRaw')}</summary>
            <pre className="raw">{checkpoint.data}</pre>
          </details>
        </>
      ) : null}
    </div>
  )
}
