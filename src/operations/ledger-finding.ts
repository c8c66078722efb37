import type { Source } from '#store/ledger-sources.ts'

/**
 * Something that is not as it was signed. A row is named by table and number (`leaf` is its place in the tree), a
 * record by subject key and natural key: none of them is personal data.
 */
export type Finding =
  | { kind: 'checkpoint'; size: number; why: string }
  | { kind: 'tile'; path: string; why: string }
  | { kind: 'batch'; leaf: number; why: string }
  | { kind: 'altered' | 'deleted' | 'inserted'; table: Source; num: string; leaf?: number }
  | { kind: 'record'; subject: string; nk: string; submission: number; why: string }
  | { kind: 'block'; submission: number; block: number; of: number; why: string }
