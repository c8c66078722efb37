import { createContext, useContext, type ReactNode } from 'react'
import type { Site } from '#contract/pages.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon, Mark } from '../ui/icon.tsx'

const SiteContext = createContext<Site | undefined>(undefined)
export const SiteProvider = SiteContext.Provider

/** What every page knows of the site. */
export function useSite(): Site {
  const site = useContext(SiteContext)
  if (!site) throw new Error('a page outside of the site')
  return site
}

/** An address of the site in the language that is read: without script there is nothing else to remember it. */
export function hrefIn(language: 'zh' | 'en', path: string, of?: string): string {
  const kept = [...(of === undefined ? [] : [`of=${of}`]), ...(language === 'zh' ? [] : ['lang=en'])].join('&')
  if (kept === '') return path
  const [before = '', hash] = path.split('#')
  return `${before}${before.includes('?') ? '&' : '?'}${kept}${hash === undefined ? '' : `#${hash}`}`
}

/** An address of the site as it is read: in its language, and of the place that was chosen. */
export function useHref(): (path: string) => string {
  const { language } = useWords()
  const { of } = useSite()
  return (path) => hrefIn(language, path, of)
}

/** A link within the site. */
export function To({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const href = useHref()
  return (
    <a className={className} href={href(to)}>
      {children}
    </a>
  )
}

/** A form of the site: posted, so that what is typed stands in no address. */
export function Form({
  to,
  className,
  search = false,
  children,
}: {
  to: string
  className?: string
  search?: boolean
  children: ReactNode
}) {
  const href = useHref()
  return (
    <form className={className} method="post" action={href(to)} role={search ? 'search' : undefined}>
      {children}
    </form>
  )
}

/** The place the platform serves, taken from its pack's name (“衡州市（演示）政策包” → 衡州 · Hengzhou). */
export function usePlace(): { title: string; demo: boolean } {
  const { t, language } = useWords()
  const { pack, places, of } = useSite()
  const chosen = places.find(({ id }) => id === of) ?? places[0]
  const name = chosen?.name ?? pack.name
  const place =
    language === 'zh'
      ? name.zh
          .replace(/（.*?）|政策包|公共信用信息/g, '')
          .replace(/^.+市(?=..+[区县]$)/, '')
          .replace(/^(..+)[省市区县]$/, '$1')
      : name.en.replace(/\(.*?\)|\b(?:policy|provincial|municipal|district) ?(?=pack\b|\()|\bpack\b/gi, '').trim()
  const demo = name.zh !== name.zh.replace(/（.*?）/g, '') && /demonstration/i.test(name.en)
  return { title: place ? t('shared.credit', { place }) : t('shared.creditPlain'), demo }
}

const NAV = [
  { to: '/records', word: 'public.navRecords' },
  { to: '/lists', word: 'site.navLists' },
  { to: '/commitments', word: 'site.navCommitments' },
  { to: '/library', word: 'public.navLibrary' },
  { to: '/statistics', word: 'public.navStatistics' },
  { to: '/rights', word: 'public.navRights' },
  { to: '/tips', word: 'public.navTips' },
] as const

/** The whole document: bar, navigation, the page, footer. */
export function Document({ title, front = false, children }: { title: string; front?: boolean; children: ReactNode }) {
  const { t, language } = useWords()
  const { path, pack, styles, robots, today } = useSite()
  const href = useHref()
  const place = usePlace()
  const other = language === 'zh' ? 'en' : 'zh'
  const here = path.split('?', 1)[0] ?? '/'
  return (
    <html lang={language === 'en' ? 'en' : 'zh-CN'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#0d3a44" />
        <meta name="description" content={t('public.description', { title: place.title })} />
        {robots === undefined ? null : <meta name="robots" content={robots} />}
        <title>{front ? `${place.title} · ${t('shared.platform')}` : `${title} · ${place.title}`}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {styles.map((sheet) => (
          <link key={sheet} rel="stylesheet" href={sheet} />
        ))}
      </head>
      <body>
        <div id="root">
          <a className="skip" href="#main">
            {t('shared.skip')}
          </a>
          <p className="print-source">
            {place.title} · {t('shared.platform')} · {formatDay(today, language)}
          </p>
          <header className="bar no-print">
            <div className="bar-inner">
              <To className="mark" to="/">
                <Mark />
                <span>
                  <span className="mark-name">{place.title}</span>
                  <span className="mark-sub">
                    {t('shared.platform')}
                    {place.demo ? ` · ${t('shared.demo')}` : ''}
                  </span>
                </span>
              </To>
              <div className="bar-actions">
                <a className="button quiet" href="/me">
                  {t('public.toMeShort')}
                </a>
                <a className="button quiet" href="/desk">
                  {t('public.toDeskShort')}
                </a>
                <a
                  className="button quiet"
                  href={hrefIn(other, path)}
                  lang={other === 'en' ? 'en' : 'zh-CN'}
                  hrefLang={other}
                >
                  {t('shared.language')}
                </a>
              </div>
            </div>
            <nav className="site-nav" aria-label={t('public.nav')}>
              <ul>
                {NAV.map(({ to, word }) => (
                  <li key={to}>
                    <a
                      href={href(to)}
                      aria-current={here === to ? 'page' : here.startsWith(`${to}/`) ? 'true' : undefined}
                    >
                      {t(word)}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <Places />
          </header>
          <main id="main" tabIndex={-1}>
            {children}
          </main>
          <footer className="foot">
            <div className="foot-inner">
              <p>
                <strong>{t('public.foot')}</strong>
              </p>
              {place.demo ? <p>{t('public.footDemo')}</p> : null}
              <p>{t('public.footPersons')}</p>
              <p>{t('public.version', { version: pack.version })}</p>
            </div>
          </footer>
        </div>
      </body>
    </html>
  )
}

/** Where the site serves a city and its district: whose decisions, lists and figures are shown. */
function Places() {
  const { t, pick, language } = useWords()
  const { path, places, of } = useSite()
  if (places.length === 0) return null
  const here = path.split('?', 1)[0] ?? '/'
  return (
    <nav className="site-places" aria-label={t('site.places')}>
      <span>{t('site.places')}</span>
      <ul>
        {[{ id: undefined, name: undefined }, ...places].map(({ id, name }) => (
          <li key={id ?? ''}>
            <a href={hrefIn(language, here, id)} aria-current={id === of ? 'true' : undefined}>
              {name ? pick(name) : t('site.placesAll')}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A page below the front one: where one is, its heading, and what it says. */
export function Reading({
  title,
  intro,
  trail = [],
  actions,
  children,
}: {
  title: string
  intro?: ReactNode
  /** pages above this one */
  trail?: readonly { to: string; title: string }[]
  actions?: ReactNode
  children: ReactNode
}) {
  const { t } = useWords()
  return (
    <Document title={title}>
      <div className="page reading">
        <nav className="trail no-print" aria-label={t('public.trail')}>
          <ol>
            {[{ to: '/', title: t('public.title') }, ...trail].map((step) => (
              <li key={step.to}>
                <To to={step.to}>{step.title}</To>
              </li>
            ))}
          </ol>
        </nav>
        <header className="page-head">
          <h1>{title}</h1>
          {intro ? <p>{intro}</p> : null}
          {actions}
        </header>
        {children}
      </div>
    </Document>
  )
}

/** The search for organisations. */
export function SearchBox({ text = '', large = false }: { text?: string; large?: boolean }) {
  const { t } = useWords()
  return (
    <Form to="/search" className={`search-box ${large ? 'large' : ''}`} search>
      <label className="visually-hidden" htmlFor="search-text">
        {t('public.searchLabel')}
      </label>
      <Icon name="search" />
      <input
        id="search-text"
        name="text"
        type="search"
        className="search-input"
        defaultValue={text}
        placeholder={t('public.searchHint')}
        minLength={2}
        maxLength={100}
        autoComplete="off"
        required
      />
      <button type="submit" className="button">
        {t('public.searchGo')}
      </button>
    </Form>
  )
}
