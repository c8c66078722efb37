import { basesOf, nameOf, sectionKeys, type Section } from './pack-words.ts'
import type { Pack } from './pack.ts'
import type { PolicyDocument } from './pack-plan.ts'
import type { Text } from './refusal.ts'

export type TraceEntry = { section: Section; id: string; name: Text }
/** One paragraph and what covers it. `gap`: nothing does, or it sets a task that the pack has not. */
export type TraceRow = {
  at: string
  name: Text
  kind: PolicyDocument['paragraphs'][number]['kind']
  entries: TraceEntry[]
  boundaries: TraceEntry[]
  gap: boolean
}
/** `strays`: entries that cite a paragraph which the document does not have. */
export type Trace = { document: PolicyDocument; rows: TraceRow[]; strays: (TraceEntry & { at: string })[] }

/**
 * Which entry or stated boundary covers each numbered paragraph of a document (issue 5): every rule whose basis cites
 * the document and the paragraph, and every boundary that names it. Undefined if the pack has no such document.
 */
export function tracePack(pack: Pack, id: string): Trace | undefined {
  const document = pack.documents.find((one) => one.id === id)
  if (!document) return undefined
  const citing = sectionKeys().flatMap((section) =>
    section === 'boundaries' || section === 'documents' ? [] : citations(pack, section, document.cite),
  )
  const boundaries = pack.boundaries.filter((one) => one.document === id)
  const rows = document.paragraphs.map(({ at, name, kind }) => {
    const entries = unique(citing.filter((one) => one.at === at))
    const covered = boundaries.filter((one) => one.at.includes(at))
    const hasTask = pack.tasks.some((task) => task.document === id && task.number === at)
    return {
      at,
      name,
      kind,
      entries,
      boundaries: covered.map((one) => ({ section: 'boundaries' as const, id: one.id, name: one.asked })),
      gap: kind === 'task' ? !hasTask : entries.length + covered.length === 0,
    }
  })
  const known = new Set(document.paragraphs.map(({ at }) => at))
  return { document, rows, strays: citing.filter((one) => !known.has(one.at)) }
}

export const isComplete = ({ rows, strays }: Trace): boolean => rows.every(({ gap }) => !gap) && strays.length === 0

/** The rules of a section that cite paragraphs of the document; an article may name several, joined by 、. */
function citations(pack: Pack, section: Section, cite: string): (TraceEntry & { at: string })[] {
  const rules: readonly { id: string }[] = pack[section]
  return rules.flatMap((rule) =>
    basesOf(rule)
      .filter(({ document }) => document === cite)
      .flatMap(({ article }) => article?.split('、') ?? [])
      .map((at) => ({ at, section, id: rule.id, name: nameOf(rule) })),
  )
}

function unique(entries: readonly (TraceEntry & { at: string })[]): TraceEntry[] {
  const byId = new Map(entries.map(({ section, id, name }) => [`${section} ${id}`, { section, id, name }]))
  return [...byId.values()]
}
