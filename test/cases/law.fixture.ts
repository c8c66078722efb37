/**
 * The steps of due process written down once more, by hand, from the law and the design and from no code: what random
 * sequences are judged by. Whoever changes a table of the domain or of the database has to say it here too.
 * A line: kinds before > kinds after : who (with roles) ; what it does.
 */
const LINES: Readonly<Record<string, readonly string[]>> = {
  // 异议：谁认定谁答复；逾期不答复暂停；决定须第二人
  objection: [
    'start > open : person ; record single silent',
    'start > contest : person ; single silent',
    'open contest > forward : owner clerk reviewer ; silent',
    'open contest forward > extend : owner reviewer ; silent',
    'open contest forward extend > retract : person',
    'open contest forward extend > reject : owner reviewer',
    'open contest forward extend > uphold-correct : owner reviewer',
    'open contest forward extend > uphold-withdraw : owner reviewer ; ends',
  ],
  // 信用修复：谁认定谁修复；补正一次；决定须第二人
  repair: [
    'start > apply : person ; record single',
    'apply > more : owner clerk reviewer',
    'more > supplement : person',
    'apply supplement > accept : owner clerk reviewer',
    'accept > extend : owner reviewer',
    'apply supplement accept extend > refuse : owner reviewer',
    'apply supplement accept extend > grant : owner reviewer ; ends',
    'apply more supplement accept extend > retract : person',
  ],
  // 行政复议：复议机关决定；本人申请，或者作出决定的机关登记
  review: [
    'start > lodge : person ; record single',
    'start > appeal : person ; single',
    'start > note : owner clerk reviewer ; record single',
    'lodge appeal note > accept : unit review-body',
    'lodge appeal note accept > retract : person',
    'lodge appeal note accept > annul : unit review-body ; ends',
    'lodge appeal note accept > change : unit review-body',
    'lodge appeal note accept > uphold dismiss : unit review-body',
  ],
  // 名单：提请、告知、送达、陈述申辩、听证、由他人决定（国办发〔2020〕49号）
  listing: [
    'start > propose : owner clerk',
    'propose rectify interview > rectify interview notify : owner clerk reviewer',
    'notify > serve : owner clerk reviewer ; opens',
    'serve state > state ask-hearing : person',
    'ask-hearing > hear : owner clerk reviewer',
    'ask-hearing > no-hearing : person',
    'hear no-hearing answer > answer : person',
    'serve state hear no-hearing answer > determine : owner reviewer ; other waits',
    'propose rectify interview notify serve state ask-hearing hear no-hearing answer > drop : owner clerk reviewer',
    'determine supervise meet > supervise meet : owner clerk reviewer',
    'determine supervise meet > remove : owner reviewer ; ends',
  ],
  // 守信名单：推荐、他人核实、公示、他人决定；本人随时可以不要
  exemplar: [
    'start > nominate : owner clerk',
    'nominate > check : owner reviewer ; other',
    'check > publicise : owner clerk reviewer ; opens',
    'publicise > determine : owner reviewer ; other waits',
    'nominate check publicise > drop : owner clerk reviewer',
    'nominate check publicise > decline : person',
    'determine renew > renew : owner reviewer ; other',
    'determine renew > resign : person ; ends',
    'determine renew > remove : owner reviewer ; ends',
  ],
  // 措施：列入单位交办，责任单位响应、实施、反馈、解除
  measure: [
    'start > task : unit clerk reviewer',
    'task > respond : owner clerk reviewer',
    'respond > carry : owner reviewer',
    'respond > late : owner clerk reviewer',
    'task respond > not-applicable refuse : owner clerk reviewer',
    'task respond carry > mistaken harm : owner clerk reviewer',
    'carry late > lift : owner clerk reviewer',
  ],
}

export type LawStep = {
  machine: string
  after: string
  kind: string
  by: string
  roles: readonly string[]
  /** of a record on file · one at a time · silence suspends · sets the window · by another · after the window · ends it */
  does: ReadonlySet<string>
}

export const LAW: readonly LawStep[] = Object.entries(LINES).flatMap(([machine, lines]) =>
  lines.flatMap((line) => {
    const [steps = '', rest = ''] = line.split(' : ')
    const [who = '', does = ''] = rest.split(' ; ')
    const [before = '', then = ''] = steps.split(' > ')
    const [by = '', ...roles] = who.split(' ')
    return before
      .split(' ')
      .flatMap((after) =>
        then.split(' ').map((kind) => ({ machine, after, kind, by, roles, does: new Set(does.split(' ')) })),
      )
  }),
)

export const lawStep = (machine: string, after: string, kind: string): LawStep | undefined =>
  LAW.find((step) => step.machine === machine && step.after === after && step.kind === kind)
export const lawKinds = (machine: string, after?: string): string[] => [
  ...new Set(LAW.filter((one) => one.machine === machine && (!after || one.after === after)).map(({ kind }) => kind)),
]

// ── days, counted one by one ─────────────────────────────────────────────────────────────────────
const DAY = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const text = (ms: number) => new Date(ms).toISOString().slice(0, 10)
export const plusDays = (day: string, days: number): string => text(at(day) + days * DAY)

/** The same day so many months on; where that month has none, its last (民法典 202). */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, of = 1] = day.split('-').map(Number)
  const to = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(to / 12), (to % 12) + 1]
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 31
  return `${y}-${String(m).padStart(2, '0')}-${String(Math.min(of, last)).padStart(2, '0')}`
}

/** Civil periods: P3M, P1Y, P30D. */
export function plusPeriod(day: string, period: string): string {
  const [, count = '', unit] = /^P(\d+)(D|M|Y)$/.exec(period) ?? []
  if (unit === 'D') return plusDays(day, Number(count))
  if (unit === undefined) throw new Error(period)
  return plusMonths(day, Number(count) * (unit === 'Y' ? 12 : 1))
}

type Notice = { year: number; off: readonly string[]; worked: readonly string[] }
/** Is a day worked, by the notices; undefined where there is none for its year. */
export function isWorked(notices: readonly Notice[], day: string): boolean | undefined {
  const notice = notices.find(({ year }) => String(year) === day.slice(0, 4))
  if (!notice) return undefined
  if (notice.worked.includes(day)) return true
  if (notice.off.includes(day)) return false
  return ![0, 6].includes(new Date(at(day)).getUTCDay())
}

/** The last day of a term: the day that sets it off does not count, nor do days off; a civil term that ends on one moves on. */
export function lastDay(notices: readonly Notice[], from: string, period: string): string | undefined {
  const working = /^P(\d+)WD$/.exec(period)?.[1]
  if (working === undefined) {
    for (let day = plusPeriod(from, period); ; day = plusDays(day, 1)) {
      const worked = isWorked(notices, day)
      if (worked !== false) return worked && day
    }
  }
  let day = from
  for (let left = Number(working); left > 0;) {
    day = plusDays(day, 1)
    const worked = isWorked(notices, day)
    if (worked === undefined) return undefined
    if (worked) left -= 1
  }
  return day
}
