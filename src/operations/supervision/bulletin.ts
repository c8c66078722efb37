import { MACHINES } from '#domain/machines.ts'
import type { Text } from '#domain/refusal.ts'
import { foldTask, inEffect, type TaskState } from '#domain/supervision.ts'
import { countSubjects, readCaseFigures } from '#store/supervision.ts'
import { measureQuality } from '../quality.ts'
import { nameOfUnit, today, type System } from '../system.ts'
import { readEntries } from './tasks.ts'

type Named = { id: string; name: Text }
export type Bulletin = {
  day: string
  from?: string
  until?: string
  quality: Awaited<ReturnType<typeof measureQuality>>
  cases: { unit: Named; machine: Text; opened: number; closed: number; inTime: number; late: number; silent: number }[]
  coverage: { group: Named; people: number; register?: number; share?: number }[]
  tasks: { unit: Named; done: number; underWay: number; blocked: number; notBegun: number; late: number }[]
  indicators: { indicator: Named; target: Text; value?: string; day?: string }[]
}

const EMPTY = { done: 0, 'under-way': 0, blocked: 0, 'not-begun': 0 } satisfies Record<TaskState, number>

/**
 * The bulletin (通报, R7, R4, R53) from live data: what each unit sent, on time and complete; how it kept the terms of its
 * cases; which key groups are covered, against a register that gives the denominator; how its tasks stand. Units, never people.
 */
export async function makeBulletin(system: System, period: { from?: string; until?: string }): Promise<Bulletin> {
  const { pack, unitNum, itemOf } = system.reference
  const day = today(system)
  const entries = await readEntries(system)
  const named = (id: string): Named => nameOfUnit(system, unitNum.get(id) ?? 0)
  const tasks = pack.tasks.map((task) => foldTask(pack, task, entries, day))
  const figures = await readCaseFigures(system.pool, period)
  const current = inEffect(entries)
  const newest = (kind: string, about: string) =>
    current
      .filter((entry) => entry.kind === kind && entry.about === about)
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
      .at(-1)
  const coverage: Bulletin['coverage'] = []
  for (const group of pack.keyGroups) {
    const ids = new Set(pack.items.filter(({ groups }) => groups?.includes(group.id)).map(({ id }) => id))
    const items = [...itemOf].filter(([, { id }]) => ids.has(id)).map(([num]) => num)
    const people = items.length === 0 ? 0 : await countSubjects(system.pool, items)
    const register = newest('register', group.id)?.content.count
    coverage.push({
      group: { id: group.id, name: group.name },
      people,
      register,
      share: register ? Math.min(1, Math.round((people / register) * 10_000) / 10_000) : undefined,
    })
  }
  const leads = [...new Set(tasks.flatMap(({ lead }) => lead))]
  return {
    day,
    ...period,
    quality: await measureQuality(system, 'all', period),
    cases: figures.map((row) => ({
      unit: nameOfUnit(system, row.unit),
      machine: MACHINES[row.machine]?.name ?? { zh: row.machine, en: row.machine },
      opened: Number(row.opened),
      closed: Number(row.closed),
      inTime: Number(row.in_time),
      late: Number(row.late),
      silent: Number(row.silent),
    })),
    coverage,
    tasks: leads.map((id) => {
      const own = tasks.filter(({ lead }) => lead.includes(id))
      const by = own.reduce((sums, { state }) => ({ ...sums, [state]: sums[state] + 1 }), EMPTY)
      return {
        unit: named(id),
        done: by.done,
        underWay: by['under-way'],
        blocked: by.blocked,
        notBegun: by['not-begun'],
        late: own.filter(({ late }) => late).length,
      }
    }),
    indicators: pack.indicators.map(({ id, name, target }) => {
      const entry = newest('indicator', id)
      return { indicator: { id, name }, target, value: entry?.content.value, day: entry?.day }
    }),
  }
}
