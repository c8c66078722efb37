const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A day as people read it in a text. */
export const dayZh = (day: string): string => {
  const { year, month, day: of } = Temporal.PlainDate.from(day)
  return `${year}年${month}月${of}日`
}
export const dayEn = (day: string): string => {
  const { year, month, day: of } = Temporal.PlainDate.from(day)
  return `${of} ${MONTHS[month - 1]} ${year}`
}
/** The day before one that is the first no more: the last of a term. */
export const lastBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
