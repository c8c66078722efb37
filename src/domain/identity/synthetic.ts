import { checkCharacter, type Sex } from './gb11643.ts'
import { bodyCheckCharacter, CODE_CHARACTERS, codeCheckCharacter } from './organisation.ts'

/**
 * Synthetic numbers for the demo and the tests: never a real person's, since the fictional division 99xxxx is the only
 * one taken unless `real` says otherwise (tests of real divisions). A wrong argument is a bug and throws.
 */
type Guard = { real?: boolean }

/** A valid citizen number. `division` six digits, `birth` YYYY-MM-DD, `sequence` 0–999 (odd: male). */
export function makeCitizenNumber(
  of: { division: string; birth: string; sequence: number },
  guard: Guard = {},
): string {
  guardDivision(of.division, guard)
  const body = `${of.division}${of.birth.replaceAll('-', '')}${String(of.sequence).padStart(3, '0')}`
  if (!/^\d{17}$/.test(body)) throw new Error('not the parts of a citizen number')
  return body + checkCharacter(body)
}

/** A valid unified social credit code. `body` is eight characters; department 9 and category 1 (a firm) by default. */
export function makeOrganisationCode(
  of: { department?: string; category?: string; division: string; body: string },
  guard: Guard = {},
): string {
  guardDivision(of.division, guard)
  const seventeen = `${of.department ?? '9'}${of.category ?? '1'}${of.division}${of.body}${bodyCheckCharacter(of.body)}`
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X]$/.test(seventeen))
    throw new Error('not the parts of a code')
  return seventeen + codeCheckCharacter(seventeen)
}

function guardDivision(division: string, guard: Guard): void {
  if (!division.startsWith('99') && guard.real !== true) throw new Error('only fictional divisions (99xxxx) here')
}

export type Population = { seed: number; divisions: readonly string[]; bornFrom: string; bornTo: string }
export type SyntheticPerson = { number: string; birth: string; sex: Sex; division: string }

/**
 * The `index`-th person of a synthetic population: the same for the same arguments, and different people for different
 * indexes below `populationCapacity`. Neighbouring indexes land far apart, so the first thousand look like a city.
 */
export function syntheticPerson(of: Population, index: number): SyntheticPerson {
  let place = scatter(index, of.seed, populationCapacity(of))
  const sequence = (place % 995) + 1
  place = Math.trunc(place / 995)
  const division = of.divisions[place % of.divisions.length]!
  const days = Math.trunc(place / of.divisions.length)
  const birth = Temporal.PlainDate.from(of.bornFrom).add({ days }).toString()
  const number = makeCitizenNumber({ division, birth, sequence })
  return { number, birth, sex: sequence % 2 === 1 ? 'male' : 'female', division }
}

/** How many different people a population can hold: divisions × days × 995 sequence numbers. */
export function populationCapacity(of: Population): number {
  const days = Temporal.PlainDate.from(of.bornFrom).until(of.bornTo, { largestUnit: 'day' }).days + 1
  return of.divisions.length * days * 995
}

/** The `index`-th firm (below 31⁵): body MA9 and five characters, division by turns. */
export function syntheticOrganisation(of: { seed: number; divisions: readonly string[] }, index: number): string {
  let place = scatter(index, of.seed, 31 ** 5)
  let tail = ''
  for (let i = 0; i < 5; i++) {
    tail = CODE_CHARACTERS[place % 31] + tail
    place = Math.trunc(place / 31)
  }
  return makeOrganisationCode({ division: of.divisions[index % of.divisions.length]!, body: `MA9${tail}` })
}

const STEP = 7_368_787 // a prime: times any index below 1.2e9 stays an exact integer

/** A one-to-one shuffle of 0 … capacity-1. */
function scatter(index: number, seed: number, capacity: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= capacity) throw new Error('index beyond the population')
  if (capacity % STEP === 0) throw new Error('capacity must not be a multiple of the step')
  return (index * STEP + (Math.abs(seed) % capacity) * 31) % capacity
}
