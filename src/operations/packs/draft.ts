import { diffPacks, type Difference } from '#domain/pack-diff.ts'
import type { Pack } from '#domain/pack.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { referenceText } from '#store/reference.ts'
import {
  openDraftRow,
  readDraftFiles,
  readDraftSteps,
  readLastLoad,
  stepDraftRow,
  type DraftKind,
  type DraftOutcome,
  type DraftStepRow,
} from '#store/pack-draft.ts'
import { deriveReference } from '../load-pack.ts'
import type { Problem } from '../pack-files.ts'
import { simulatePack } from '../simulate.ts'
import { today, type System } from '../system.ts'
import { readStoredLayer } from '../pack-load.ts'
import { composeWith, digestOfTexts, layerIds, readLayerHere } from './layers.ts'

const MOST_FILES = 60
const FILE_NAME = /^[a-z0-9][a-z0-9-]{0,60}\.yaml$/

export type DraftView = {
  draft: number
  layer: string
  title: string
  author: Text
  mine: boolean
  state: DraftKind
  step: number
  at: string
  effective?: string
  digest?: string
}

/** A draft as it stands: the fold of its steps. */
function viewOf(steps: readonly DraftStepRow[], actor: number): DraftView | undefined {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return undefined
  return {
    draft: first.draft,
    layer: first.layer,
    title: first.title,
    author: first.display,
    mine: first.author === actor,
    state: last.kind,
    step: last.step,
    at: last.at,
    ...(last.effective === null ? {} : { effective: last.effective }),
    ...(last.digest === null ? {} : { digest: last.digest }),
  }
}

/** Every draft, the newest first. */
export async function listDrafts(system: System, actor: number): Promise<DraftView[]> {
  const byDraft = Map.groupBy(await readDraftSteps(system.pool), ({ draft }) => draft)
  return [...byDraft.values()].flatMap((steps) => viewOf(steps, actor) ?? []).toSorted((a, b) => b.draft - a.draft)
}

/** Begins a draft of a layer in use, with the texts it has now. */
export async function openDraft(
  system: System,
  of: { actor: number; layer: string; title: string },
): Promise<{ draft: number } | Refusal> {
  const files = layerIds(system.reference.pack).includes(of.layer) && (await readLayerHere(system, of.layer))
  if (!files) return refuse('draft-layer', { field: 'layer' })
  const stored = await readStoredLayer(of.layer)
  const draft = await openDraftRow(system.pool, { ...of, files, folder: stored && digestOfTexts(stored) })
  return draft === null ? refuse('not-allowed') : { draft }
}

export type DraftDetail = DraftView & {
  files: { name: string; text: string }[]
  problems: Problem[]
  steps: { kind: DraftKind; step: number; at: string; by: Text; note: string; effective?: string; digest?: string }[]
}

/** A draft whole: its files, what the check says of them at file and line, and every step. */
export async function getDraft(system: System, of: { actor: number; draft: number }): Promise<DraftDetail | Refusal> {
  const [steps, files] = await Promise.all([
    readDraftSteps(system.pool, of.draft),
    readDraftFiles(system.pool, of.draft),
  ])
  const view = viewOf(steps, of.actor)
  if (!view || !files) return refuse('not-found', { field: 'draft' })
  const { problems } = await composeWith(system, view.layer, files)
  return {
    ...view,
    files: Object.entries(files)
      .map(([name, text]) => ({ name, text }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    problems,
    steps: steps.map((row) => ({
      kind: row.kind,
      step: row.step,
      at: row.at,
      by: row.display,
      note: row.note,
      ...(row.effective === null ? {} : { effective: row.effective }),
      ...(row.digest === null ? {} : { digest: row.digest }),
    })),
  }
}

/** Saves one file of a draft, or takes it out (`text` null); `step` is the step that the author saw last. */
export async function saveDraft(
  system: System,
  of: { actor: number; draft: number; step: number; name: string; text: string | null },
): Promise<DraftDetail | Refusal> {
  const files = await readDraftFiles(system.pool, of.draft)
  if (!files) return refuse('not-found', { field: 'draft' })
  const { [of.name]: _, ...others } = files
  const changed = of.text === null ? others : { ...others, [of.name]: of.text }
  const isNamed = FILE_NAME.test(of.name) && Object.keys(changed).length <= MOST_FILES
  if (!isNamed || (of.text === null && of.name === 'pack.yaml')) return refuse('draft-file-name', { field: 'name' })
  return taken(system, of, await stepDraftRow(system.pool, { ...of, step: of.step + 1, kind: 'save', files: changed }))
}

const WHY = {
  'not-allowed': 'not-allowed',
  own: 'draft-own',
  'not-possible': 'draft-not-possible',
  'base-moved': 'draft-base-moved',
  'too-early': 'draft-too-early',
} as const

const taken = async (system: System, of: { actor: number; draft: number }, outcome: DraftOutcome) => {
  if (outcome !== '') return refuse(WHY[outcome])
  await system.refresh('now')
  return getDraft(system, of)
}

/** The pack that a draft would make, and what it would take the place of. Refuses one that does not pass its check. */
async function compose(
  system: System,
  draft: number,
): Promise<{ pack: Pack; base: Awaited<ReturnType<typeof readLastLoad>> } | Refusal> {
  const [[first], files, base] = await Promise.all([
    readDraftSteps(system.pool, draft),
    readDraftFiles(system.pool, draft),
    readLastLoad(system.pool),
  ])
  if (!first || !files) return refuse('not-found', { field: 'draft' })
  const { pack } = await composeWith(system, first.layer, files)
  return pack ? { pack, base } : refuse('draft-unsound')
}

/** What a draft changes, and for whom, in words. */
export async function diffDraft(system: System, draft: number): Promise<{ differences: Difference[] } | Refusal> {
  const found = await compose(system, draft)
  return isRefusal(found) ? found : { differences: diffPacks(found.base.pack, found.pack) }
}

/** Whom a draft would newly flag, in numbers only; everybody counted is told (B7). */
export async function runDraft(
  system: System,
  of: { actor: number; unit: string | undefined; roles: readonly string[]; draft: number },
): Promise<Awaited<ReturnType<typeof simulatePack>>> {
  const found = await compose(system, of.draft)
  return isRefusal(found) ? found : simulatePack(system, { ...of, pack: found.pack })
}

/**
 * Submits, approves, returns or withdraws a draft. A submission fixes the pack, its digest and its day; another
 * administrator approves exactly that, and from its day it is what judges. Each step is a row that nobody can change.
 */
export async function stepDraft(
  system: System,
  of: {
    actor: number
    draft: number
    step: number
    kind: Exclude<DraftKind, 'save'>
    effective?: string | undefined
    note?: string | undefined
  },
): Promise<DraftDetail | Refusal> {
  const step = { actor: of.actor, draft: of.draft, step: of.step + 1, kind: of.kind, note: of.note }
  if (of.kind === 'return' && !of.note?.trim()) return refuse('reason-missing', { field: 'note' })
  if (of.kind !== 'submit') return taken(system, of, await stepDraftRow(system.pool, step))
  const effective = of.effective ?? today(system)
  if (effective < today(system)) return refuse('draft-too-early', { field: 'effective' })
  const found = await compose(system, of.draft)
  if (isRefusal(found)) return found
  const { pack, base } = found
  if (pack.layers.join() === base.pack.layers.join()) return refuse('draft-same-version', { field: 'effective' })
  const { items, visible } = deriveReference(pack, effective)
  const submission = {
    base: base.num,
    effective,
    id: pack.id,
    version: pack.version,
    content: JSON.stringify(pack),
    reference: referenceText(items, visible),
  }
  return taken(system, of, await stepDraftRow(system.pool, { ...step, submission }))
}
