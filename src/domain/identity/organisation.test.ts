import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isRefusal, REFUSALS, type RefusalCode } from '#domain/refusal.ts'
import type { IdentityContext } from './citizen.ts'
import { CODE_CHARACTERS, codeCheckCharacter, DEPARTMENTS, parseOrganisationCode } from './organisation.ts'
import { makeOrganisationCode } from './synthetic.ts'

const ctx: IdentityContext = { today: '2026-03-01', allowFictional: ['990000'] }

const parts = fc.record({
  department: fc.constantFrom(...Object.keys(DEPARTMENTS)),
  category: fc.constantFrom('1', '2', '3', '4', '5', '9'),
  division: fc.constantFrom('990101', '120115', '100000', '370290'),
  body: fc.string({ unit: fc.constantFrom(...CODE_CHARACTERS.split('')), minLength: 8, maxLength: 8 }),
})
const make = (of: Parameters<typeof makeOrganisationCode>[0]) => makeOrganisationCode(of, { real: true })

function codeOf(raw: string, context: IdentityContext = ctx): RefusalCode | undefined {
  const parsed = parseOrganisationCode(raw, context)
  if (!isRefusal(parsed)) return undefined
  const { message, remedy } = REFUSALS[parsed.code]
  assert.deepEqual(parsed, { code: parsed.code, message, remedy })
  return parsed.code
}

test('a made code is read back, for every department, check character 0 included', () => {
  const checks = new Set<string>()
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      checks.add(number[17]!)
      const parsed = parseOrganisationCode(number, ctx)
      assert.ok(!isRefusal(parsed))
      assert.equal(parsed.number, number)
      assert.equal(parsed.department, of.department)
      assert.equal(parsed.category, of.category)
      assert.equal(parsed.division, of.division)
      assert.equal(parsed.fictional, of.division.startsWith('99') ? true : undefined)
    }),
    { numRuns: 1000 },
  )
  assert.equal(checks.size, 31)
})

test('every substitution of one character is caught', () => {
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      for (let i = 0; i < 18; i++) {
        for (const c of CODE_CHARACTERS) {
          if (c !== number[i]) assert.ok(codeOf(number.slice(0, i) + c + number.slice(i + 1)), `place ${i}`)
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('every swap of two characters is caught, but for the first with the last, which weigh the same', () => {
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      for (let i = 0; i < 17; i++) {
        for (let j = i + 1; j < 18; j++) {
          if (number[i] === number[j] || (i === 0 && j === 17)) continue
          const swapped = number.split('')
          swapped[i] = number[j]!
          swapped[j] = number[i]!
          assert.ok(codeOf(swapped.join('')), `places ${i} and ${j}`)
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('the published vector, and writings of it', () => {
  const vector = '91350100M000100Y43'
  for (const raw of [
    vector,
    vector.toLowerCase(),
    ` ${vector} `,
    '91350100-M000100Y-43',
    '９１３５０１００Ｍ０００１００Ｙ４３',
  ]) {
    assert.deepEqual(parseOrganisationCode(raw, ctx), {
      number: vector,
      department: '9',
      category: '1',
      division: '350100',
      body: 'M000100Y4',
    })
  }
})

test('each way to be wrong has its own code', () => {
  assert.equal(codeOf(''), 'id-empty')
  assert.equal(codeOf('91350100M000100Y4'), 'org-length')
  assert.equal(codeOf('91350100M000100Y4I'), 'org-characters')
  assert.equal(codeOf('9135010AM000100Y43'), 'org-characters')
  assert.equal(codeOf('91350100M000100Y44'), 'org-check-digit')
  assert.equal(codeOf('M000100Y4'), 'org-legacy-code')
  assert.equal(codeOf('M000100Y-4'), 'org-legacy-code')
  assert.equal(codeOf('120000000012345'), 'org-legacy-registration')
  assert.equal(codeOf('1200001234567'), 'org-legacy-registration')
  assert.equal(codeOf('9.11201E+17'), 'id-spreadsheet')
  assert.equal(codeOf('911201157123450000.0'), 'id-spreadsheet')
  const seventeen = '91350100M000100Y5'
  assert.equal(codeOf(seventeen + codeCheckCharacter(seventeen)), 'org-body-check-digit')
  const letter = 'B1350100M000100Y4'
  assert.equal(codeOf(letter + codeCheckCharacter(letter)), 'org-department')
  assert.equal(codeOf(make({ division: '990101', body: 'MA900001' }), { today: '2026-03-01' }), 'org-division')
})

test('whatever comes in, nothing crashes and nothing of it shows', () => {
  const near = fc.string({
    unit: fc.constantFrom(...CODE_CHARACTERS.split(''), 'I', 'Z', '-', ' ', '.', '＋'),
    maxLength: 22,
  })
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (raw) => void codeOf(raw)),
    { numRuns: 500 },
  )
})
