import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isRefusal, REFUSALS, type RefusalCode } from '#domain/refusal.ts'
import { parseCitizenNumber, type IdentityContext } from './citizen.ts'
import { makeCitizenNumber } from './synthetic.ts'

const ctx: IdentityContext = { today: '2026-03-01', allowFictional: ['990000'] }

const birth = fc
  .date({ min: new Date('1880-01-01'), max: new Date('2026-02-28'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const parts = fc.record({
  division: fc.constantFrom('990101', '990102', '990199', '120115', '120224', '110101', '512300'),
  birth,
  sequence: fc.integer({ min: 0, max: 999 }),
})
const make = (of: { division: string; birth: string; sequence: number }) => makeCitizenNumber(of, { real: true })
const fullWidth = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

/** The code of the refusal; also makes sure that it is the fixed text of the table, so nothing of the number is in it. */
function codeOf(raw: string, context: IdentityContext = ctx): RefusalCode | undefined {
  const parsed = parseCitizenNumber(raw, context)
  if (!isRefusal(parsed)) return undefined
  const { message, remedy } = REFUSALS[parsed.code]
  assert.deepEqual(parsed, { code: parsed.code, message, remedy })
  return parsed.code
}

test('a made number is read back', () => {
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      const expected = {
        number,
        birth: of.birth,
        sex: of.sequence % 2 === 1 ? 'male' : 'female',
        division: of.division,
      }
      const fictional = of.division.startsWith('99') ? { fictional: true } : {}
      assert.deepEqual(parseCitizenNumber(number, ctx), { ...expected, ...fictional })
    }),
  )
})

test('every substitution of one character is caught', () => {
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      for (let i = 0; i < 18; i++) {
        for (const c of '0123456789X') {
          if (c !== number[i]) assert.ok(codeOf(number.slice(0, i) + c + number.slice(i + 1)), `place ${i}`)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('every swap of two neighbours is caught', () => {
  fc.assert(
    fc.property(parts, (of) => {
      const number = make(of)
      for (let i = 0; i < 17; i++) {
        if (number[i] === number[i + 1]) continue
        assert.ok(codeOf(number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2)), `place ${i}`)
      }
    }),
  )
})

test('spaces, full width, small x and marks lead to the same key', () => {
  const mess = fc.constantFrom<(n: string) => string>(
    (n) => ` ${n}\t`,
    (n) => fullWidth(n),
    (n) => n.toLowerCase(),
    (n) => fullWidth(n.toLowerCase()),
    (n) => `'${n}`,
    (n) => `\u202d${n}\u202c`,
    (n) => `\ufeff${n}\u3000`,
    (n) => `${n.slice(0, 6)} ${n.slice(6, 14)} ${n.slice(14)}`,
  )
  fc.assert(
    fc.property(parts, mess, (of, change) => {
      const number = make(of)
      assert.deepEqual(parseCitizenNumber(change(number), ctx), parseCitizenNumber(number, ctx))
    }),
  )
})

test('whatever comes in, nothing crashes and nothing of it shows', () => {
  const near = fc.string({ unit: fc.constantFrom(...'0123456789Xx .E+９Ｘ李'.split('')), maxLength: 22 })
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (raw) => {
      const parsed = parseCitizenNumber(raw, ctx)
      if (!isRefusal(parsed)) assert.match(parsed.number, /^\d{17}[\dX]$/)
      else codeOf(raw)
    }),
    { numRuns: 500 },
  )
})

test('published examples of GB 11643', () => {
  assert.deepEqual(parseCitizenNumber('11010519491231002X', ctx), {
    number: '11010519491231002X',
    birth: '1949-12-31',
    sex: 'female',
    division: '110105',
  })
  assert.deepEqual(parseCitizenNumber('440524188001010014', ctx), {
    number: '440524188001010014',
    birth: '1880-01-01',
    sex: 'male',
    division: '440524',
  })
})

const bornOn = (day: string) => codeOf(make({ division: '990101', birth: day, sequence: 11 }))

test('dates: leap days, the day itself, the future, too old', () => {
  assert.equal(bornOn('2000-02-29'), undefined)
  assert.equal(bornOn('2024-02-29'), undefined)
  assert.equal(bornOn('1900-02-29'), 'id-date')
  assert.equal(bornOn('2023-02-29'), 'id-date')
  assert.equal(bornOn('1990-02-30'), 'id-date')
  assert.equal(bornOn('1990-04-31'), 'id-date')
  assert.equal(bornOn('1990-00-10'), 'id-date')
  assert.equal(bornOn('1990-13-01'), 'id-date')
  assert.equal(bornOn('1990-01-00'), 'id-date')
  assert.equal(bornOn('1879-12-31'), 'id-date')
  assert.equal(bornOn('2026-03-01'), undefined)
  assert.equal(bornOn('2026-03-02'), 'id-future-date')
  const tomorrow = make({ division: '990101', birth: '2026-03-02', sequence: 11 })
  assert.equal(codeOf(tomorrow, { ...ctx, today: '2026-03-02' }), undefined)
  assert.equal(codeOf(tomorrow), 'id-future-date')
})

const from = (division: string, allowFictional?: string[]) =>
  codeOf(make({ division, birth: '1985-06-01', sequence: 120 }), { today: '2026-03-01', allowFictional })

test('divisions: current, abolished, unknown, fictional only where admitted, residence permits elsewhere', () => {
  for (const current of ['120115', '120119', '110101', '441900', '429004', '659001'])
    assert.equal(from(current), undefined)
  for (const abolished of ['120224', '110103', '310103', '510211', '512301', '342401'])
    assert.equal(from(abolished), undefined)
  for (const unknown of ['120177', '000000', '100000', '990101', '710101', '190101'])
    assert.equal(from(unknown), 'id-division')
  for (const permit of ['810000', '820000', '830000']) assert.equal(from(permit), 'id-other-kind')
  assert.equal(from('990101', ['990101']), undefined)
  assert.equal(from('990102', ['990101']), 'id-division')
  assert.equal(from('990102', ['990100']), undefined)
  assert.equal(from('990202', ['990100']), 'id-division')
  assert.throws(() => from('990101', ['120115']))
})

test('15 digits become 18; the centenarians are not guessed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 995 }), (yy, sequence) => {
      const old = `120101${String(yy).padStart(2, '0')}0315${String(sequence).padStart(3, '0')}`
      const number = make({ division: '120101', birth: `19${String(yy).padStart(2, '0')}-03-15`, sequence })
      const parsed = parseCitizenNumber(old, ctx)
      assert.ok(!isRefusal(parsed))
      assert.equal(parsed.number, number)
      assert.equal(parsed.legacy, true)
    }),
  )
  assert.equal(codeOf('120101990315996'), 'id-legacy-centenarian')
  assert.equal(codeOf('120101000229001'), 'id-date')
  assert.equal(codeOf('120177800315001'), 'id-division')
})

test('each way to be wrong has its own code', () => {
  assert.equal(codeOf(''), 'id-empty')
  assert.equal(codeOf(' \u3000'), 'id-empty')
  assert.equal(codeOf('1101051949123100'), 'id-length')
  assert.equal(codeOf('11010519491231002X0'), 'id-characters')
  assert.equal(codeOf('110105194912310021234'), 'id-length')
  assert.equal(codeOf('1101051949123100AX'), 'id-characters')
  assert.equal(codeOf('1101X519491231002X'), 'id-characters')
  assert.equal(codeOf('110105194912310021'), 'id-check-digit')
  assert.equal(codeOf('1.20115E+17'), 'id-spreadsheet')
  assert.equal(codeOf('1.20115198001010e+17'), 'id-spreadsheet')
  assert.equal(codeOf('１．２０１１５Ｅ＋１７'), 'id-spreadsheet')
  assert.equal(codeOf('120115198001010000.0'), 'id-spreadsheet')
  assert.equal(codeOf('120115198001011000'), 'id-spreadsheet')
  assert.equal(codeOf('120115198001011233'), 'id-check-digit')
})

test('a true number that ends in 000 is not taken for damage', () => {
  const days = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(1980, 0, 1 + i)).toISOString().slice(0, 10))
  const number = days
    .map((day) => make({ division: '990101', birth: day, sequence: 100 }))
    .find((n) => n.endsWith('000'))
  assert.ok(number)
  assert.equal(codeOf(number), undefined)
})
