import type { Language } from './i18n.ts'

const ZONE = 'Asia/Shanghai'
const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const

/** A civil date (YYYY-MM-DD) in words: 2026年3月5日 · 5 March 2026. */
export function formatDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(date)
}

/** The weekday of a civil date. */
export function formatWeekday(day: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { timeZone: 'UTC', weekday: 'long' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** An instant as date and time in Asia/Shanghai. */
export function formatInstant(instant: string, language: Language): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  return `${formatDay(dayOf(instant), language)} ${formatTime(instant)}`
}

/** Hours and minutes of an instant in Asia/Shanghai. */
export function formatTime(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
}

/** The civil date, Asia/Shanghai, of an instant. */
export function dayOf(instant: string | Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )
}

export const today = (): string => dayOf(new Date())

const DAY = 86_400_000

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
}

/** The day that lies a period (P30D, P3M, P1Y) after another; the last of the month where the day does not exist. */
export function addPeriod(day: string, period: string): string {
  const [, count = '0', unit] = /^P(\d+)([YMD])$/.exec(period) ?? []
  if (unit === undefined) return day
  if (unit === 'D') return addDays(day, Number(count))
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const months = year * 12 + month - 1 + Number(count) * (unit === 'Y' ? 12 : 1)
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, last))).toISOString().slice(0, 10)
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language]).format(value)
}

/** An amount written as decimal text; what is no number stays as it is. */
export function formatAmount(value: string, language: Language): string {
  const amount = Number(value)
  if (value.trim() === '' || Number.isNaN(amount)) return value
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 6 }).format(amount)
}

export function formatPercent(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: 1 }).format(value)
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} kB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

/** Seconds as m:ss. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** The middle of a long hash left out. */
export function shorten(text: string, keep = 8): string {
  return text.length <= keep * 2 + 1 ? text : `${text.slice(0, keep)}…${text.slice(-keep)}`
}
