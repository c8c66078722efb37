import { useWords } from '../i18n.ts'
import { Link, Page, usePath } from '../router.tsx'
import { SignedIn, useSession } from '../session.tsx'
import { Shell } from '../shell.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Empty } from '../ui/note.tsx'
import { MyArchive } from './my-archive.tsx'
import { MyCases } from './my-cases.tsx'
import { MyConsents } from './my-consents.tsx'
import { MyLooks } from './my-looks.tsx'
import { MyNotices } from './my-notices.tsx'
import { MyReports } from './my-reports.tsx'
import { LargeType } from './large-type.tsx'

const PAGES = [
  { path: '/me', word: 'me.archive', intro: 'me.archiveIntro', icon: 'file', page: MyArchive },
  { path: '/me/looks', word: 'me.looks', intro: 'me.looksIntro', icon: 'eye', page: MyLooks },
  { path: '/me/cases', word: 'me.cases', intro: 'me.casesIntro', icon: 'flag', page: MyCases },
  { path: '/me/consents', word: 'me.consents', intro: 'me.consentsIntro', icon: 'key', page: MyConsents },
  { path: '/me/reports', word: 'me.reports', intro: 'me.reportsIntro', icon: 'download', page: MyReports },
  { path: '/me/notices', word: 'me.notices', intro: 'me.noticesIntro', icon: 'bell', page: MyNotices },
] as const satisfies readonly { path: string; word: string; intro: string; icon: IconName; page: unknown }[]

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
            {PAGES.map((page) => (
              <li key={page.path}>
                <Link to={page.path}>
                  <Icon name={page.icon} size={22} />
                  <span>{t(page.word)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      }
    >
      {current ? (
        <Page key={path} title={t(current.word)} intro={t(current.intro)} site={t('me.site')}>
          <current.page />
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
