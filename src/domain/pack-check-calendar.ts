import { isWeekend } from './calendar.ts'
import { isRealDate } from './pack-check-time.ts'
import type { Path, Report } from './pack-problem.ts'
import type { PackLayer } from './pack.ts'
import type { Basis } from './pack-shape.ts'
import { parseDateText } from './values.ts'

/** The arrangement of days off is the State Council's (全国年节及纪念日放假办法); local custom does not move a deadline. */
const RANKS: readonly Basis['rank'][] = ['law', 'administrative-regulation', 'central-policy']

/** Real days, inside their year, each said once, weekdays off and weekend days worked; a year is one layer's alone. */
export function checkCalendar(layer: PackLayer, upper: readonly PackLayer[], report: Report): void {
  const taken = new Set(upper.flatMap((one) => (one.calendar ?? []).map(({ year }) => year)))
  const own = new Set<number>()
  layer.calendar?.forEach((one, index) => {
    const at: Path = ['calendar', index]
    if (taken.has(one.year)) report('redefined', [...at, 'year'], String(one.year))
    if (own.has(one.year)) report('overlap', [...at, 'year'], String(one.year))
    own.add(one.year)
    if (!one.basis.some(({ rank }) => RANKS.includes(rank))) report('basis-rank', [...at, 'basis'], String(one.year))
    const seen = new Set<string>()
    for (const list of ['off', 'worked'] as const) {
      for (const [n, day] of one[list].entries()) {
        const path: Path = [...at, list, n]
        const days = isRealDate(day) ? parseDateText(day) : undefined
        if (typeof days !== 'number') report('date-impossible', path, day)
        else if (Number(day.slice(0, 4)) !== one.year || seen.has(day) || isWeekend(days) !== (list === 'worked'))
          report('calendar-day', path, day)
        seen.add(day)
      }
    }
  })
}
