import { inForce } from './catalog.ts'
import type { Report } from './pack-problem.ts'
import type { PackLayer } from './pack.ts'

type Dated = { id?: string; item?: string; from?: string; until?: string }

/** Dates that exist, from before until, and no two versions of one thing at the same time. */
export function checkTime(layer: PackLayer, report: Report): void {
  // years have days, not validity: `pack-check-calendar.ts`
  const { calendar: _, ...dated } = layer
  for (const [key, list] of Object.entries(dated)) {
    if (!Array.isArray(list)) continue
    const rules: readonly Dated[] = list
    rules.forEach((rule, index) => {
      const name = rule.id ?? rule.item ?? ''
      for (const end of ['from', 'until'] as const) {
        const date = rule[end]
        if (date !== undefined && !isRealDate(date)) report('date-impossible', [key, index, end], date)
      }
      if (rule.from !== undefined && rule.until !== undefined && rule.from >= rule.until) {
        report('from-after-until', [key, index, 'until'], name)
      }
      const before = rules.slice(0, index).some((other) => (other.id ?? other.item) === name && isOverlap(other, rule))
      if (before) report('overlap', [key, index], name)
    })
  }
  for (const [index, item] of (layer.items ?? []).entries()) {
    const older = (layer.items ?? []).filter((other) => other.id === item.id && other.from < item.from)
    const moved = older.some((other) =>
      other.fields.some((field, at) => item.fields[at]?.id !== field.id || item.fields[at]?.role !== field.role),
    )
    if (moved) report('version-layout', ['items', index, 'fields'], item.id)
  }
}

/** Things without dates are in force always. */
function isOverlap(a: Dated, b: Dated): boolean {
  const [aFrom, bFrom] = [a.from ?? '', b.from ?? '']
  const later = aFrom > bFrom ? aFrom : bFrom
  return inForce({ ...a, from: aFrom }, later) && inForce({ ...b, from: bFrom }, later)
}

/** Is this a day that exists? */
export function isRealDate(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() === date
  } catch {
    return false
  }
}
