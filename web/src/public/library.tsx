import type { Page } from '#contract/pages.ts'
import type { PublicContentBody } from '#contract/public.ts'
import { CONTENT_KIND_NAMES, CONTENT_KINDS, excerptOf, type ContentKind } from '#contract/site.ts'
import { dayOf, formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty } from '../ui/note.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { Markup } from './markup.tsx'
import { CampaignCounts } from './campaigns.tsx'
import { Reading, To, useSite } from './site.tsx'

export const KIND_ICONS: Record<ContentKind, IconName> = {
  policy: 'book',
  knowledge: 'info',
  exemplar: 'check',
  case: 'flag',
  campaign: 'clock',
  answer: 'inbox',
}
const INTROS = {
  policy: 'public.introPolicy',
  knowledge: 'public.introKnowledge',
  exemplar: 'public.introExemplar',
  case: 'public.introCase',
  campaign: 'public.introCampaign',
  answer: 'public.introAnswer',
} as const satisfies Record<ContentKind, string>

const addressOf = ({ kind, num }: PublicContentBody): string => `/library/${kind}/${num}`
const EXCERPT = { zh: 72, en: 150 } as const

/** Texts as a list: their title, their first words, their day. */
export function TextList({
  contents,
  level = 2,
  short = false,
}: {
  contents: PublicContentBody[]
  level?: 2 | 3 | 4
  short?: boolean
}) {
  const { pick, language } = useWords()
  const Heading = `h${level}` as const
  return (
    <ul className="texts">
      {contents.map((content) => (
        <li key={content.num}>
          <Heading className="text-title">
            <To to={addressOf(content)}>{pick(content.title)}</To>
          </Heading>
          {short ? null : <p className="soft">{excerptOf(pick(content.body), EXCERPT[language])}</p>}
          <p className="faint">{formatDay(content.day ?? dayOf(content.publishedAt), language)}</p>
        </li>
      ))}
    </ul>
  )
}

/** Campaigns by their days: those to come, then those that were. */
export function Calendar({ contents, level = 2 }: { contents: PublicContentBody[]; level?: 2 | 3 }) {
  const { pick, language } = useWords()
  const Heading = `h${level}` as const
  return (
    <ol className="calendar">
      {contents.map((content) => {
        const [year = '', month = '', day = ''] = (content.day ?? '').split('-')
        return (
          <li key={content.num}>
            <time className="leaf" dateTime={content.day}>
              <span className="leaf-month">
                {year}.{month}
              </span>
              <span className="leaf-day num">{Number(day)}</span>
            </time>
            <div>
              <Heading className="text-title">
                <To to={addressOf(content)}>{pick(content.title)}</To>
              </Heading>
              <p className="soft">{excerptOf(pick(content.body), EXCERPT[language])}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function KindTabs({ current }: { current: ContentKind | undefined }) {
  const { t, pick } = useWords()
  return (
    <nav className="kinds no-print" aria-label={t('public.libraryKinds')}>
      <ul>
        {CONTENT_KIND_NAMES.map((kind) => (
          <li key={kind} className={kind === current ? 'current' : ''}>
            <To to={`/library/${kind}`}>
              <Icon name={KIND_ICONS[kind]} size={18} />
              {pick(CONTENT_KINDS[kind])}
            </To>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The library: policies, knowledge, exemplars, cases, campaigns, answers. */
export function LibraryPage({ kind, contents, campaigns }: Extract<Page, { page: 'library' }>) {
  const { t, pick } = useWords()
  const { today } = useSite()
  if (kind === undefined) {
    const filled = CONTENT_KIND_NAMES.filter((one) => contents.some((content) => content.kind === one))
    return (
      <Reading title={t('public.navLibrary')} intro={t('public.libraryText')}>
        <KindTabs current={undefined} />
        <p className="note brand no-print">
          <Icon name="book" />
          <To to="/handbook">{t('handbook.library')}</To>
        </p>
        {filled.length === 0 ? <Empty icon="book" title={t('public.libraryNone')} /> : null}
        <div className="shelves">
          {filled.map((one) => (
            <section key={one} className="card stack" aria-labelledby={one}>
              <h2 id={one} className="shelf-title">
                <Icon name={KIND_ICONS[one]} />
                {pick(CONTENT_KINDS[one])}
              </h2>
              <TextList contents={contents.filter((content) => content.kind === one).slice(0, 4)} level={3} short />
              <p className="shelf-more">
                <To to={`/library/${one}`}>{t('public.moreOf', { what: pick(CONTENT_KINDS[one]) })}</To>
              </p>
            </section>
          ))}
        </div>
      </Reading>
    )
  }
  const coming = contents.filter((content) => (content.day ?? '') >= today)
  const past = contents
    .filter((content) => (content.day ?? '') < today)
    // oxlint-disable-next-line unicorn/no-array-sort -- of a copy; the web knows no toSorted
    .sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? 1 : -1))
  return (
    <Reading
      title={pick(CONTENT_KINDS[kind])}
      intro={t(INTROS[kind])}
      trail={[{ to: '/library', title: t('public.navLibrary') }]}
    >
      <KindTabs current={kind} />
      <CampaignCounts campaigns={campaigns} />
      {contents.length === 0 && campaigns.length === 0 ? (
        <Empty icon={KIND_ICONS[kind]} title={t('public.libraryNone')} />
      ) : null}
      {kind === 'campaign' ? (
        <>
          {coming.length > 0 ? (
            <section className="stack" aria-labelledby="coming">
              <h2 id="coming">{t('public.coming')}</h2>
              <Calendar contents={coming} level={3} />
            </section>
          ) : null}
          {past.length > 0 ? (
            <section className="stack" aria-labelledby="past">
              <h2 id="past">{t('public.past')}</h2>
              <Calendar contents={past} level={3} />
            </section>
          ) : null}
        </>
      ) : (
        <TextList contents={contents} />
      )}
    </Reading>
  )
}

/** One text. */
export function ContentPage({ content }: Extract<Page, { page: 'content' }>) {
  const { t, pick, language } = useWords()
  return (
    <Reading
      title={pick(content.title)}
      trail={[
        { to: '/library', title: t('public.navLibrary') },
        { to: `/library/${content.kind}`, title: pick(CONTENT_KINDS[content.kind]) },
      ]}
      actions={
        <p className="faint">
          {content.day ? `${formatDay(content.day, language)} · ` : ''}
          {t('public.publishedOn', { day: formatDay(dayOf(content.publishedAt), language) })}
          {content.until ? ` · ${t('record.untilLast', { day: formatDay(content.until, language) })}` : ''}
        </p>
      }
    >
      <article>
        <Markup text={pick(content.body)} />
      </article>
      {content.kind === 'case' ? <p className="note calm">{t('public.caseNote')}</p> : null}
    </Reading>
  )
}
