import { useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

/** What the person was told about their file. */
export function MyNotices() {
  const { t, pick, language } = useWords()
  const notices = useQuery({
    queryKey: ['my-notices'],
    queryFn: ({ signal }) => call('myNotices', { query: {} }, signal),
  })
  if (notices.isPending) return <Skeleton />
  if (notices.isError) return <Failure error={notices.error} onRetry={() => void notices.refetch()} />
  if (notices.data.notices.length === 0)
    return (
      <Empty icon="bell" title={t('me.noticesEmpty')}>
        <p>{t('me.noticesEmptyText')}</p>
      </Empty>
    )
  return (
    <ul className="stack">
      {notices.data.notices.map((notice) => (
        <li key={notice.notice} className="card stack-s">
          <h2>{pick(notice.title)}</h2>
          <p className="faint">{formatInstant(notice.at, language)}</p>
          <p className="pre-line">{pick(notice.text)}</p>
        </li>
      ))}
    </ul>
  )
}
