import { ACCOUNT_ROUTES } from './routes-account.ts'
import { CAMPAIGN_ROUTES } from './routes-campaign.ts'
import { CASE_ROUTES } from './routes-case.ts'
import { COUNTER_ROUTES } from './routes-counter.ts'
import { DASHBOARD_ROUTES } from './routes-dashboard.ts'
import { DESK_ROUTES } from './routes-desk.ts'
import { LISTING_ROUTES } from './routes-listing.ts'
import { ME_ROUTES } from './routes-me.ts'
import { NOTICE_ROUTES } from './routes-notice.ts'
import { OBJECTION_ROUTES } from './routes-objection.ts'
import { OPEN_ROUTES } from './routes-open.ts'
import { PACK_ROUTES } from './routes-pack.ts'
import { PUBLIC_ROUTES } from './routes-public.ts'
import { RECALL_ROUTES } from './routes-recall.ts'
import { REPORT_ROUTES } from './routes-report.ts'
import { REVIEW_ROUTES } from './routes-review.ts'
import { SUPERVISION_ROUTES } from './routes-supervision.ts'
import { WORK_ROUTES } from './routes-work.ts'

/** Every route of the API, once: the server registers them, the web calls them, the description is generated from them. */
export const ROUTES = {
  ...OPEN_ROUTES,
  ...WORK_ROUTES,
  ...DASHBOARD_ROUTES,
  ...ACCOUNT_ROUTES,
  ...DESK_ROUTES,
  ...ME_ROUTES,
  ...REVIEW_ROUTES,
  ...CASE_ROUTES,
  ...CAMPAIGN_ROUTES,
  ...LISTING_ROUTES,
  ...NOTICE_ROUTES,
  ...RECALL_ROUTES,
  ...SUPERVISION_ROUTES,
  ...OBJECTION_ROUTES,
  ...PACK_ROUTES,
  ...PUBLIC_ROUTES,
  ...REPORT_ROUTES,
  ...COUNTER_ROUTES,
}

export type RouteName = keyof typeof ROUTES
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[]
