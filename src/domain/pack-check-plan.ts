import type { Path, Report } from './pack-problem.ts'
import { PLAN_SECTIONS } from './pack-plan.ts'
import type { PackLayer } from './pack.ts'
import { isRealDate } from './pack-check-time.ts'

/** What gives units something to do: a lower pack gives it to its own, never to the units of an upper one. */
const DUTIES = ['tasks', 'sheets', 'funds', 'programmes', 'benefits', 'applications'] as const

/** Documents, tasks and what goes with them: every unit, item, purpose and paragraph named exists, and nothing twice. */
export function checkPlan(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const layers = [...upper, layer]
  checkDuties(layer, upper, report)
  checkDays(layer, report)
  const units = new Set(layers.flatMap((one) => (one.units ?? []).map(({ id }) => id)))
  const kinds = new Set(layers.flatMap((one) => (one.kinds ?? []).map(({ id }) => id)))
  const referUnits = (patterns: readonly string[] | undefined, path: Path) =>
    patterns?.forEach((pattern, n) => {
      const isKind = pattern.startsWith('kind:')
      const isKnown = pattern === '*' || (isKind ? kinds.has(pattern.slice(5)) : units.has(pattern))
      if (!isKnown) report('dangling', [...path, n], `${isKind ? 'kind' : 'unit'} ${pattern}`)
    })
  for (const key of PLAN_SECTIONS) {
    const taken = new Set(upper.flatMap((one) => (one[key] ?? []).map(({ id }) => id)))
    layer[key]?.forEach((rule, n) => {
      if (taken.has(rule.id)) report('redefined', [key, n, 'id'], rule.id)
      if ('basis' in rule && rule.basis.every(({ document }) => /备忘录|memorandum/i.test(document)))
        report('basis-memorandum', [key, n, 'basis'], rule.id)
      for (const role of ['units', 'lead', 'joint', 'members', 'office'] as const)
        if (role in rule) referUnits(unitsOf(rule, role), [key, n, role])
    })
  }
  const documents = new Map(layers.flatMap((one) => (one.documents ?? []).map((doc) => [doc.id, doc] as const)))
  const referParagraph = (id: string, at: string, path: Path) => {
    const document = documents.get(id)
    if (!document) report('dangling', path, `document ${id}`)
    else if (!document.paragraphs.some((one) => one.at === at)) report('dangling', path, `${id} ${at}`)
  }
  layer.tasks?.forEach((task, n) => {
    referParagraph(task.document, task.number, ['tasks', n, 'number'])
    if (task.lead.length === 0) report('task-without-lead', ['tasks', n], task.id)
    task.due?.forEach(({ date }, m) => {
      if (!isRealDate(date)) report('date-impossible', ['tasks', n, 'due', m, 'date'], date)
    })
  })
  layer.boundaries?.forEach((boundary, n) =>
    boundary.at.forEach((at, m) => referParagraph(boundary.document, at, ['boundaries', n, 'at', m])),
  )
  const items = new Set(layers.flatMap((one) => (one.items ?? []).map(({ id }) => id)))
  const purposes = new Set(layers.flatMap((one) => (one.purposes ?? []).map(({ id }) => id)))
  layer.conducts?.forEach(({ item }, n) => {
    if (!items.has(item)) report('dangling', ['conducts', n, 'item'], `item ${item}`)
  })
  layer.applications?.forEach(({ purpose }, n) => {
    if (!purposes.has(purpose)) report('dangling', ['applications', n, 'purpose'], `purpose ${purpose}`)
  })
}

function checkDuties(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const above = new Set(upper.flatMap((one) => (one.units ?? []).map(({ id }) => id)))
  for (const key of DUTIES)
    layer[key]?.forEach((rule, n) => {
      for (const role of ['units', 'lead', 'joint'] as const)
        unitsOf(rule, role)?.forEach((id, m) => {
          if (above.has(id)) report('unit-above', [key, n, role, m], id)
        })
    })
}

/** Days of the plan that exist, and paragraphs that are one each. */
function checkDays(layer: PackLayer, report: Report): void {
  const real = (date: string | undefined, path: Path) => {
    if (date !== undefined && !isRealDate(date)) report('date-impossible', path, date)
  }
  layer.documents?.forEach((document, n) => {
    real(document.date, ['documents', n, 'date'])
    document.paragraphs.forEach(({ at }, m) => {
      const isTwice = document.paragraphs.slice(0, m).some((one) => one.at === at)
      if (isTwice) report('paragraph-twice', ['documents', n, 'paragraphs', m], at)
    })
  })
  layer.indicators?.forEach(({ due }, n) => real(due, ['indicators', n, 'due']))
  // of a leap year, so that 29 February is a day
  layer.campaigns?.forEach(({ on, to }, n) => {
    real(on && `2024-${on}`, ['campaigns', n, 'on'])
    real(to && `2024-${to}`, ['campaigns', n, 'to'])
    if (to !== undefined && on === undefined) report('date-impossible', ['campaigns', n, 'to'], to)
  })
}

function unitsOf(rule: object, role: string): readonly string[] | undefined {
  const value: unknown = Reflect.get(rule, role)
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}
