/** Counts below this are not shown: so few that they might be told apart. */
export const SMALLEST_SHOWN = 5

/**
 * Counts as they may be published: those from 1 to 4 are null. Where only one would be, the next smallest goes with it,
 * or it could be had by subtracting the others from a total.
 */
export function suppressSmall(counts: readonly number[]): (number | null)[] {
  const small = (count: number) => count > 0 && count < SMALLEST_SHOWN
  const shown: (number | null)[] = counts.map((count) => (small(count) ? null : count))
  if (shown.filter((count) => count === null).length === 1) {
    const least = shown.reduce<number>(
      (best, count, at) => (count !== null && count > 0 && (best < 0 || count < (shown[best] ?? Infinity)) ? at : best),
      -1,
    )
    if (least >= 0) shown[least] = null
  }
  return shown
}
