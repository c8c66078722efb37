import type { Reply } from '../../api.ts'

/** A draft whole, as the server tells it. */
export type Draft = Reply<'draft'>
/** The colour of a draft's state. */
export const DRAFT_TONES = { save: 'brand', submit: 'warn', approve: 'good', return: 'bad', withdraw: '' } as const
