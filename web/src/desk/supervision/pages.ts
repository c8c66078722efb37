import { lazy } from 'react'

// pages of supervision are many and seldom opened together: each comes when it is asked for
const TasksPage = lazy(async () => ({ default: (await import('./tasks-page.tsx')).TasksPage }))
const BulletinPage = lazy(async () => ({ default: (await import('./bulletin-page.tsx')).BulletinPage }))
const ConferencePage = lazy(async () => ({
  default: (await import('./conference-page.tsx')).ConferencePage,
}))
const AssessmentPage = lazy(async () => ({
  default: (await import('./assessment-page.tsx')).AssessmentPage,
}))
const FundsPage = lazy(async () => ({ default: (await import('./funds-page.tsx')).FundsPage }))
const TrainingPage = lazy(async () => ({ default: (await import('./training-page.tsx')).TrainingPage }))

const CampaignsPage = lazy(async () => ({ default: (await import('./campaigns-page.tsx')).CampaignsPage }))

const STAFF = ['clerk', 'reviewer', 'auditor', 'admin'] as const
const group = 'desk.groupTasks'

/** Pages of supervision, in the order of the menu. */
export const SUPERVISION_PAGES = [
  { path: '/desk/tasks', group, words: 'tasks', icon: 'check', roles: STAFF, page: TasksPage },
  { path: '/desk/bulletin', group, words: 'bulletin', icon: 'file', roles: STAFF, page: BulletinPage },
  { path: '/desk/conference', group, words: 'conference', icon: 'inbox', roles: STAFF, page: ConferencePage },
  { path: '/desk/assessment', group, words: 'assessment', icon: 'chart', roles: STAFF, page: AssessmentPage },
  { path: '/desk/funds', group, words: 'funds', icon: 'folder', roles: STAFF, page: FundsPage },
  { path: '/desk/campaigns', group, words: 'campaigns', icon: 'flag', roles: STAFF, page: CampaignsPage },
  { path: '/desk/training', group, words: 'training', icon: 'book', roles: STAFF, page: TrainingPage },
] as const
