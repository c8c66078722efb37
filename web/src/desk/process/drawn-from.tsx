import { useQuery } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { joinLegends } from '../../archive.ts'
import { useWords } from '../../i18n.ts'
import { RecordCard } from '../../record-card.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'

/** The records that a case of a campaign was drawn from, as they can be used today. Reading them is on record. */
export function DrawnFrom({ id }: { id: string }) {
  const { t } = useWords()
  const read = useQuery({
    queryKey: ['campaign-records', id],
    queryFn: ({ signal }) => call('campaignRecords', { params: { case: id } }, signal),
    // a look-up that the organisation sees: not again by itself
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (read.isPending) return <Skeleton lines={4} />
  if (read.isError) return <Failure error={read.error} onRetry={() => void read.refetch()} />
  const { organisation, ...archive } = read.data
  const records = joinLegends({ ...archive, subject: { kind: 'organisation', ...organisation, found: true } })
  return (
    <section className="stack" aria-label={t('campaigns.from')}>
      <header className="stack-s">
        <h2 className="h-small">{t('campaigns.from')}</h2>
        <p className="soft small">{t('campaigns.fromText')}</p>
      </header>
      {records.length === 0 ? (
        <Empty icon="file" title={t('campaigns.fromNone')}>
          <p>{t('campaigns.fromNoneText')}</p>
        </Empty>
      ) : null}
      {records.map((one) => (
        <RecordCard key={one.id} record={one} level={3} open />
      ))}
    </section>
  )
}
