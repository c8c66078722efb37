import { useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { IncentiveCard } from '../incentive.tsx'
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
        <li key={one.id}>
          <IncentiveCard of={one}>
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
          </IncentiveCard>
        </li>
      ))}
    </ul>
  )
}
