/** Counts below this are not shown: so few that they might be told apart. */
export const SMALLEST_SHOWN = 5

const small = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN

/**
 * Counts as they may be published: those from 1 to 4 are null. Where a total and the others would tell them (only one is left
 * out, or all that are left out are one each), the next smallest goes with them.
 */
export function suppressSmall(counts: readonly number[]): (number | null)[] {
  const shown: (number | null)[] = counts.map((count) => (small(count) ? null : count))
  complete(counts, shown)
  return shown
}

/** Leaves out further counts of one sum until those left out cannot be told; says whether it did. */
function complete(counts: readonly number[], shown: (number | null)[]): boolean {
  let more = false
  for (;;) {
    const out = counts.filter((count, at) => shown[at] === null && count > 0)
    if (out.length === 0 || (out.length > 1 && out.some((count) => count > 1))) return more
    const least = shown.reduce<number>(
      (best, count, at) => (count !== null && count > 0 && (best < 0 || count < (shown[best] ?? Infinity)) ? at : best),
      -1,
    )
    if (least < 0) return more
    shown[least] = null
    more = true
  }
}

/** Counts that add up to others of the same answer: `parts` are places of a flat table, `sum` is the place of their sum, if shown. */
export type SumOf = { parts: readonly number[]; sum?: number }

/**
 * The same for a table whose counts are linked by sums (rows and columns, parts and their whole): whatever is left out cannot be
 * told from any one of them by subtracting. Goes over all until none has to give up more.
 */
export function suppressLinked(counts: readonly number[], sums: readonly SumOf[]): (number | null)[] {
  const shown: (number | null)[] = counts.map((count) => (small(count) ? null : count))
  for (let again = true; again;) {
    again = false
    for (const { parts, sum } of sums) {
      const places = sum === undefined ? parts : [...parts, sum]
      const of = places.map((place) => shown[place] ?? null)
      if (
        complete(
          places.map((place) => counts[place] ?? 0),
          of,
        )
      )
        again = true
      for (const [at, place] of places.entries()) shown[place] = of[at] ?? null
    }
  }
  return shown
}
