import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccessSeenBody } from '#contract/shapes.ts'
import { call } from '../api.ts'
import { groupBy } from '../archive.ts'
import { dayOf, formatDay, formatTime, formatWeekday } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'
import { Proof } from './proof.tsx'

/** Every look-up of the person, by day. */
export function MyLooks() {
  const { t, language } = useWords()
  const [self, setSelf] = useState(false)
  const looks = useInfiniteQuery({
    queryKey: ['my-looks'],
    queryFn: ({ pageParam, signal }) =>
      call('myAccesses', { query: { limit: 50, ...(pageParam ? { before: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.more ? page.accesses.at(-1)?.access : undefined),
  })
  if (looks.isPending) return <Skeleton lines={9} />
  if (looks.isError) return <Failure error={looks.error} onRetry={() => void looks.refetch()} />
  const all = looks.data.pages.flatMap((page) => page.accesses)
  const days = groupBy(
    all.filter((look) => self || look.ground !== 'self'),
    (look) => dayOf(look.at),
  )
  return (
    <div className="stack-l">
      <label className="check">
        <input type="checkbox" checked={self} onChange={(event) => setSelf(event.target.checked)} />
        {t('me.showSelf')}
      </label>
      {days.length === 0 ? (
        <Empty icon="eye" title={t('me.looksEmpty')}>
          <p>{t('me.looksEmptyText')}</p>
        </Empty>
      ) : null}
      {days.map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`day-${day}`} className="stack">
          <h2 id={`day-${day}`} className="day-head">
            {formatDay(day, language)} <span className="soft">{formatWeekday(day, language)}</span>
          </h2>
          <ul className="stack">
            {ofDay.map((look) => (
              <li key={look.access}>
                <Look look={look} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {looks.hasNextPage ? (
        <button
          type="button"
          className="button second"
          disabled={looks.isFetchingNextPage}
          onClick={() => void looks.fetchNextPage()}
        >
          {t('me.more')}
        </button>
      ) : null}
    </div>
  )
}

/** The matter of a look-up: in words where the system names it, otherwise as the unit wrote it. */
export const matterOf = ({ about, matter }: AccessSeenBody, pick: ReturnType<typeof useWords>['pick']): string =>
  about ? pick(about) : matter

/** One look-up: who, for what, on which ground, and what they saw. */
function Look({ look }: { look: AccessSeenBody }) {
  const { t, pick } = useWords()
  const refused = look.outcome === 'refused'
  return (
    <article className={`look card ${refused ? 'refused' : ''}`}>
      <header className="look-head">
        <div>
          <h3>{pick(look.unit.name)}</h3>
          <p className="soft">{[formatTime(look.at), pick(look.purpose.name)].filter(Boolean).join(' · ')}</p>
        </div>
        <span className={`tag ${refused ? 'bad' : look.ground === 'self' ? '' : 'brand'}`}>
          {t(refused ? 'me.refusedTag' : look.ground === 'self' ? 'me.selfTag' : 'me.answeredTag')}
        </span>
      </header>
      <dl className="facts">
        <div className="fact">
          <dt>{t('me.ground')}</dt>
          <dd>{t(`ground.${look.ground}`)}</dd>
        </div>
        {look.matter ? (
          <div className="fact">
            <dt>{t('me.matter')}</dt>
            <dd>{matterOf(look, pick)}</dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('me.actor')}</dt>
          <dd>{pick(look.actor)}</dd>
        </div>
        {refused && look.reason ? (
          <div className="fact">
            <dt>{t('me.refusedWhy')}</dt>
            <dd>{pick(look.reason)}</dd>
          </div>
        ) : null}
      </dl>
      {look.shown > 0 ? (
        <details className="fold">
          <summary>{t('me.sawCount', { records: look.shown })}</summary>
          <ul className="stack saw">
            {look.items.map((item) => (
              <li key={item.item}>
                <strong>{pick(item.name)}</strong>
                <p className="soft">{item.fields.map(pick).join(t('shared.list'))}</p>
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <p className="soft">{t('me.sawNone')}</p>
      )}
      <Proof look={look} />
    </article>
  )
}
