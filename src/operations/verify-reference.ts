import { MACHINES } from '#domain/machines.ts'
import type { Pack } from '#domain/pack.ts'
import { ruleRows } from '#domain/step.ts'
import type { Queryable } from '#store/db.ts'
import { readReference } from '#store/reference.ts'
import {
  readItemRows,
  readLoadedPacks,
  readPurposeRows,
  readStepRules,
  readUnitRows,
  readVisible,
  writeIntervals,
} from '#store/verify.ts'
import { deriveItems, deriveReference } from './load-pack.ts'

// The walls decide by reference rows: who is of which unit, which purpose is statutory, which item is adverse, how long it is
// shown, which step may follow. Each row must be what the last pack (or the program) that knows it says.

const key = (...parts: unknown[]) => parts.join(' ')

/** Of each pack, newest first, what it says of the things that no newer one names. */
function lastSaid<thing>(packs: readonly Pack[], of: (pack: Pack) => readonly [id: string, said: thing][]) {
  const said = new Map<string, thing>()
  for (const pack of packs) for (const [id, one] of of(pack)) if (!said.has(id)) said.set(id, one)
  return said
}

/** Rows that differ from what is said of them, are said of nobody, or are missing. */
function differing(rows: readonly [string, string][], said: ReadonlyMap<string, string>, what: string): string[] {
  const there = new Set(rows.map(([id]) => id))
  return [
    ...rows.filter(([id, row]) => said.get(id) !== row).map(([id]) => `${what} ${id}`),
    ...[...said.keys()].filter((id) => !there.has(id)).map((id) => `${what} ${id}`),
  ]
}

/** `visible` against what the pack in force gives today. */
export async function findVisible(db: Queryable, today: string): Promise<string[]> {
  const { pack } = await readReference(db)
  const sorted = (ids: readonly string[]) => [...new Set(ids)].toSorted().join()
  const expected = new Map(
    deriveReference(pack, today).visible.map((row) => [
      key(row.purpose, row.unit),
      key(sorted(row.items), '/', sorted(row.sealed)),
    ]),
  )
  const findings: string[] = []
  for (const row of await readVisible(db)) {
    const name = key(row.purpose, row.unit)
    if (expected.get(name) !== key(sorted(row.items), '/', sorted(row.sealed))) findings.push(name)
    expected.delete(name)
  }
  return [...findings, ...expected.keys()]
}

export async function findUnits(db: Queryable): Promise<string[]> {
  const said = lastSaid(await readLoadedPacks(db), ({ units }) =>
    units.map(({ id, kind, name }) => [id, key(kind, name.zh, name.en)]),
  )
  const rows = await readUnitRows(db)
  return differing(
    rows.map(({ id, kind, zh, en }) => [id, key(kind, zh, en)]),
    said,
    'unit',
  )
}

export async function findPurposes(db: Queryable): Promise<string[]> {
  const purposes = lastSaid(await readLoadedPacks(db), (pack) => pack.purposes.map((purpose) => [purpose.id, purpose]))
  const longest = await writeIntervals(
    db,
    [...purposes.values()].map(({ withhold }) => withhold?.longest ?? 'P0D'),
  )
  const said = new Map(
    [...purposes.values()].map(({ id, ground, withhold }, at) => [
      id,
      key(ground === 'statutory', withhold ? longest[at] : null),
    ]),
  )
  const rows = await readPurposeRows(db)
  return differing(
    rows.map(({ id, statutory, withhold }) => [id, key(statutory, withhold)]),
    said,
    'purpose',
  )
}

/** Items by id and layout; what is published follows the pack in force, also for layouts that it does not know any more. */
export async function findItems(db: Queryable): Promise<string[]> {
  const packs = await readLoadedPacks(db)
  const items = lastSaid(packs, (pack) =>
    // of two versions of one layout the last was written
    deriveItems(pack)
      .toReversed()
      .map((item) => [key(item.id, item.layout.join()), item]),
  )
  const published = new Set(packs[0] && deriveItems(packs[0]).flatMap((item) => (item.published ? [item.id] : [])))
  const longest = await writeIntervals(
    db,
    [...items.values()].map((item) => item.longest),
  )
  const said = new Map(
    [...items].map(([id, { adverse, person, entry, ...item }], at) => [
      id,
      key(adverse, person, entry, longest[at], item.published && published.has(item.id)),
    ]),
  )
  const rows = await readItemRows(db)
  return differing(
    rows.map(({ id, layout, adverse, person, entry, ...row }) => [
      key(id, layout.join()),
      key(adverse, person, entry, row.longest, row.published),
    ]),
    said,
    'item',
  ).map((finding) => finding.split(' ', 2).join(' '))
}

/** `step_rule` against the machines of the program. */
export async function findSteps(db: Queryable): Promise<string[]> {
  const nameOf = (row: Record<string, unknown>) =>
    ['machine', 'after', 'kind'].map((column) => String(row[column])).join('/')
  const written = (row: object) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const said = new Map(
    Object.values(MACHINES)
      .flatMap(ruleRows)
      .map((row) => [nameOf(row), written(row)]),
  )
  const rows = await readStepRules(db)
  return differing(
    rows.map((row) => [nameOf(row), written(row)]),
    said,
    'step',
  )
}
