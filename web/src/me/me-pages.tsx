import { lazy, Suspense, type ComponentType } from 'react'
import { useWords } from '../i18n.ts'
import { Link, Page, usePath } from '../router.tsx'
import { SignedIn, useSession } from '../session.tsx'
import { Shell } from '../shell.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Empty, Skeleton } from '../ui/note.tsx'
import { MyArchive } from './my-archive.tsx'
import { MyCases } from './my-cases.tsx'
import { MyLooks } from './my-looks.tsx'
import { MyNotices } from './my-notices.tsx'
import { LargeType } from './large-type.tsx'

const MyBenefits = lazy(async () => ({ default: (await import('./my-benefits.tsx')).MyBenefits }))
const MyConsents = lazy(async () => ({ default: (await import('./my-consents.tsx')).MyConsents }))
const MyData = lazy(async () => ({ default: (await import('./my-data.tsx')).MyData }))
const MyDecisions = lazy(async () => ({ default: (await import('./my-decisions.tsx')).MyDecisions }))
const MyRecalls = lazy(async () => ({ default: (await import('./my-recalls.tsx')).MyRecalls }))
const MyReports = lazy(async () => ({ default: (await import('./my-reports.tsx')).MyReports }))

type MePage = { path: string; word: Word; intro: Word; icon: IconName; page: ComponentType; tab?: TabWord }
type Word =
  | 'me.archive'
  | 'me.archiveIntro'
  | 'me.looks'
  | 'me.looksIntro'
  | 'me.cases'
  | 'me.casesIntro'
  | 'me.consents'
  | 'me.consentsIntro'
  | 'me.reports'
  | 'me.reportsIntro'
  | 'me.notices'
  | 'me.noticesIntro'
  | 'data.title'
  | 'data.intro'
  | 'decided.title'
  | 'decided.intro'
  | 'recalled.title'
  | 'recalled.intro'
  | 'benefit.title'
  | 'benefit.intro'
  | 'menu.more'
  | 'menu.moreIntro'
type TabWord = 'menu.archive' | 'menu.cases' | 'menu.looks' | 'menu.notices' | 'menu.more'

/** The pages; those with a tab stand at the thumb, the others under “more”, large enough for every eye. */
const PAGES: readonly MePage[] = [
  { path: '/me', word: 'me.archive', intro: 'me.archiveIntro', icon: 'file', page: MyArchive, tab: 'menu.archive' },
  { path: '/me/cases', word: 'me.cases', intro: 'me.casesIntro', icon: 'flag', page: MyCases, tab: 'menu.cases' },
  { path: '/me/looks', word: 'me.looks', intro: 'me.looksIntro', icon: 'eye', page: MyLooks, tab: 'menu.looks' },
  {
    path: '/me/notices',
    word: 'me.notices',
    intro: 'me.noticesIntro',
    icon: 'bell',
    page: MyNotices,
    tab: 'menu.notices',
  },
  { path: '/me/more', word: 'menu.more', intro: 'menu.moreIntro', icon: 'menu', page: More, tab: 'menu.more' },
  { path: '/me/decisions', word: 'decided.title', intro: 'decided.intro', icon: 'alert', page: MyDecisions },
  { path: '/me/recalls', word: 'recalled.title', intro: 'recalled.intro', icon: 'shield', page: MyRecalls },
  { path: '/me/benefits', word: 'benefit.title', intro: 'benefit.intro', icon: 'check', page: MyBenefits },
  { path: '/me/consents', word: 'me.consents', intro: 'me.consentsIntro', icon: 'key', page: MyConsents },
  { path: '/me/reports', word: 'me.reports', intro: 'me.reportsIntro', icon: 'folder', page: MyReports },
  { path: '/me/data', word: 'data.title', intro: 'data.intro', icon: 'download', page: MyData },
]

export function MePages() {
  return (
    <SignedIn door="person">
      <Signed />
    </SignedIn>
  )
}

function Signed() {
  const { t } = useWords()
  const { signOut } = useSession()
  const path = usePath()
  const current = PAGES.find((page) => page.path === path)
  return (
    <Shell
      door="person"
      sub={t('me.site')}
      actions={<LargeType />}
      onSignOut={signOut}
      nav={
        <nav className="tabs" aria-label={t('me.nav')}>
          <ul>
            {PAGES.map(({ path: to, icon, tab }) =>
              tab ? (
                <li key={to}>
                  <Link to={to} className={to === '/me/more' && current && !current.tab ? 'within' : ''}>
                    <Icon name={icon} size={22} />
                    <span>{t(tab)}</span>
                  </Link>
                </li>
              ) : null,
            )}
          </ul>
        </nav>
      }
    >
      {current ? (
        <Page key={path} title={t(current.word)} intro={t(current.intro)} site={t('me.site')}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <current.page />
          </Suspense>
        </Page>
      ) : (
        <Page key={path} title={t('shared.pageNotFound')} site={t('me.site')}>
          <Empty icon="search" title={t('shared.pageNotFoundText')}>
            <Link to="/me">{t('me.archive')}</Link>
          </Empty>
        </Page>
      )}
    </Shell>
  )
}

/** What has no tab of its own. */
function More() {
  const { t } = useWords()
  return (
    <ul className="menu-list">
      {PAGES.filter(({ tab }) => !tab).map(({ path, icon, word, intro }) => (
        <li key={path}>
          <Link to={path} className="card">
            <Icon name={icon} size={28} />
            <strong>{t(word)}</strong>
            <span className="soft">{t(intro)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
