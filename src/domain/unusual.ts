/** A look-up as the reviewer's check sees it. `surname` is of the person looked at, '' for organisations and searches. */
export type ReviewedAccess = {
  num: string
  at: string
  actor: number
  actorSurname: string
  unit: number
  ground: number
  shown: number
  liveMatter: boolean
  subject: string
  surname: string
}

export type Flag = 'volume' | 'hours' | 'no-matter' | 'own-name' | 'export' | 'mass-export'
/** `at` and `last` are the times of the first and the last of `count`; `accesses` some of their numbers, the first first. */
export type Flagged = {
  flag: Flag
  actor: number
  unit: number
  at: string
  last: string
  count: number
  accesses: string[]
}

/** A table that left the desk as a file. */
export type ReviewedExport = { num: string; at: string; actor: number; unit: number; rows: number }

/** House rules, not law: what a reviewer is shown first. A flag says "look here", never "this was wrong". */
export const REVIEW_RULES = { perHour: 60, people: 200, from: 8, until: 20, exportedRows: 500 } as const

const STATUTORY = 1
const HOUR = 3_600_000

/** Common compound surnames, so that 欧阳 is not taken for 欧. */
const COMPOUND = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '司徒',
  '夏侯',
  '长孙',
  '宇文',
  '端木',
  '南宫',
])

/** Family name of a Chinese name; of another, its last word. */
export function surnameOf(name: string): string {
  if (/[A-Za-z]/.test(name)) return name.trim().split(/\s+/).at(-1)?.toLowerCase() ?? ''
  const two = name.slice(0, 2)
  return COMPOUND.has(two) ? two : name.slice(0, 1)
}

/**
 * Flags look-ups to review (R19), given in the order of time: many within sixty minutes, outside working hours, on no live matter, of one's own family name,
 * and of very many different people in the period (a mass export by hand). `hourOf` gives hour and weekday in Asia/Shanghai.
 */
export function findUnusual(
  accesses: readonly ReviewedAccess[],
  when: (at: string) => { day: string; hour: number; weekday: number },
  rules: { perHour: number; people: number; from: number; until: number } = REVIEW_RULES,
): Flagged[] {
  const groups = new Map<string, Flagged & { subjects: Set<string> }>()
  const note = (flag: Flag, slot: string, access: ReviewedAccess) => {
    const key = `${flag}/${access.actor}/${slot}`
    const group = groups.get(key) ?? {
      flag,
      actor: access.actor,
      unit: access.unit,
      at: access.at,
      last: access.at,
      count: 0,
      accesses: [],
      subjects: new Set<string>(),
    }
    group.count += 1
    group.last = access.at
    group.subjects.add(access.subject)
    if (group.accesses.length < 50) group.accesses.push(access.num)
    groups.set(key, group)
  }
  // any sixty minutes, not those of the clock: a burst across the full hour is one burst
  const recent = new Map<number, { access: ReviewedAccess; at: number }[]>()
  const noted = new Set<string>()
  for (const access of accesses) {
    const { day, hour, weekday } = when(access.at)
    const at = Temporal.Instant.from(access.at).epochMilliseconds
    const window = (recent.get(access.actor) ?? []).filter((one) => at - one.at < HOUR)
    window.push({ access, at })
    recent.set(access.actor, window)
    if (window.length > rules.perHour) {
      for (const one of window) {
        if (!noted.has(one.access.num)) note('volume', day, one.access)
        noted.add(one.access.num)
      }
    }
    note('export', 'period', access)
    if (hour < rules.from || hour >= rules.until || weekday > 5) note('hours', day, access)
    if (access.ground === STATUTORY && !access.liveMatter) note('no-matter', day, access)
    if (access.surname !== '' && access.surname === access.actorSurname) note('own-name', access.subject, access)
  }
  return [...groups.values()]
    .filter(({ flag, subjects }) => flag !== 'export' || subjects.size > rules.people)
    .map((group) => {
      const { subjects: _, ...flagged } = group
      return flagged
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Flags whoever took more rows in files within a day than a desk needs (R19): the rows are counted, not the files. */
export function findMassExports(
  exports: readonly ReviewedExport[],
  dayOf: (at: string) => string,
  most: number = REVIEW_RULES.exportedRows,
): Flagged[] {
  const days = new Map<string, Flagged & { rows: number }>()
  for (const one of exports) {
    const key = `${one.actor} ${dayOf(one.at)}`
    const day = days.get(key)
    if (day) {
      day.rows += one.rows
      day.count += 1
      day.last = one.at
      day.accesses.push(one.num)
    } else {
      const { actor, unit, at, rows, num } = one
      days.set(key, { flag: 'mass-export', actor, unit, at, last: at, count: 1, accesses: [num], rows })
    }
  }
  return [...days.values()]
    .filter(({ rows }) => rows > most)
    .map((day) => {
      const { rows: _, ...flagged } = day
      return flagged
    })
}
