import { makeCalendar, type Calendar } from '#domain/calendar.ts'
import type { Pack } from '#domain/pack.ts'
import type { System } from './system.ts'

const calendars = new WeakMap<Pack, Calendar>()

/** The working-day calendar of the pack in force. */
export function calendarOf(system: System): Calendar {
  const { pack } = system.reference
  let calendar = calendars.get(pack)
  if (!calendar) calendars.set(pack, (calendar = makeCalendar(pack.calendar)))
  return calendar
}
