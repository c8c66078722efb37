import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { call } from '../api.ts'
import { groupBy, joinLegends, type ShownRecord } from '../archive.ts'
import { formatDay, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { RecordCard } from '../record-card.tsx'
import { Input } from '../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'
import { Link } from '../router.tsx'
import { WaysOut } from './ways-out.tsx'

/** The person's whole file, as of today or a past day. */
export function MyArchive() {
  const { t, language } = useWords()
  const [day, setDay] = useState(today())
  const past = day !== '' && day < today()
  const archive = useQuery({
    queryKey: ['my-archive', past ? day : 'now'],
    queryFn: ({ signal }) => call('myArchive', { query: past ? { at: `${day}T23:59:59+08:00` } : {} }, signal),
    placeholderData: keepPreviousData,
  })
  if (archive.isPending) return <Skeleton lines={9} />
  if (archive.isError) return <Failure error={archive.error} onRetry={() => void archive.refetch()} />
  const { subject } = archive.data
  const newestFirst = joinLegends(archive.data)
  const shown = newestFirst.filter(({ state }) => state === 'shown')
  const ended = newestFirst.filter(({ state }) => state !== 'shown')
  return (
    <div className="stack-l">
      <section className="me-head card">
        <dl className="me-facts">
          <div>
            <dt>{t('me.name')}</dt>
            <dd>{subject.name}</dd>
          </div>
          <div>
            <dt>{t('me.number')}</dt>
            <dd className="num">{subject.number}</dd>
          </div>
          <div>
            <dt>{t('me.shownCount')}</dt>
            <dd className="num">{shown.length}</dd>
          </div>
          <div>
            <dt>{t('me.pastCount')}</dt>
            <dd className="num">{ended.length}</dd>
          </div>
        </dl>
        <div className="as-of">
          <Input
            type="date"
            label={t('me.asOf')}
            hint={t('me.asOfHint')}
            max={today()}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </div>
      </section>
      <div className="live" aria-live="polite">
        {past ? (
          <Note
            tone="warn"
            icon="clock"
            title={t('me.asOfNote', { day: formatDay(day, language) })}
            actions={
              <button type="button" className="button second" onClick={() => setDay(today())}>
                {t('me.asOfToday')}
              </button>
            }
          />
        ) : null}
      </div>
      {shown.length === 0 ? (
        <Empty icon="file" title={t('me.emptyArchive')}>
          <p>{t('me.emptyArchiveText')}</p>
        </Empty>
      ) : (
        <Years
          records={shown}
          busy={archive.isPlaceholderData}
          renderActions={(record) => (past ? null : <WaysOut record={record} repairs={archive.data.repairs} />)}
        />
      )}
      {ended.length > 0 ? (
        <details className="fold past-records">
          <summary>
            {t('me.past')} · {ended.length}
          </summary>
          <p className="soft">{t('me.pastText')}</p>
          <Years
            records={ended}
            renderActions={(record) =>
              record.state === 'ended' || record.state === 'superseded' ? null : (
                <Link to="/me/recalls">{t('way.whoHad')}</Link>
              )
            }
          />
        </details>
      ) : null}
    </div>
  )
}

/** Records by the year they were decided in, newest first. */
function Years({
  records,
  busy = false,
  renderActions,
}: {
  records: ShownRecord[]
  busy?: boolean
  renderActions: (record: ShownRecord) => ReactNode
}) {
  const { language } = useWords()
  return (
    <div className="stack-l" aria-busy={busy}>
      {groupBy(records, ({ decided }) => decided.slice(0, 4)).map(([year, ofYear]) => (
        <section key={year} className="stack" aria-label={year}>
          <h2 className="day-head num">{year}</h2>
          <ol className="timeline">
            {ofYear.map((record) => (
              <li key={`${record.id}-${record.version}`}>
                <p className="timeline-day">{formatDay(record.decided, language)}</p>
                <RecordCard record={record} level={3} actions={renderActions(record)} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
