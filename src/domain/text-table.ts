/**
 * Tables by text for the hot path of intake. A `Map` makes every text it is asked for a unique one of the whole heap
 * (V8 internalises keys): a look-up in a table of all strings, and an entry in it, for every cell of a file. That cost
 * more than all that stood behind the look-ups.
 */

/**
 * `charCodeAt` for texts of every making: cells are slices, copies and constants, too many kinds for V8 to know where
 * the method is, and it would look for it again for each character.
 */
export const codeAt: (text: string, at: number) => number = Function.prototype.call.bind(String.prototype.charCodeAt)

const SAMPLES = 16
/** Places that a text may stand at, one after another: texts that share a first place do not drive each other out. */
const WAYS = 4

const finish = (mixed: number): number => {
  const once = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return once ^ (once >>> 13)
}

/** A number for a text from its length and up to 16 of its characters. */
function sampleOf(text: string): number {
  const { length } = text
  let mixed = length
  const step = length > SAMPLES ? Math.ceil(length / SAMPLES) : 1
  for (let at = length - 1; at >= 0; at -= step) mixed = Math.imul(mixed ^ codeAt(text, at), 0x9e3779b1)
  return mixed
}

/** Remembers what came of the texts met lately, some 2^bits of them. */
export type Lately<value> = {
  find: (text: string) => value | undefined
  /** `text` is kept as it is: a slice of something large must be copied first */
  keep: (text: string, value: value) => void
}

export function openLately<value>(bits: number): Lately<value> {
  const mask = (1 << bits) - 1
  const texts: (string | undefined)[] = Array.from({ length: mask + WAYS })
  const values: (value | undefined)[] = Array.from({ length: mask + WAYS })
  let turn = 0
  return {
    find(text) {
      const first = finish(sampleOf(text)) & mask
      for (let at = first; at < first + WAYS; at += 1) if (texts[at] === text) return values[at]
      return undefined
    },
    keep(text, value) {
      const first = finish(sampleOf(text)) & mask
      let at = first
      while (at < first + WAYS && texts[at] !== undefined) at += 1
      if (at === first + WAYS) at = first + (turn++ % WAYS)
      texts[at] = text
      values[at] = value
    },
  }
}

/** The same for several texts that come together: a number for them. */
export type LatelyTogether = {
  /** the number of the values at these places, or -1 */
  find: (values: readonly string[], places: readonly number[]) => number
  keep: (values: readonly string[], places: readonly number[], number: number) => void
}

export function openLatelyTogether(bits: number): LatelyTogether {
  const mask = (1 << bits) - 1
  const texts: (string[] | undefined)[] = Array.from({ length: mask + WAYS })
  const numbers = new Int32Array(mask + WAYS)
  let turn = 0
  const firstOf = (values: readonly string[], places: readonly number[]): number => {
    let mixed = 0
    for (let part = 0; part < places.length; part += 1)
      mixed = Math.imul(mixed ^ sampleOf(values[places[part] as number] as string), 0x85ebca6b)
    return finish(mixed) & mask
  }
  return {
    find(values, places) {
      const first = firstOf(values, places)
      for (let at = first; at < first + WAYS; at += 1) {
        const known = texts[at]
        if (known === undefined) return -1
        let part = 0
        while (part < places.length && known[part] === values[places[part] as number]) part += 1
        if (part === places.length) return numbers[at] as number
      }
      return -1
    },
    keep(values, places, number) {
      const first = firstOf(values, places)
      let at = first
      while (at < first + WAYS && texts[at] !== undefined) at += 1
      if (at === first + WAYS) at = first + (turn++ % WAYS)
      texts[at] = places.map((place) => ownText(values[place] as string))
      numbers[at] = number
    },
  }
}

/** The same characters in memory of their own: a slice keeps the whole text alive that it was cut from. */
export const ownText = (text: string): string => (text.length < 13 ? text : [text.slice(0, 1), text.slice(1)].join(''))

/** Places looked at for one text before the table is full up: nobody can make it slow by choosing texts. */
const MOST_STEPS = 32

/**
 * Numbers texts from 0 in the order they come, up to so many; exact. `find` gives -1 for a text that it does not have,
 * `add` -1 when it has no room: its owner starts anew. `seed` makes the places of texts differ between installations.
 */
export function openNumbering(most: number, seed: number) {
  let size = 1024
  while (size < most * 2) size *= 2
  const mask = size - 1
  const places = new Int32Array(size)
  let texts: string[] = []
  const placeOf = (text: string): number => {
    let mixed = seed ^ text.length
    for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ codeAt(text, at), 0x9e3779b1)
    return finish(mixed) & mask
  }
  return {
    find(text: string): number {
      let place = placeOf(text)
      for (let step = 0; step < MOST_STEPS; step += 1) {
        const number = (places[place] as number) - 1
        if (number < 0 || texts[number] === text) return number
        place = (place + 1) & mask
      }
      return -1
    },
    add(text: string): number {
      if (texts.length >= most) return -1
      let place = placeOf(text)
      for (let step = 0; step < MOST_STEPS; step += 1) {
        if (places[place] === 0) {
          texts.push(text)
          places[place] = texts.length
          return texts.length - 1
        }
        place = (place + 1) & mask
      }
      return -1
    },
    clear(): void {
      places.fill(0)
      texts = []
    },
  }
}
