import type { RouteName } from '#contract/routes.ts'
import type { Handlers } from '../handler.ts'
import { accountRoutes } from './account.ts'
import { campaignRoutes } from './campaign.ts'
import { caseRoutes } from './case.ts'
import { catalogRoutes } from './catalog.ts'
import { counterRoutes } from './counter.ts'
import { heldRoutes } from './held.ts'
import { intakeRoutes } from './intake.ts'
import { listingRoutes } from './listing.ts'
import { lookUpRoutes } from './look-up.ts'
import { myRoutes } from './me.ts'
import { noticeRoutes } from './notice.ts'
import { objectionRoutes } from './objection.ts'
import { packRoutes } from './pack.ts'
import { proofRoutes } from './proof.ts'
import { publicDeskRoutes } from './public-desk.ts'
import { publicRoutes } from './public.ts'
import { recallRoutes } from './recall.ts'
import { reportRoutes } from './report.ts'
import { reviewRoutes } from './review.ts'
import { sessionRoutes } from './session.ts'
import { dashboardRoutes } from './dashboard.ts'
import { exportRoutes } from './export.ts'
import { supervisionRoutes } from './supervision.ts'
import { submissionRoutes } from './submissions.ts'
import { workRoutes } from './work.ts'

/** Who answers each route of the contract. A route that is missing here does not compile and does not start. */
export const HANDLERS: Handlers<RouteName> = {
  ...sessionRoutes,
  ...workRoutes,
  ...dashboardRoutes,
  ...accountRoutes,
  ...exportRoutes,
  ...catalogRoutes,
  ...intakeRoutes,
  ...heldRoutes,
  ...submissionRoutes,
  ...lookUpRoutes,
  ...myRoutes,
  ...proofRoutes,
  ...reviewRoutes,
  ...publicRoutes,
  ...publicDeskRoutes,
  ...caseRoutes,
  ...campaignRoutes,
  ...listingRoutes,
  ...reportRoutes,
  ...noticeRoutes,
  ...recallRoutes,
  ...packRoutes,
  ...supervisionRoutes,
  ...objectionRoutes,
  ...counterRoutes,
}
