import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '../api.ts'
import { joinLegends } from '../archive.ts'
import { formatDay, formatInstant, today } from '../format.ts'
import { useWords, type Words } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

type Recall = Reply<'myRecalls'>['recalls'][number]
type Recipient = Recall['recipients'][number]
const VIA = ['unit', 'peer', 'report', 'public'] as const
const DID: Readonly<Record<string, 'destroyed' | 'replaced' | 'noCopy' | 'keptByLaw'>> = {
  destroyed: 'destroyed',
  replaced: 'replaced',
  'no-copy': 'noCopy',
  'kept-by-law': 'keptByLaw',
}

/** Who was given a record that has ended since, and who has acknowledged that they stopped using it (G10). */
export function MyRecalls() {
  const { t } = useWords()
  const recalls = useQuery({ queryKey: ['my-recalls'], queryFn: ({ signal }) => call('myRecalls', {}, signal) })
  const archive = useQuery({
    queryKey: ['my-archive', 'now'],
    queryFn: ({ signal }) => call('myArchive', { query: {} }, signal),
  })
  if (recalls.isPending || archive.isPending) return <Skeleton lines={6} />
  if (recalls.isError) return <Failure error={recalls.error} onRetry={() => void recalls.refetch()} />
  if (archive.isError) return <Failure error={archive.error} onRetry={() => void archive.refetch()} />
  if (recalls.data.recalls.length === 0)
    return (
      <Empty icon="shield" title={t('recalled.empty')}>
        <p>{t('recalled.emptyText')}</p>
        <Link to="/me/looks">{t('recalled.looks')}</Link>
      </Empty>
    )
  const names = new Map(joinLegends(archive.data).map(({ id, legend }) => [id, legend.name]))
  return (
    <ul className="stack">
      {recalls.data.recalls.map((recall) => (
        <li key={recall.recall}>
          <OneRecall recall={recall} name={names.get(recall.record)} />
        </li>
      ))}
    </ul>
  )
}

function OneRecall({ recall, name }: { recall: Recall; name: Words | undefined }) {
  const { t, pick, language } = useWords()
  const all = recall.recipients.length
  const done = recall.recipients.filter(({ acknowledged }) => acknowledged).length
  return (
    <article className="card stack">
      <header className="stack-s">
        <h2 className="h-small">
          {name ? pick(name) : t('recalled.record')}
          {': '}
          {t('recalled.head', { what: pick(recall.name), day: formatDay(recall.day, language) })}
        </h2>
        <p className="row">
          <span className={`tag ${done === all ? 'good' : 'warn'}`}>
            {all === 0
              ? t('recalled.nobody')
              : done === all
                ? t('recalled.done', { all })
                : t('recalled.some', { done, all })}
          </span>
          {done < all && recall.due ? (
            <span className="tag">{t('recalled.due', { day: formatDay(recall.due, language) })}</span>
          ) : null}
        </p>
      </header>
      {all > 0 ? (
        <ul className="papers">
          {recall.recipients.map((one) => (
            <li key={`${one.via}${one.unit.id}`}>
              <Icon name={one.acknowledged ? 'check' : 'clock'} />
              <span>
                <strong>{one.via === 'public' ? t('recalled.via.public') : pick(one.unit.name)}</strong>
                <span className="faint">
                  {' '}
                  {viaOf(one)}
                  {one.given ? ` · ${t('recalled.given')} ${formatInstant(one.given, language)}` : ''}
                </span>
                <br />
                {one.acknowledged
                  ? `${formatInstant(one.acknowledged, language)} · ${didOf(one)}`
                  : t(recall.due && recall.due < today() ? 'recalled.late' : 'recalled.waiting')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </article>
  )

  function viaOf({ via }: Recipient): string {
    const known = VIA.find((one) => one === via)
    return known && known !== 'public' ? t(`recalled.via.${known}`) : ''
  }
  function didOf({ did }: Recipient): string {
    const known = DID[did ?? '']
    return known ? t(`recalled.did.${known}`) : ''
  }
}
