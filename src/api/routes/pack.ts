import { diffDraft, getDraft, listDrafts, openDraft, runDraft, saveDraft, stepDraft } from '#operations/packs/draft.ts'
import { describePacks, diffVersions } from '#operations/packs/overview.ts'
import type { Handlers } from '../handler.ts'

type Names = 'packs' | 'packDiff' | 'openDraft' | 'draft' | 'saveDraft' | 'draftDiff' | 'draftDryRun' | 'stepDraft'

/** The packs in force and drafts of the next: rules, never people. */
export const packRoutes: Handlers<Names> = {
  async packs({ system, session }) {
    const [packs, drafts] = await Promise.all([describePacks(system), listDrafts(system, session.account)])
    return { ...packs, drafts }
  },
  packDiff: ({ system, query }) => diffVersions(system, query),
  openDraft: ({ system, session, body }) => openDraft(system, { actor: session.account, ...body }),
  draft: ({ system, session, params }) => getDraft(system, { actor: session.account, draft: params.draft }),
  saveDraft: ({ system, session, params, body }) =>
    saveDraft(system, { actor: session.account, draft: params.draft, ...body }),
  draftDiff: ({ system, params }) => diffDraft(system, params.draft),
  draftDryRun: ({ system, session, params }) =>
    runDraft(system, { actor: session.account, unit: session.unit, roles: session.roles, draft: params.draft }),
  stepDraft: ({ system, session, params, body }) =>
    stepDraft(system, { actor: session.account, draft: params.draft, ...body }),
}
