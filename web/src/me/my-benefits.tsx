import { useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Basis } from '../record-card.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

/** What a good record brings, where, and why (R37). */
export function MyBenefits() {
  const { t, pick } = useWords()
  const found = useQuery({ queryKey: ['my-benefits'], queryFn: ({ signal }) => call('myBenefits', {}, signal) })
  if (found.isPending) return <Skeleton lines={6} />
  if (found.isError) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.benefits.length === 0)
    return (
      <Empty icon="info" title={t('benefit.empty')}>
        <p>{t('benefit.emptyText')}</p>
      </Empty>
    )
  return (
    <ul className="stack">
      {found.data.benefits.map((one) => (
        <li key={one.id} className="card stack benefit">
          <header className="stack-s">
            <h2 className="record-title">{pick(one.name)}</h2>
            <p>{pick(one.content)}</p>
          </header>
          <dl className="facts">
            <div className="fact">
              <dt>{t('benefit.why')}</dt>
              <dd>{pick(one.reason)}</dd>
            </div>
            {one.fields && one.fields.length > 0 ? (
              <div className="fact">
                <dt>{t('benefit.fields')}</dt>
                <dd lang="zh-CN">{one.fields.join('、')}</dd>
              </div>
            ) : null}
            <div className="fact">
              <dt>{t('case.basis')}</dt>
              <dd>
                <Basis list={one.basis} />
              </dd>
            </div>
          </dl>
          <details className="fold" open={one.units.length <= 4}>
            <summary>
              {t('benefit.where')} · {t('benefit.units', { count: one.units.length })}
            </summary>
            <ul className="dots">
              {one.units.map(({ id, name }) => (
                <li key={id}>{pick(name)}</li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  )
}
