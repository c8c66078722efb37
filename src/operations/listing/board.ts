import { nameOfStep } from '#domain/machines.ts'
import type { Text } from '#domain/refusal.ts'
import { readBoard, type BoardRow } from '#store/listing.ts'
import { caseId } from '../case-id.ts'
import { today, type System } from '../system.ts'

/** Where an entry stands, in the order of its life. */
export const STAGES = ['examined', 'told', 'heard', 'decidable', 'in-force', 'ended'] as const
export type Stage = (typeof STAGES)[number]

const BEFORE: readonly string[] = ['propose', 'rectify', 'interview', 'nominate', 'check', 'notify']
const ENDED: readonly string[] = ['drop', 'decline', 'remove', 'resign']

/** Read from the last step, the window and the term; never run by a job. */
function stageOf({ kind, window_end, over }: BoardRow, date: string): Stage {
  if (ENDED.includes(kind) || over === 'ended' || over === 'term') return 'ended'
  if (over === null) return 'in-force'
  if (BEFORE.includes(kind)) return kind === 'notify' || kind === 'check' ? 'told' : 'examined'
  if (kind === 'ask-hearing') return 'heard'
  return window_end !== null && date <= window_end ? 'heard' : 'decidable'
}

const maybe = (text: string | null): string | undefined => text ?? undefined
const unnamed = (id: string): Text => ({ zh: id, en: id })

/** The board of a unit's lists (R34, R36, R58): which case is where, what is due, until when a window is open. */
export async function listBoard(system: System, actor: number) {
  const { pack } = system.reference
  const date = today(system)
  return (await readBoard(system.pool, actor)).map((row) => {
    const list = pack.lists.findLast(({ id }) => id === row.list)
    return {
      case: caseId(row.subject, row.file),
      machine: row.machine,
      list: { id: row.list, name: list?.name ?? unnamed(row.list) },
      criterion: list?.criteria.find(({ id }) => id === row.criterion)?.text,
      entry: row.entry,
      subject: row.person ? ('person' as const) : ('organisation' as const),
      stage: stageOf(row, date),
      state: { kind: row.kind, name: nameOfStep(row.machine, row.kind) },
      opened: row.opened,
      day: row.day,
      window: maybe(row.window_end),
      due: maybe(row.due),
      until: maybe(row.until),
      overdue: row.over === 'none' && !ENDED.includes(row.kind) && row.due !== null && row.due < date,
      hearing: row.asked,
      mine: row.mine,
    }
  })
}
