import type { ReactNode } from 'react'
import type { Page } from '#contract/pages.ts'
import { CONTENT_KINDS, type ContentKind } from '#contract/site.ts'
import { formatDay, formatNumber, formatPercent } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { KIND_ICONS, TextList } from './library.tsx'
import { expand, RecordList } from './records.tsx'
import { Rights } from './rights.tsx'
import { Document, SearchBox, To, usePlace, useSite } from './site.tsx'

type Front = Extract<Page, { page: 'front' }>

const SHELVES = ['policy', 'knowledge', 'answer', 'case', 'exemplar'] as const satisfies readonly ContentKind[]
const COMING = 3

/** The first page of “信用<place>”: search, today's figures, what is new, what one's rights are. */
export function FrontPage(front: Front) {
  const { t, pick, language } = useWords()
  const { title } = usePlace()
  const { today } = useSite()
  const coming = front.contents
    .filter(({ kind, day }) => kind === 'campaign' && day !== undefined && day >= today)
    .slice(0, COMING)
  return (
    <Document title={title} front>
      <section className="hero" aria-labelledby="site-title">
        <div className="hero-inner">
          <p className="hero-eyebrow">{t('public.eyebrow')}</p>
          <h1 className="hero-title" id="site-title">
            {title}
          </h1>
          <p className="hero-lead">{t('public.lead')}</p>
          <SearchBox large />
          <p className="hero-text">{t('public.searchOnly')}</p>
        </div>
      </section>
      <Figures {...front} />
      <section className="band" aria-labelledby="newest">
        <BandHead id="newest" title={t('public.newestTitle')} more={{ to: '/records', title: t('public.newestMore') }}>
          {t('public.newestText', { day: formatDay(today, language) })}
        </BandHead>
        <div className="newest">
          {front.newest.map(({ item, list }) => (
            <section key={item.id} aria-labelledby={item.id}>
              <h3 id={item.id} className="newest-title">
                <To to={`/records?item=${item.id}`}>{pick(item.name)}</To>
              </h3>
              <RecordList records={expand(list)} sorted level={3} />
            </section>
          ))}
        </div>
        {front.newest.length === 0 ? <p>{t('public.recordsNone')}</p> : null}
      </section>
      <section className="band-full" aria-labelledby="rights">
        <div className="band">
          <BandHead id="rights" title={t('public.rightsTitle')} more={{ to: '/rights', title: t('public.rightsMore') }}>
            {t('public.rightsText')}
          </BandHead>
          <Rights />
          <p className="row rights-doors">
            <a className="button" href="/me">
              <Icon name="file" />
              {t('public.toMe')}
            </a>
            <To className="button second" to="/tips">
              {t('public.tipsTitle')}
            </To>
          </p>
        </div>
      </section>
      <section className="band" aria-labelledby="library">
        <BandHead id="library" title={t('public.navLibrary')} more={{ to: '/library', title: t('public.libraryMore') }}>
          {t('public.libraryText')}
        </BandHead>
        <div className="shelves">
          {SHELVES.map((kind) => {
            const own = front.contents.filter((content) => content.kind === kind).slice(0, 3)
            return own.length === 0 ? null : (
              <section key={kind} className="card stack" aria-labelledby={`shelf-${kind}`}>
                <h3 id={`shelf-${kind}`} className="shelf-title">
                  <Icon name={KIND_ICONS[kind]} />
                  <To to={`/library/${kind}`}>{pick(CONTENT_KINDS[kind])}</To>
                </h3>
                <TextList contents={own} level={4} short />
              </section>
            )
          })}
          {coming.length > 0 ? (
            <section className="card stack" aria-labelledby="shelf-campaign">
              <h3 id="shelf-campaign" className="shelf-title">
                <Icon name={KIND_ICONS.campaign} />
                <To to="/library/campaign">{t('public.coming')}</To>
              </h3>
              <TextList contents={coming} level={4} short />
            </section>
          ) : null}
        </div>
      </section>
    </Document>
  )
}

function BandHead({
  id,
  title,
  more,
  children,
}: {
  id: string
  title: string
  more: { to: string; title: string }
  children: ReactNode
}) {
  return (
    <header className="band-head">
      <div>
        <h2 id={id}>{title}</h2>
        <p className="soft">{children}</p>
      </div>
      <To to={more.to}>{more.title}</To>
    </header>
  )
}

/** Today's figures. */
function Figures({ statistics, withheld, ledger }: Front) {
  const { t, language } = useWords()
  const { inTime, late } = statistics.timeliness
  const judged = inTime + late
  const figures = [
    { word: t('public.figureRecords'), value: formatNumber(statistics.records, language) },
    { word: t('public.figureOrganisations'), value: formatNumber(statistics.organisations, language) },
    {
      word: t('public.figureInTime'),
      value: judged === 0 ? t('shared.unknown') : formatPercent(inTime / judged, language),
    },
    { word: t('public.ledger'), value: ledger === undefined ? t('shared.none') : formatNumber(ledger, language) },
    { word: t('public.withheld'), value: formatNumber(withheld, language) },
  ]
  return (
    <section className="today" aria-labelledby="today">
      <h2 id="today" className="visually-hidden">
        {t('public.todayTitle')}
      </h2>
      <dl>
        {figures.map(({ word, value }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
