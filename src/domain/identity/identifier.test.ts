import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isRefusal, REFUSALS } from '#domain/refusal.ts'
import type { IdentityContext } from './citizen.ts'
import {
  IDENTIFIER_KINDS,
  identifierKindOf,
  isAdult,
  isIdentifierKind,
  maskName,
  maskNumber,
  parseIdentifier,
  turnsAdultOn,
  wasMinorOn,
  type IdentifierKind,
} from './identifier.ts'
import { makeCitizenNumber, populationCapacity, syntheticOrganisation, syntheticPerson } from './synthetic.ts'

const ctx: IdentityContext = { today: '2026-03-01', allowFictional: ['990000'] }

/** The key of an accepted number, or the code of the refusal. */
function answer(kind: IdentifierKind, raw: string): string {
  const parsed = parseIdentifier(kind, raw, ctx)
  if (!isRefusal(parsed)) {
    assert.equal(parsed.kind, kind)
    return parsed.number
  }
  const { message, remedy } = REFUSALS[parsed.code]
  assert.deepEqual(parsed, { code: parsed.code, message, remedy })
  return parsed.code
}

test('permits: one key for one person, however often the card was renewed', () => {
  assert.equal(answer('hk-macao-permit', 'H12345678'), 'H12345678')
  assert.equal(answer('hk-macao-permit', 'h1234567801'), 'H12345678')
  assert.equal(answer('hk-macao-permit', 'Ｍ１２３４５６７８'), 'M12345678')
  assert.equal(answer('hk-macao-permit', 'HA1234567'), 'HA1234567')
  assert.equal(answer('hk-macao-permit', 'C12345678'), 'permit-format')
  assert.equal(answer('hk-macao-permit', 'H123456780'), 'permit-format')
  assert.equal(answer('taiwan-permit', '01234567'), '01234567')
  assert.equal(answer('taiwan-permit', '0123456702(B)'), '01234567')
  assert.equal(answer('taiwan-permit', '0123456702（B）'), '01234567')
  assert.equal(answer('taiwan-permit', '012345678'), 'permit-format')
})

test('passports of any country; not a citizen number in the wrong column', () => {
  for (const number of ['E12345678', 'EA1234567', 'G12345678', '141234567', 'PE1234567', 'MA1234567', 'C01X00T47']) {
    assert.equal(answer('passport', number), number)
  }
  assert.equal(answer('passport', 'p.1234567'), 'P1234567')
  assert.equal(answer('passport', 'PASSPORT'), 'passport-format')
  assert.equal(answer('passport', '11010519491231002X'), 'passport-format')
  assert.equal(answer('passport', '1.4E+08'), 'id-spreadsheet')
  assert.equal(answer('passport', ''), 'id-empty')
})

const make = (division: string, birth = '1990-05-01') =>
  makeCitizenNumber({ division, birth, sequence: 1 }, { real: true })

test('residence cards with a GB 11643 check character', () => {
  for (const division of ['810000', '820000', '830000']) {
    const number = make(division)
    assert.deepEqual(parseIdentifier('hmt-residence', number, ctx), {
      kind: 'hmt-residence',
      number,
      birth: '1990-05-01',
      sex: 'male',
    })
  }
  assert.equal(answer('hmt-residence', make('120115')), 'residence-format')
  assert.equal(answer('hmt-residence', make('810000', '1990-02-30')), 'id-date')
  const card = make('911840')
  assert.deepEqual(parseIdentifier('foreign-residence', card, ctx), {
    kind: 'foreign-residence',
    number: card,
    birth: '1990-05-01',
  })
  assert.equal(answer('foreign-residence', card.slice(0, 17) + (card[17] === '1' ? '2' : '1')), 'id-check-digit')
  assert.equal(answer('foreign-residence', 'can110178010101'), 'CAN110178010101')
  assert.equal(answer('foreign-residence', 'CAN11017801010'), 'residence-format')
})

test('kinds by code and by the names departments write', () => {
  const table: [string, IdentifierKind | undefined][] = [
    ['01', 'citizen'],
    ['1', 'citizen'],
    ['０１', 'citizen'],
    ['身份证', 'citizen'],
    [' 居民身份证 ', 'citizen'],
    ['02', 'passport'],
    ['护照', 'passport'],
    ['03', 'hk-macao-permit'],
    ['港澳通行证', 'hk-macao-permit'],
    ['04', 'taiwan-permit'],
    ['台胞证', 'taiwan-permit'],
    ['05', 'foreign-residence'],
    ['06', 'hmt-residence'],
    ['外国人永久居留身份证', 'foreign-residence'],
    ['港澳台居民居住证', 'hmt-residence'],
    ['统一社会信用代码', 'organisation'],
    ['citizen', 'citizen'],
    ['往来港澳通行证', undefined],
    ['', undefined],
    ['0', undefined],
    ['07', undefined],
    ['军官证', undefined],
  ]
  for (const [word, kind] of table) assert.equal(identifierKindOf(word), kind, word)
  const codes = Object.values(IDENTIFIER_KINDS).map((kind) => kind.code)
  assert.equal(new Set(codes).size, codes.length)
})

test('whatever comes in, no kind crashes or shows it', () => {
  const kind = fc.constantFrom(...Object.keys(IDENTIFIER_KINDS).filter(isIdentifierKind))
  const raw = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789HMXxE.+(Ａ９ -'.split('')), maxLength: 20 }),
  )
  fc.assert(
    fc.property(kind, raw, (k, text) => void answer(k, text)),
    { numRuns: 500 },
  )
})

test('parsing is idempotent: a key is its own key', () => {
  fc.assert(
    fc.property(fc.constantFrom('H1234567801', '0123456702', 'p.1234567', 'can110178010101'), (raw) => {
      for (const kind of Object.keys(IDENTIFIER_KINDS).filter(isIdentifierKind)) {
        const first = parseIdentifier(kind, raw, ctx)
        if (!isRefusal(first)) assert.deepEqual(parseIdentifier(kind, first.number, ctx), first)
      }
    }),
  )
})

test('coming of age: on the day after the 18th birthday; that of 29 February is 28 February', () => {
  assert.equal(turnsAdultOn('2008-03-01'), '2026-03-02')
  assert.equal(turnsAdultOn('2008-02-29'), '2026-03-01')
  assert.equal(turnsAdultOn('2007-12-31'), '2026-01-01')
  assert.equal(isAdult('2008-02-28', '2026-03-01'), true)
  assert.equal(isAdult('2008-02-29', '2026-02-28'), false)
  assert.equal(isAdult('2008-03-01', '2026-03-01'), false)
  assert.equal(wasMinorOn('2000-05-20', '2018-05-20'), true)
  assert.equal(wasMinorOn('2000-05-20', '2018-05-21'), false)
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(day, (date) => {
      const birth = date.toISOString().slice(0, 10)
      const turns = Temporal.PlainDate.from(birth).add({ years: 18 }).add({ days: 1 })
      assert.equal(turnsAdultOn(birth), turns.toString())
      assert.equal(isAdult(birth, turns.toString()), true)
      assert.equal(isAdult(birth, turns.subtract({ days: 1 }).toString()), false)
    }),
  )
})

test('masks', () => {
  assert.equal(maskNumber('11010519491231002X'), '1****************X')
  assert.equal(maskNumber('H123'), '****')
  assert.equal(maskName('张三'), '张*')
  assert.equal(maskName('欧阳娜娜'), '欧*')
  assert.equal(maskName('𠮷田'), '𠮷*')
  assert.equal(maskName(''), '*')
})

test('synthetic people and firms: deterministic, all different, all valid, fictional by default', () => {
  const population = { seed: 7, divisions: ['990101', '990102'], bornFrom: '1950-01-01', bornTo: '2007-12-31' }
  const people = Array.from({ length: 5000 }, (_, i) => syntheticPerson(population, i))
  assert.equal(new Set(people.map((person) => person.number)).size, people.length)
  for (const { number, birth, sex } of people) {
    assert.deepEqual(parseIdentifier('citizen', number, ctx), { kind: 'citizen', number, birth, sex, fictional: true })
  }
  assert.deepEqual(syntheticPerson(population, 42), people[42])
  assert.equal(syntheticPerson(population, populationCapacity(population) - 1).number.length, 18)
  const firms = Array.from({ length: 5000 }, (_, i) => syntheticOrganisation(population, i))
  assert.equal(new Set(firms).size, firms.length)
  for (const firm of firms) assert.equal(answer('organisation', firm), firm)
  assert.throws(() => makeCitizenNumber({ division: '120115', birth: '1990-01-01', sequence: 1 }))
})
