import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { addDays, formatInstant, today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { PeriodFields, periodQuery } from './period-fields.tsx'

const FLAGS = {
  volume: 'unusual.volume',
  hours: 'unusual.hours',
  'no-matter': 'unusual.noMatter',
  'own-name': 'unusual.ownName',
  export: 'unusual.export',
} as const

/** Look-ups that somebody should look at. */
export function UnusualPage() {
  const { t, pick, language } = useWords()
  const [days, setDays] = useState({ from: addDays(today(), -30), until: today() })
  const unusual = useQuery({
    queryKey: ['unusual', days],
    queryFn: ({ signal }) => call('unusual', { query: periodQuery(days) }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="stack-l">
      <PeriodFields value={days} onValue={setDays} />
      {unusual.isPending ? <Skeleton lines={7} /> : null}
      {unusual.isError ? <Failure error={unusual.error} onRetry={() => void unusual.refetch()} /> : null}
      {unusual.data?.flags.length === 0 ? (
        <Empty icon="shield" title={t('unusual.empty')}>
          <p>{t('unusual.emptyText')}</p>
        </Empty>
      ) : null}
      <ul className="stack">
        {unusual.data?.flags.map((flag) => (
          <li key={`${flag.flag}-${flag.at}-${flag.accesses[0] ?? ''}`} className="card stack">
            <header className="look-head">
              <div>
                <h2 className="h-small">{pick(flag.why)}</h2>
                <p className="soft">
                  {pick(flag.actor)} · {pick(flag.unit.name)}
                </p>
                <p className="faint num">
                  {formatInstant(flag.at, language)} · {t('unusual.count', { number: flag.count })}
                </p>
              </div>
              <span className="tag warn">{t(FLAGS[flag.flag])}</span>
            </header>
            {flag.accesses.length > 0 ? (
              <details className="fold">
                <summary>{t('unusual.accesses')}</summary>
                <p className="num soft">{flag.accesses.join(t('shared.list'))}</p>
              </details>
            ) : null}
            <p>
              <Link to="/desk/incidents">{t('unusual.raise')}</Link>
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
