import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { dateOfDays, parseDateText } from '#domain/values.ts'
import { openChance } from './chance.ts'
import type { Chance } from './chance.ts'
import { ENDINGS, writeTable } from './formats.ts'
import type { Cell, DemoFormat } from './formats.ts'
import { LAYOUTS } from './layouts.ts'
import type { DemoItem, Layout } from './layouts.ts'
import { DEMO_SEED, DEMO_PEOPLE, demoOrganisations, demoPeople } from './people.ts'
import { MAKERS } from './records.ts'
import type { DemoUnit } from './units.ts'

/** A file as a department sends it, and what intake must make of it. `refusal`: the whole file is refused so. */
export type DemoFile = {
  path: string
  item: DemoItem
  unit: DemoUnit
  format: DemoFormat
  expectAccepted: number
  expectRefused: number
  refusal?: 'missing-column' | 'too-many-refused'
}

/** What departments get wrong. Each refuses its row and no other. */
type Fault =
  | 'check-digit'
  | 'short-row'
  | 'damaged-number'
  | 'no-document'
  | 'future-date'
  | 'unreal-date'
  | 'minor'
  | 'unknown-code'

type Plan = {
  item: DemoItem
  unit: DemoUnit
  format: DemoFormat
  names: 'official' | 'chinese'
  rows: number
  faults?: readonly Fault[]
  /** people who certainly have a record here */
  cast?: readonly (keyof typeof DEMO_PEOPLE)[]
  refusal?: DemoFile['refusal']
}

const PLANS: readonly Plan[] = [
  {
    item: 'penalty-person',
    unit: 'demo-market',
    format: 'csv-bom',
    names: 'official',
    rows: 180,
    cast: ['wang', 'li'],
    faults: ['check-digit', 'short-row', 'damaged-number', 'no-document', 'future-date', 'minor'],
  },
  {
    item: 'penalty-person',
    unit: 'demo-transport',
    format: 'csv-gb18030',
    names: 'official',
    rows: 150,
    cast: ['li'],
    faults: ['short-row', 'unreal-date', 'minor'],
  },
  {
    item: 'penalty-person',
    unit: 'demo-housing',
    format: 'xlsx',
    names: 'chinese',
    rows: 60,
    faults: ['damaged-number', 'unknown-code'],
  },
  {
    item: 'penalty-person',
    unit: 'demo-health',
    format: 'ndjson',
    names: 'official',
    rows: 40,
    faults: ['no-document'],
  },
  {
    item: 'permit-person',
    unit: 'demo-approval',
    format: 'csv',
    names: 'official',
    rows: 190,
    cast: ['wang', 'chen'],
    faults: ['check-digit', 'future-date'],
  },
  { item: 'permit-person', unit: 'demo-health', format: 'xlsx', names: 'official', rows: 50 },
  {
    item: 'penalty-organisation',
    unit: 'demo-market',
    format: 'xlsx',
    names: 'chinese',
    rows: 80,
    faults: ['check-digit', 'no-document'],
  },
  {
    item: 'permit-organisation',
    unit: 'demo-approval',
    format: 'ndjson',
    names: 'official',
    rows: 80,
    faults: ['check-digit'],
  },
  {
    item: 'qualification',
    unit: 'demo-hr',
    format: 'xlsx',
    names: 'chinese',
    rows: 120,
    cast: ['chen'],
    faults: ['damaged-number', 'no-document'],
  },
  {
    item: 'qualification',
    unit: 'demo-health',
    format: 'csv-gb18030',
    names: 'chinese',
    rows: 60,
    faults: ['check-digit', 'short-row'],
  },
  {
    item: 'honour',
    unit: 'demo-youth',
    format: 'csv-gb18030',
    names: 'chinese',
    rows: 70,
    cast: ['wang', 'chen'],
    faults: ['unknown-code'],
  },
  {
    item: 'enforcement',
    unit: 'demo-court',
    format: 'csv-bom',
    names: 'chinese',
    rows: 50,
    cast: ['li'],
    faults: ['no-document'],
  },
  { item: 'contract', unit: 'demo-housing', format: 'xlsx', names: 'chinese', rows: 70, faults: ['check-digit'] },
  {
    item: 'commitment',
    unit: 'demo-approval',
    format: 'ndjson',
    names: 'chinese',
    rows: 110,
    cast: ['wang', 'li'],
    faults: ['check-digit', 'unreal-date'],
  },
  {
    item: 'volunteer',
    unit: 'demo-youth',
    format: 'tsv',
    names: 'chinese',
    rows: 190,
    cast: ['chen', 'wang'],
    faults: ['minor', 'short-row', 'future-date'],
  },
  { item: 'tax', unit: 'demo-tax', format: 'xlsx', names: 'chinese', rows: 35 },
  {
    item: 'penalty-person',
    unit: 'demo-transport',
    format: 'csv',
    names: 'chinese',
    rows: 20,
    faults: ['check-digit', 'no-document', 'future-date', 'unreal-date', 'minor', 'unknown-code'],
    refusal: 'too-many-refused',
  },
  {
    item: 'penalty-person',
    unit: 'demo-housing',
    format: 'csv-gb18030',
    names: 'chinese',
    rows: 15,
    refusal: 'missing-column',
  },
]

const YEARS = 4

/**
 * Writes the files of the demo city's departments into `dir` (made if it is missing): official and Chinese column
 * names, UTF-8 with and without mark, GB18030, tabs, .xlsx and NDJSON, some rows and two whole files wrong on
 * purpose. About 300 people, 40 firms and 1 500 records of the four years before `today` (YYYY-MM-DD). The same
 * arguments give the same files.
 */
export async function writeDemoFiles(dir: string, of: { today: string; seed?: number }): Promise<DemoFile[]> {
  const seed = of.seed ?? DEMO_SEED
  const today = parseDateText(of.today)
  if (typeof today !== 'number') throw new Error('today is no date')
  await mkdir(dir, { recursive: true })
  const files: DemoFile[] = []
  for (const [index, plan] of PLANS.entries()) {
    const name = `${String(index + 1).padStart(2, '0')}-${plan.unit}-${plan.item}`
    const path = join(dir, `${name}.${ENDINGS[plan.format]}`)
    await writeTable(path, makeTable(plan, today, seed, name), plan.format)
    const faults = plan.faults?.length ?? 0
    files.push({
      path,
      item: plan.item,
      unit: plan.unit,
      format: plan.format,
      expectAccepted: plan.refusal ? 0 : plan.rows,
      expectRefused: plan.refusal ? plan.rows + faults : faults,
      ...(plan.refusal && { refusal: plan.refusal }),
    })
  }
  return files
}

function makeTable(plan: Plan, today: number, seed: number, name: string) {
  const chance = openChance(seed, name)
  const people = demoPeople(seed)
  const firms = demoOrganisations(seed)
  const layout: Layout = LAYOUTS[plan.item]
  const cast = (plan.cast ?? []).map((who) => DEMO_PEOPLE[who])
  const days = spread(plan.rows, today, chance)
  const records = days.map((day, index) => {
    const person = cast[index % 40] ?? chance.pick(people)
    const firm = firms[index % firms.length] ?? chance.pick(firms)
    // numbers that no other file of the unit has
    const serial = Number.parseInt(name, 10) * 1000 + index + 1
    return MAKERS[plan.item]({ person, firm, unit: plan.unit, serial, day, today, chance })
  })
  const columns =
    plan.refusal === 'missing-column' ? layout.columns.filter(([id]) => id !== layout.number) : layout.columns
  const rows: Cell[][] = records.map((record) => columns.map(([id]) => record[id] ?? ''))
  const faults = plan.faults ?? []
  for (const [index, fault] of faults.entries()) {
    const at = (index + 1) * Math.trunc(plan.rows / (faults.length + 1))
    const sound = rows[at]
    if (!sound) throw new Error('a fault beyond the file')
    // a fresh number, so that the row is wrong by its fault alone and no duplicate of the sound one
    const spoiled = sound.map((cell, column) =>
      columns[column]?.[0] === layout.document ? `${cell}之${index + 2}` : cell,
    )
    rows.splice(
      at,
      0,
      spoil(
        spoiled,
        fault,
        columns.map(([id]) => id),
        layout,
        plan,
        today,
      ),
    )
  }
  return { header: columns.map(([id, zh]) => (plan.names === 'official' ? id : zh)), rows }
}

/** Days of the past years, oldest first, each once: two records of one person never share their day. */
function spread(rows: number, today: number, chance: Chance): number[] {
  const step = (YEARS * 365 - 10) / rows
  return Array.from(
    { length: rows },
    (_, index) => today - YEARS * 365 + Math.trunc(index * step) + chance.number(Math.max(1, Math.trunc(step))),
  )
}

function spoil(
  row: readonly Cell[],
  fault: Fault,
  ids: readonly string[],
  layout: Layout,
  plan: Plan,
  today: number,
): Cell[] {
  const put = (id: string | undefined, value: Cell): Cell[] =>
    row.map((cell, column) => (ids[column] === id ? value : cell))
  const number = String(row[ids.indexOf(layout.number)] ?? '')
  switch (fault) {
    case 'check-digit':
      return put(layout.number, number.slice(0, -1) + (number.endsWith('1') ? '2' : '1'))
    case 'short-row':
      return row.slice(0, -2)
    case 'damaged-number':
      return put(layout.number, plan.format === 'xlsx' ? Number(number.slice(0, 17)) * 10 : '9.90101E+17')
    case 'no-document':
      return put(layout.document, '')
    case 'future-date':
      return put(layout.decided, dateOfDays(today + 40))
    case 'unreal-date':
      return put(layout.decided, `${dateOfDays(today).slice(0, 4) === '2024' ? 2025 : 2023}-02-29`)
    case 'minor':
      return put(
        layout.number,
        makeCitizenNumber({ division: '990104', birth: dateOfDays(today - 15 * 365), sequence: 77 }),
      )
    case 'unknown-code':
      return put(layout.code, '不存在的类别')
  }
}
