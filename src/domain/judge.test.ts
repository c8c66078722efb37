import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeCitizenNumber } from './identity/synthetic.ts'
import { makeJudge } from './judge.ts'
import type { Field, Item, Pack, Unit } from './pack.ts'
import { refuse } from './refusal.ts'
import { dateOfDays, parseDateText } from './values.ts'

const days = (date: string): number => {
  const parsed = parseDateText(date)
  assert.ok(typeof parsed === 'number')
  return parsed
}
const named = (id: string, more: Partial<Field>): Field => ({
  id,
  name: { zh: id, en: id },
  type: 'text',
  sensitivity: 'open',
  ...more,
})
const FIELDS: Field[] = [
  named('NAME', { role: 'subject-name', required: true, length: 10 }),
  named('KIND', { role: 'subject-number-kind', type: 'identifier-kind' }),
  named('NUMBER', { role: 'subject-number', type: 'identifier', length: 64 }),
  named('DOC', { role: 'document-number', length: 20 }),
  named('DECIDED', { role: 'decision-date', type: 'date' }),
  named('CONDUCT', { role: 'conduct-date', type: 'date' }),
  named('LEVEL', { type: 'code', codes: 'levels' }),
  named('FINE', { type: 'money', unit: { zh: '万元', en: 'ten thousand yuan' } }),
  named('FACTS', { sensitivity: 'sensitive' }),
]
const ITEM = {
  id: 'penalty',
  subject: 'person',
  nature: 'adverse',
  sources: ['kind:market'],
  fields: FIELDS,
  naturalKey: ['DOC'],
  from: '2021-01-01',
} as unknown as Item
const UNIT = { id: 'market', kind: 'market' } as unknown as Unit
const levels = {
  id: 'levels',
  values: [
    { code: '01', name: { zh: '警告', en: 'Warning' }, alias: ['口头警告'] },
    { code: '02', name: { zh: '罚款', en: 'Fine' } },
  ],
}
const many: Item = { ...ITEM, fields: FIELDS.map((field) => (field.id === 'LEVEL' ? { ...field, many: true } : field)) }
const pack = (...items: Item[]) => ({ items, codes: [levels], fictionalDivisions: ['990101'] }) as unknown as Pack
const TODAY = '2026-06-30'

function judgeOf(items: Item[] = [ITEM], unit: Unit = UNIT, lateBefore?: string) {
  const judge = makeJudge(
    {
      pack: pack(...items),
      item: 'penalty',
      unit,
      today: days(TODAY),
      lateBefore: lateBefore ? days(lateBefore) : undefined,
    },
    FIELDS.map((_, at) => at),
  )
  return (change: Partial<Record<string, string>> = {}) => {
    const row = {
      NAME: '王小衡',
      KIND: '身份证',
      NUMBER: born('1990-05-04'),
      DOC: '衡罚1号',
      DECIDED: '2026-01-05',
      CONDUCT: '',
      LEVEL: '',
      FINE: '',
      FACTS: '',
      ...change,
    }
    return judge(Object.values(row))
  }
}
const born = (birth: string) => makeCitizenNumber({ division: '990101', birth, sequence: 12 })
const judge = judgeOf()
const codes = (change: Partial<Record<string, string>>, of = judge) => {
  const judged = of(change)
  return Array.isArray(judged) ? judged.map(({ field, code }) => `${field} ${code}`) : []
}

test('a sound row is given back in canonical form', () => {
  const judged = judge({
    NAME: '　王小衡 ',
    NUMBER: `  ${born('1990-05-04').toLowerCase()}　`,
    DECIDED: '2026年1月5日',
    LEVEL: '口头警告',
    FINE: '2000元',
    FACTS: ' 事\t实 ',
  })
  assert.ok(!Array.isArray(judged))
  assert.deepEqual(judged.values, [
    '王小衡',
    '身份证',
    born('1990-05-04'),
    '衡罚1号',
    '2026-01-05',
    '',
    '01',
    '0.2',
    '事\t实',
  ])
  assert.deepEqual(
    [judged.kind, judged.number, judged.name, judged.decidedOn, judged.filled, judged.late],
    ['citizen', born('1990-05-04'), '王小衡', '2026-01-05', 8, false],
  )
})

test('every reason to refuse a row, by itself, at its field', () => {
  const wrong: [Partial<Record<string, string>>, string][] = [
    [{ NAME: '　 ' }, 'NAME field-empty'],
    [{ NAME: '王'.repeat(11) }, 'NAME field-too-long'],
    [{ NAME: '王\u0007' }, 'NAME field-control-character'],
    [{ DOC: '衡\u001f1' }, 'DOC field-control-character'],
    [{ FACTS: '\ufffd' }, 'FACTS field-control-character'],
    [{ NUMBER: '' }, 'NUMBER field-empty'],
    [{ NUMBER: born('1990-05-04').slice(0, 17) }, 'NUMBER id-length'],
    [
      { NUMBER: `${born('1990-05-04').slice(0, 17)}${born('1990-05-04').endsWith('1') ? '2' : '1'}` },
      'NUMBER id-check-digit',
    ],
    [{ NUMBER: '9.90101E+17' }, 'NUMBER id-spreadsheet'],
    [{ KIND: '会员卡' }, 'KIND id-kind-unknown'],
    [{ KIND: '统一社会信用代码' }, 'KIND id-kind-unknown'],
    [{ KIND: '护照', NUMBER: '号' }, 'NUMBER passport-format'],
    [{ DOC: '' }, 'DOC field-empty'],
    [{ DECIDED: '' }, 'DECIDED field-empty'],
    [{ DECIDED: '去年' }, 'DECIDED date-unreadable'],
    [{ DECIDED: '2023-02-29' }, 'DECIDED date-unreal'],
    [{ DECIDED: '45000' }, 'DECIDED date-serial'],
    [{ DECIDED: '2026-07-01' }, 'DECIDED date-in-future'],
    [{ DECIDED: '2020-12-31' }, 'DECIDED item-not-in-force'],
    [{ CONDUCT: '昨天' }, 'CONDUCT date-unreadable'],
    [{ LEVEL: '拘留' }, 'LEVEL code-unknown'],
    [{ FINE: '很多' }, 'FINE money-unreadable'],
    [{ FINE: '-1' }, 'FINE money-unreadable'],
    [{ NUMBER: born('2010-05-04') }, 'NUMBER minor'],
  ]
  for (const [change, expected] of wrong) assert.deepEqual(codes(change), [expected], JSON.stringify(change))
  assert.deepEqual(codes({ DECIDED: TODAY }), [], 'decided today')
  assert.deepEqual(codes({ DECIDED: '2021-01-01' }), [], 'on the first day of the item')
})

test('all problems of a row at once, and none of the row before', () => {
  assert.deepEqual(codes({ NAME: '', NUMBER: '1', DECIDED: '2026-13-01', LEVEL: '?' }), [
    'NAME field-empty',
    'DECIDED date-unreal',
    'LEVEL code-unknown',
    'NUMBER id-length',
  ])
  judge({ NUMBER: born('2012-01-01') })
  assert.deepEqual(codes({ NUMBER: '1'.repeat(70) }), ['NUMBER field-too-long'])
  judge({ KIND: '会员卡' })
  assert.deepEqual(codes({ KIND: '' }), [])
})

test('no problem says what stood in the cell', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.constantFrom(...FIELDS.map(({ id }) => id)), (text, id) => {
      const judged = judge({ [id]: `${text}泄` })
      if (Array.isArray(judged)) for (const problem of judged) assert.deepEqual(Object.keys(problem), ['field', 'code'])
    }),
  )
})

test('G1: only under a version of the item in force on the decision date', () => {
  const old = { ...ITEM, from: '2018-01-01', until: '2020-01-01' }
  const of = judgeOf([old, ITEM])
  assert.deepEqual(codes({ DECIDED: '2018-01-01' }, of), [])
  const judged = of({ DECIDED: '2019-12-31' })
  assert.ok(!Array.isArray(judged) && judged.item === old)
  assert.deepEqual(
    codes({ DECIDED: '2020-01-01' }, of),
    ['DECIDED item-not-in-force'],
    '`until` is the first day no longer in force',
  )
  assert.deepEqual(codes({ DECIDED: '2020-12-31' }, of), ['DECIDED item-not-in-force'])
  assert.deepEqual(codes({ DECIDED: '2017-12-31' }, of), ['DECIDED item-not-in-force'])
})

test('G1: only from a unit that the version in force entitles', () => {
  const other = { id: 'transport', kind: 'transport' } as unknown as Unit
  assert.deepEqual(codes({}, judgeOf([ITEM], other)), ['DECIDED unit-not-entitled'])
  const old = { ...ITEM, from: '2018-01-01', until: '2021-01-01', sources: ['transport'] }
  assert.deepEqual(codes({ DECIDED: '2019-05-05' }, judgeOf([old, ITEM], other)), [])
  assert.deepEqual(codes({ DECIDED: '2019-05-05' }, judgeOf([old, ITEM])), ['DECIDED unit-not-entitled'])
})

test('G1: an adverse record without a document is refused, whatever the pack says; another kind is not', () => {
  assert.equal(FIELDS[3]?.required, undefined)
  assert.deepEqual(codes({ DOC: '\u3000' }), ['DOC field-empty'])
  assert.deepEqual(codes({ DOC: '' }, judgeOf([{ ...ITEM, nature: 'favourable' }])), [])
})

test('G2: of age from the day after the 18th birthday on; born on 29 February, from 1 March', () => {
  const at = (birth: string, decided: string, conduct = '') =>
    codes({ NUMBER: born(birth), DECIDED: decided, CONDUCT: conduct })
  assert.deepEqual(at('2008-01-05', '2026-01-05'), ['NUMBER minor'])
  assert.deepEqual(at('2008-01-04', '2026-01-05'), [])
  assert.deepEqual(at('2008-02-29', '2026-02-28'), ['NUMBER minor'])
  assert.deepEqual(at('2008-02-29', '2026-03-01'), [])
  assert.deepEqual(at('2004-02-29', '2022-02-28'), ['NUMBER minor'])
})

test('G2: what a minor did is refused for ever, and no later conduct date makes a decision about a minor acceptable', () => {
  const at = (birth: string, decided: string, conduct = '') =>
    codes({ NUMBER: born(birth), DECIDED: decided, CONDUCT: conduct })
  assert.deepEqual(at('2000-06-01', '2026-01-05', '2018-06-01'), ['NUMBER minor'])
  assert.deepEqual(at('2000-06-01', '2026-01-05', '2018-06-02'), [])
  assert.deepEqual(at('2008-06-01', '2026-05-01', '2026-06-15'), ['NUMBER minor'])
})

test('G2 holds for every birth and every pair of dates', () => {
  const span = fc.integer({ min: days('2021-01-01'), max: days(TODAY) })
  fc.assert(
    fc.property(
      span,
      span,
      fc.option(span),
      fc.option(fc.integer({ min: -2, max: 2 })),
      (far, decided, conduct, near) => {
        // near: within two days of the 18th birthday
        const birth =
          near === null
            ? far - 5_500
            : days(Temporal.PlainDate.from(dateOfDays(decided)).subtract({ years: 18 }).toString()) + near
        const turns = Temporal.PlainDate.from(dateOfDays(birth)).add({ years: 18 }).add({ days: 1 }).toString()
        const first = dateOfDays(Math.min(decided, conduct ?? decided))
        const found = codes({
          NUMBER: born(dateOfDays(birth)),
          DECIDED: dateOfDays(decided),
          CONDUCT: conduct === null ? '' : dateOfDays(conduct),
        })
        assert.deepEqual(found, first >= turns ? [] : ['NUMBER minor'])
      },
    ),
    { numRuns: 500 },
  )
})

test('code lists by code, Chinese or English name or alias, in any row order', () => {
  const words: [string, string][] = [
    ['01', '01'],
    ['警告', '01'],
    ['Warning', '01'],
    ['口头警告', '01'],
    ['罚款', '02'],
    ['Fine', '02'],
  ]
  for (const [text, code] of words) {
    const judged = judge({ LEVEL: text })
    assert.ok(!Array.isArray(judged) && judged.values[6] === code, text)
  }
})

test('late: decided before the day up to which a report is in time', () => {
  const of = judgeOf([ITEM], UNIT, '2026-01-06')
  const late = (decided: string) => {
    const judged = of({ DECIDED: decided })
    assert.ok(!Array.isArray(judged))
    return judged.late
  }
  assert.deepEqual([late('2026-01-05'), late('2026-01-06')], [true, false])
})

test('columns in any order; a missing one is empty', () => {
  const order = FIELDS.map((_, at) => FIELDS.length - 1 - at).filter((at) => FIELDS[at]?.id !== 'FACTS')
  const other = makeJudge(
    { pack: pack(ITEM), item: 'penalty', unit: UNIT, today: days(TODAY), lateBefore: undefined },
    [-1, ...order],
  )
  const row = ['王小衡', '01', born('1990-05-04'), '衡罚1号', '2026-01-05', '', '', '0.5', '']
  const judged = other(['不相干', ...order.map((at) => row[at] ?? '')])
  assert.ok(!Array.isArray(judged))
  assert.deepEqual(judged.values, ['王小衡', '01', born('1990-05-04'), '衡罚1号', '2026-01-05', '', '', '0.5', ''])
})

test('full width numbers and letters are read as what they are', () => {
  const wide = [...born('1990-05-04')].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
  const judged = judge({ NUMBER: wide, DECIDED: '２０２６／１／５', FINE: '０．５' })
  assert.ok(!Array.isArray(judged))
  assert.deepEqual([judged.number, judged.decidedOn, judged.values[7]], [born('1990-05-04'), '2026-01-05', '0.5'])
})

test('several codes in one cell: looked up one by one, stored in the order of the list, where the field allows many', () => {
  const of = judgeOf([many])
  const level = (text: string) => {
    const judged = of({ LEVEL: text })
    return Array.isArray(judged) ? judged.map(({ field, code }) => `${field} ${code}`).join() : judged.values[6]
  }
  for (const text of [
    '警告、罚款',
    '罚款，警告',
    'Fine, Warning',
    '02;01',
    '口头警告；02',
    '罚款|警告|罚款',
    ' 罚款 、 、警告、',
  ])
    assert.equal(level(text), '01、02', text)
  assert.equal(level('罚款、罚款'), '02')
  assert.equal(level('罚款、'), '02')
  assert.equal(level('罚款'), '02')
  for (const text of ['警告、拘留', '、', '警告和罚款', '01 02']) assert.equal(level(text), 'LEVEL code-unknown', text)
  assert.deepEqual(codes({ LEVEL: '警告、罚款' }), ['LEVEL code-unknown'], 'a field for one value')
})

test('joined codes: canonical whatever order and separator, and canonical again when judged again', () => {
  const of = judgeOf([many])
  const word = fc.constantFrom('01', '02', '警告', '罚款', 'Fine', '口头警告')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, fc.constantFrom('、', ',', '，', ';', '；', '|', ' 、 ')), {
        minLength: 1,
        maxLength: 6,
      }),
      (parts) => {
        const judged = of({ LEVEL: parts.flat().join('') })
        assert.ok(!Array.isArray(judged))
        const [value] = judged.values.slice(6)
        assert.ok(['01', '02', '01、02'].includes(value ?? ''))
        const again = of({ LEVEL: value ?? '' })
        assert.ok(!Array.isArray(again) && again.values[6] === value)
      },
    ),
  )
})

test('versions with fields added: each row by the fields of its own version, columns by the newest', () => {
  const newer: Item = {
    ...ITEM,
    from: '2025-01-01',
    fields: [...FIELDS, named('PLACE', { required: true }), named('NOTE', {})],
  }
  const older: Item = { ...ITEM, from: '2021-01-01', until: '2025-01-01' }
  const order = newer.fields.map((_, at) => newer.fields.length - 1 - at)
  for (const items of [
    [older, newer],
    [newer, older],
  ]) {
    const of = makeJudge(
      { pack: pack(...items), item: 'penalty', unit: UNIT, today: days(TODAY), lateBefore: undefined },
      order,
    )
    const row = (decided: string, place: string, note = '') =>
      ['王小衡', '01', born('1990-05-04'), '衡罚1号', decided, '', '01', '', '', place, note].toReversed()
    const now = of(row('2025-01-01', '东衡区', '注'))
    assert.ok(!Array.isArray(now) && now.item === newer)
    assert.deepEqual([now.values.length, now.values.slice(9), now.filled], [11, ['东衡区', '注'], 8])
    assert.deepEqual(of(row('2025-01-01', '')), [{ field: 'PLACE', code: 'field-empty' }])
    const then = of(row('2024-12-31', '东衡区', '\u0007'))
    assert.ok(!Array.isArray(then) && then.item === older)
    // what was not in the catalogue then is not collected, whatever stands there
    assert.deepEqual(
      [then.values, then.filled],
      [['王小衡', '01', born('1990-05-04'), '衡罚1号', '2024-12-31', '', '01', '', ''], 6],
    )
    assert.ok(!Array.isArray(of(row('2024-12-31', ''))))
    const after = of(row('2026-01-05', '西衡区'))
    assert.ok(!Array.isArray(after) && after.values.length === 11 && after.values[10] === '')
  }
})

test('what is wrong with a date comes out by its own name and remedy, in every date field', () => {
  const words = ['date-unreadable', 'date-unreal', 'date-serial', 'date-in-future'] as const
  assert.equal(new Set(words.map((code) => refuse(code).remedy.zh)).size, words.length)
  assert.equal(new Set(words.map((code) => refuse(code).message.en)).size, words.length)
  for (const field of ['DECIDED', 'CONDUCT']) {
    for (const [text, code] of [
      ['2026-02-30', 'date-unreal'],
      ['20260230', 'date-unreal'],
      ['2026年13月1日', 'date-unreal'],
      ['46027', 'date-serial'],
      ['46027.5', 'date-serial'],
      ['五月', 'date-unreadable'],
      ['2026-03', 'date-unreadable'],
    ] as const) {
      assert.deepEqual(codes({ [field]: text }), [`${field} ${code}`], text)
    }
  }
})
