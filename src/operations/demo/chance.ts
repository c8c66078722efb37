/** Numbers that look random and are the same for the same seed. */
export type Chance = {
  /** a whole number from 0 to `below` - 1 */
  number(below: number): number
  pick<Value>(list: readonly Value[]): Value
}

/** mulberry32 under another name for each file, so that one file more does not change the others. */
export function openChance(seed: number, name: string): Chance {
  let state = seed >>> 0
  for (const char of name) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  const number = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.trunc((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
  return {
    number,
    pick(list) {
      const value = list[number(list.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    },
  }
}
