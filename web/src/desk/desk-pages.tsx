import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react'
import type { RoleName } from '#contract/route.ts'
import { useWords } from '../i18n.ts'
import { Link, Page, usePath } from '../router.tsx'
import { SignedIn, useSession } from '../session.tsx'
import { Shell } from '../shell.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Empty, Skeleton } from '../ui/note.tsx'
import type { deskZh } from '../words/desk.zh.ts'
import { AccountsPage } from './accounts-page.tsx'
import { CapacityPage } from './capacity-page.tsx'
import { CasesPage } from './cases-page.tsx'
import { CounterPage } from './counter-page.tsx'
import { ContentPage } from './content-page.tsx'
import { TipsPage } from './content-tips-page.tsx'
import { DashboardPage } from './dashboard-page.tsx'
import { ExportsPage } from './exports-page.tsx'
import { HeldPage } from './held-page.tsx'
import { IncidentsPage } from './incidents-page.tsx'
import { LookUpPage } from './look-up-page.tsx'
import { MattersPage } from './matters-page.tsx'
import { PastPage } from './past-page.tsx'
import { PublicityPage } from './publicity-page.tsx'
import { QualityPage } from './quality-page.tsx'
import { SUPERVISION_PAGES } from './supervision/pages.ts'
import { Shortcuts } from './shortcuts.tsx'
import { SubmissionsPage } from './submissions-page.tsx'
import { UnusualPage } from './unusual-page.tsx'
import { UploadPage } from './upload-page.tsx'
import { WorkPage } from './work-page.tsx'

const PacksPage = lazy(async () => ({ default: (await import('./packs/packs-page.tsx')).PacksPage }))
const AidPage = lazy(async () => ({ default: (await import('./process/aid-page.tsx')).AidPage }))
const DryRunPage = lazy(async () => ({ default: (await import('./process/dry-run-page.tsx')).DryRunPage }))
const ExemplarsPage = lazy(async () => ({ default: (await import('./process/board.tsx')).ExemplarsPage }))
const LettersPage = lazy(async () => ({ default: (await import('./notice/letters-page.tsx')).LettersPage }))
const ListsPage = lazy(async () => ({ default: (await import('./process/board.tsx')).ListsPage }))
const MeasuresPage = lazy(async () => ({ default: (await import('./process/measures-page.tsx')).MeasuresPage }))
const RecallsPage = lazy(async () => ({ default: (await import('./process/recalls-page.tsx')).RecallsPage }))

/** Words of a page: any area of the desk's words that has a title and an introduction. */
type PageWords = {
  [area in keyof typeof deskZh]: (typeof deskZh)[area] extends { title: string; intro: string } ? area : never
}[keyof typeof deskZh]

type DeskPage = {
  path: string
  group:
    | 'desk.groupMine'
    | 'desk.groupPublic'
    | 'desk.groupCases'
    | 'desk.groupReport'
    | 'desk.groupLook'
    | 'desk.groupCheck'
    | 'desk.groupTasks'
  words: PageWords
  icon: IconName
  roles: readonly RoleName[]
  page: ComponentType
}

/** Pages of the desk, and the roles that the contract lets call what they need. */
const PAGES: readonly DeskPage[] = [
  {
    path: '/desk',
    group: 'desk.groupMine',
    words: 'work',
    icon: 'bell',
    roles: ['clerk', 'reviewer', 'officer', 'counter', 'auditor', 'admin', 'review-body', 'court'],
    page: WorkPage,
  },
  {
    path: '/desk/upload',
    group: 'desk.groupReport',
    words: 'upload',
    icon: 'upload',
    roles: ['clerk'],
    page: UploadPage,
  },
  {
    path: '/desk/held',
    group: 'desk.groupReport',
    words: 'held',
    icon: 'check',
    roles: ['clerk', 'reviewer'],
    page: HeldPage,
  },
  {
    path: '/desk/submissions',
    group: 'desk.groupReport',
    words: 'submissions',
    icon: 'inbox',
    roles: ['clerk', 'reviewer', 'auditor'],
    page: SubmissionsPage,
  },
  {
    path: '/desk/cases',
    group: 'desk.groupCases',
    words: 'cases',
    icon: 'flag',
    roles: ['reviewer', 'clerk', 'admin', 'review-body', 'court'],
    page: CasesPage,
  },
  {
    path: '/desk/lists',
    group: 'desk.groupCases',
    words: 'listBoard',
    icon: 'alert',
    roles: ['clerk', 'reviewer'],
    page: ListsPage,
  },
  {
    path: '/desk/exemplars',
    group: 'desk.groupCases',
    words: 'exemplarBoard',
    icon: 'check',
    roles: ['clerk', 'reviewer'],
    page: ExemplarsPage,
  },
  {
    path: '/desk/letters',
    group: 'desk.groupCases',
    words: 'letters',
    icon: 'bell',
    roles: ['clerk', 'reviewer', 'counter', 'admin'],
    page: LettersPage,
  },
  {
    path: '/desk/measures',
    group: 'desk.groupCases',
    words: 'measureBoard',
    icon: 'lock',
    roles: ['clerk', 'reviewer', 'admin', 'auditor'],
    page: MeasuresPage,
  },
  {
    path: '/desk/recalls',
    group: 'desk.groupLook',
    words: 'recallBoard',
    icon: 'shield',
    roles: ['officer', 'counter', 'clerk', 'reviewer', 'admin', 'review-body', 'court'],
    page: RecallsPage,
  },
  {
    path: '/desk/look-up',
    group: 'desk.groupLook',
    words: 'lookUp',
    icon: 'search',
    roles: ['officer', 'counter'],
    page: LookUpPage,
  },
  {
    path: '/desk/counter',
    group: 'desk.groupLook',
    words: 'counter',
    icon: 'key',
    roles: ['counter'],
    page: CounterPage,
  },
  {
    path: '/desk/past',
    group: 'desk.groupLook',
    words: 'past',
    icon: 'book',
    roles: ['review-body', 'court'],
    page: PastPage,
  },
  {
    path: '/desk/capacity',
    group: 'desk.groupCases',
    words: 'capacity',
    icon: 'shield',
    roles: ['court'],
    page: CapacityPage,
  },
  {
    path: '/desk/matters',
    group: 'desk.groupLook',
    words: 'matters',
    icon: 'folder',
    roles: ['officer', 'counter', 'auditor'],
    page: MattersPage,
  },
  {
    path: '/desk/incentives',
    group: 'desk.groupLook',
    words: 'aid',
    icon: 'key',
    roles: ['officer', 'counter'],
    page: AidPage,
  },
  {
    path: '/desk/unusual',
    group: 'desk.groupCheck',
    words: 'unusual',
    icon: 'alert',
    roles: ['auditor'],
    page: UnusualPage,
  },
  {
    path: '/desk/incidents',
    group: 'desk.groupCheck',
    words: 'incidents',
    icon: 'flag',
    roles: ['auditor'],
    page: IncidentsPage,
  },
  {
    path: '/desk/dashboard',
    group: 'desk.groupMine',
    words: 'dashboard',
    icon: 'chart',
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    page: DashboardPage,
  },
  {
    path: '/desk/accounts',
    group: 'desk.groupCheck',
    words: 'accounts',
    icon: 'key',
    roles: ['admin'],
    page: AccountsPage,
  },
  {
    path: '/desk/exports',
    group: 'desk.groupCheck',
    words: 'exports',
    icon: 'download',
    roles: ['auditor', 'admin'],
    page: ExportsPage,
  },
  {
    path: '/desk/dry-run',
    group: 'desk.groupCheck',
    words: 'dryRun',
    icon: 'chart',
    roles: ['admin', 'auditor'],
    page: DryRunPage,
  },
  {
    path: '/desk/quality',
    group: 'desk.groupCheck',
    words: 'quality',
    icon: 'chart',
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    page: QualityPage,
  },
  {
    path: '/desk/packs',
    group: 'desk.groupCheck',
    words: 'packs',
    icon: 'book',
    roles: ['admin', 'auditor', 'reviewer', 'clerk'],
    page: PacksPage,
  },
  ...SUPERVISION_PAGES,
  {
    path: '/desk/publicity',
    group: 'desk.groupPublic',
    words: 'publicity',
    icon: 'clock',
    roles: ['clerk', 'reviewer', 'auditor', 'admin'],
    page: PublicityPage,
  },
  {
    path: '/desk/tips',
    group: 'desk.groupPublic',
    words: 'tips',
    icon: 'inbox',
    roles: ['clerk', 'reviewer'],
    page: TipsPage,
  },
  {
    path: '/desk/content',
    group: 'desk.groupPublic',
    words: 'content',
    icon: 'book',
    roles: ['clerk', 'reviewer'],
    page: ContentPage,
  },
]

export function DeskPages() {
  return (
    <SignedIn door="staff">
      <Signed />
    </SignedIn>
  )
}

function Signed() {
  const { t, pick } = useWords()
  const { who, signOut } = useSession()
  const path = usePath()
  const mine = PAGES.filter(({ roles }) => roles.some((role) => who.roles.includes(role)))
  const current = PAGES.find((page) => page.path === path)
  const allowed = current !== undefined && mine.includes(current)
  return (
    <Shell
      door="staff"
      sub={t('desk.site')}
      onSignOut={signOut}
      actions={
        <p className="who">
          <span>{pick(who.display)}</span>
          {who.unit ? <span>{pick(who.unit.name)}</span> : null}
        </p>
      }
      nav={<Side pages={mine} current={current?.path} />}
    >
      {current && allowed ? (
        <Page
          key={current.path}
          title={t(`${current.words}.title`)}
          intro={t(`${current.words}.intro`)}
          site={t('desk.site')}
        >
          <Suspense fallback={<Skeleton lines={7} />}>
            <current.page />
          </Suspense>
        </Page>
      ) : (
        <Page
          key={path}
          title={t(current ? 'desk.noPermission' : path === '/desk' ? 'desk.noPages' : 'shared.pageNotFound')}
          site={t('desk.site')}
        >
          <Empty icon="lock" title={t(current || path === '/desk' ? 'desk.noPagesText' : 'shared.pageNotFoundText')} />
        </Page>
      )}
    </Shell>
  )
}

const GROUPS = [
  'desk.groupMine',
  'desk.groupReport',
  'desk.groupCases',
  'desk.groupLook',
  'desk.groupCheck',
  'desk.groupTasks',
  'desk.groupPublic',
] as const
const WIDE = '(min-width: 60rem)'

/** The pages one may open, by group; folded on a narrow screen. */
function Side({ pages, current }: { pages: readonly DeskPage[]; current: string | undefined }) {
  const { t } = useWords()
  const [open, setOpen] = useState(() => matchMedia(WIDE).matches)
  const title = pages.find(({ path }) => path === current)
  useEffect(() => {
    const wide = matchMedia(WIDE)
    const follow = () => setOpen(wide.matches)
    wide.addEventListener('change', follow)
    return () => wide.removeEventListener('change', follow)
  }, [])
  return (
    <nav className="side no-print" aria-label={t('desk.nav')}>
      <button
        type="button"
        className="side-toggle"
        aria-expanded={open}
        aria-controls="side"
        onClick={() => setOpen(!open)}
      >
        <Icon name="menu" />
        {title ? t(`${title.words}.title`) : t('desk.menu')}
      </button>
      <div id="side" hidden={!open}>
        {GROUPS.map((group) => {
          const ofGroup = pages.filter((page) => page.group === group)
          return ofGroup.length === 0 ? null : (
            <div key={group}>
              <h2>{t(group)}</h2>
              <ul>
                {ofGroup.map((page) => (
                  <li key={page.path}>
                    <Link
                      to={page.path}
                      className={page.path === current ? 'current' : ''}
                      onClick={() => setOpen(matchMedia(WIDE).matches)}
                    >
                      <Icon name={page.icon} />
                      {t(`${page.words}.title`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
        <Shortcuts pages={pages.map(({ path, words }) => ({ path, title: t(`${words}.title`) }))} />
      </div>
    </nav>
  )
}
