import { DIVISIONS } from './divisions.ts'

/** One bit for each of the million six-digit codes: the look-up is on the hot path of intake. */
const KNOWN = bitmap(function* () {
  for (const [province, cities] of Object.entries(DIVISIONS)) {
    for (const entry of cities.split(' ')) {
      const [city, counties = ''] = entry.split(':')
      for (let i = 0; i < counties.length; i += 2) yield Number(`${province}${city}${counties.slice(i, i + 2)}`)
    }
  }
})

function bitmap(codes: () => Iterable<number>): Uint8Array {
  const bits = new Uint8Array(125_000)
  for (const code of codes()) bits[code >> 3]! |= 1 << (code & 7)
  return bits
}

const has = (bits: Uint8Array, code: number) => ((bits[code >> 3]! >> (code & 7)) & 1) === 1

/** True for a GB/T 2260 division code of the mainland in force now or at any time since 1980. `code` is 0–999999. */
export function isKnownDivision(code: number): boolean {
  return has(KNOWN, code)
}

/** True for the codes 990000–999999, which GB/T 2260 leaves empty and synthetic people and firms live in. */
export function isFictionalDivision(code: number): boolean {
  return code >= 990_000
}

/**
 * True if a fictional code is among those the pack admits. An admitted code ending in 00 or 0000 covers
 * what lies under it, as in GB/T 2260: '990000' admits 990000–999999, '990100' admits 990100–990199.
 */
export function isAdmitted(code: number, allow: readonly string[] | undefined): boolean {
  if (allow === undefined || code < 990_000) return false
  if (allow !== lastAllow) {
    lastBits = bitmap(() => admitted(allow))
    lastAllow = allow
  }
  return has(lastBits, code)
}

// The last list and its bits: a process serves one pack, so the list is the same object call after call.
let lastAllow: readonly string[] | undefined
let lastBits = KNOWN

function* admitted(allow: readonly string[]): Iterable<number> {
  for (const entry of allow) {
    if (!/^99\d{4}$/.test(entry)) throw new Error(`not a fictional division code: ${entry}`)
    const width = entry.endsWith('0000') ? 10_000 : entry.endsWith('00') ? 100 : 1
    for (let i = 0; i < width; i++) yield Number(entry) + i
  }
}
