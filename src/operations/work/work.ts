import type { Text } from '#domain/refusal.ts'
import type { Session } from '../sign-in.ts'
import { today, type System } from '../system.ts'
import { WORK_SOURCES } from './sources.ts'

/** What is shown of one area at most; the rest is a number and a link. */
const SHOWN = 100

export type Work = {
  day: string
  lines: {
    source: string
    area: Text
    title: Text
    state?: Text | undefined
    since?: string | undefined
    due?: string | undefined
    late: boolean
    path: string
  }[]
  more: { area: Text; path: string; count: number }[]
}

const LAST = '9999-12-31'

/**
 * What waits for somebody at the desk: late first, then by the day it is due, then the oldest (R21). Composed of the areas'
 * own lists, each behind its own gate; it says nothing of any person.
 */
export async function readWork(system: System, who: Session): Promise<Work> {
  const day = today(system)
  const more: Work['more'] = []
  const lines: Work['lines'] = []
  for (const { id, area, path, roles, read } of WORK_SOURCES) {
    if (!roles.some((role) => who.roles.includes(role))) continue
    const found = await read(system, who)
    const judged = found.map(({ late, ...line }) => ({
      ...line,
      source: id,
      area,
      path: line.path ?? path,
      late: late ?? (line.due !== undefined && line.due < day),
    }))
    const ordered = judged.toSorted(byUrgency)
    lines.push(...ordered.slice(0, SHOWN))
    if (ordered.length > SHOWN) more.push({ area, path, count: ordered.length - SHOWN })
  }
  return { day, lines: lines.toSorted(byUrgency), more }
}

function byUrgency(one: Work['lines'][number], other: Work['lines'][number]): number {
  const keys = [
    Number(other.late) - Number(one.late),
    (one.due ?? LAST).localeCompare(other.due ?? LAST),
    (one.since ?? LAST).localeCompare(other.since ?? LAST),
  ]
  return keys.find((key) => key !== 0) ?? 0
}
