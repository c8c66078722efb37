import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { isAdult, parseIdentifier } from '#domain/identity/identifier.ts'
import { isRefusal, REFUSALS } from '#domain/refusal.ts'
import { writeDemoFiles } from '#operations/demo/files.ts'
import { demoOrganisations, demoPeople } from '#operations/demo/people.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'
import { assertNoPersonalData, TODAY, withIntake } from './sending.fixture.ts'

// Files of the demo city changed at random: bytes flipped, removed, inserted, doubled, cut. Intake never throws, never
// takes in an identifier that is not one, never prints anybody's data; and what it does take in can be read and verified.

const SECONDS = 20
const FORMS = ['csv', 'csv-bom', 'csv-gb18030', 'ndjson', 'tsv', 'xlsx']

type Change = { kind: 'flip' | 'remove' | 'insert' | 'repeat' | 'cut'; at: number; length: number; bytes: Uint8Array }
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'flip', 'remove', 'insert', 'insert', 'repeat', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(
    { weight: 5, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.nat(40) },
    { weight: 1, arbitrary: fc.nat(3_000) },
  ),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc
      .constantFrom(
        '"',
        '\n',
        '\r\n',
        ',',
        '\t',
        '\0',
        '\u001f',
        '\ufeff',
        '{',
        '}',
        '":"',
        '\\',
        '\u3000',
        '1',
        '１',
        'X',
      )
      .map((text) => Uint8Array.from(Buffer.from(text))),
  ),
})

/** A workbook with one change in one of its parts: past the archive, which would be refused for its sums alone. */
function mutateInside(file: Buffer, one: Change, which: number): Buffer {
  const parts = unzipSync(file)
  const names = Object.keys(parts).toSorted()
  // the sheet and its strings more often than the rest
  const telling = names.filter((name) => /sheet1|sharedStrings/.test(name))
  const name = (which % 3 === 0 ? names : telling)[which % (which % 3 === 0 ? names : telling).length] ?? ''
  parts[name] = Uint8Array.from(mutate(Buffer.from(parts[name] ?? []), one))
  return Buffer.from(zipSync(parts, { level: 0 }))
}

/** A file with one change, more often near its beginning, where the names of the columns stand. */
function mutate(file: Buffer, { kind, at, length, bytes }: Change): Buffer {
  const from = Math.floor(at * at * (file.length + 1))
  const [before, after] = [file.subarray(0, from), file.subarray(from)]
  switch (kind) {
    case 'flip':
      return Buffer.concat([before, after.subarray(0, 1).map((byte) => byte ^ (bytes[0] ?? 1)), after.subarray(1)])
    case 'remove':
      return Buffer.concat([before, after.subarray(length)])
    case 'insert':
      return Buffer.concat([before, bytes, after])
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, length), after])
    case 'cut':
      return before
    default:
      throw kind satisfies never
  }
}

test(
  'changed at random, a file is taken in, row by row or not at all, and never more than that',
  { timeout: 120_000 },
  async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'xinheng-fuzz-'))
    t.after(() => rm(dir, { recursive: true }))
    const files = await Promise.all(
      (await writeDemoFiles(dir, { today: TODAY })).map(async (file) => ({
        ...file,
        bytes: await readFile(file.path),
      })),
    )
    // the plain file of the demo is one that is refused whole
    const plain = Array.from({ length: 150 }, (_, at) => commitment(at))
    const named = {
      bytes: Buffer.from(commitmentFile(plain)),
      item: 'commitment',
      unit: 'demo-market',
      path: join(dir, 'plain.csv'),
    } as const
    const [model] = files
    if (model) files.push({ ...model, ...named, format: 'csv' })
    const people = [
      ...demoPeople(1),
      ...demoOrganisations(1).map(({ name, code }) => ({ name, number: code })),
      ...plain,
    ]
    const intake = await withIntake(t)
    let runs = 0
    let accepted = 0
    const tried = new Map<string, { files: number; accepted: number }>()
    const codes = new Set<string>()

    async function tryOne(index: number, changes: Change[], cuts: number, which: number): Promise<void> {
      const those = files.filter(({ format }) => format === FORMS[which % FORMS.length])
      const file = those[index % those.length] as (typeof files)[number]
      const inside = file.path.endsWith('.xlsx') && index % 4 !== 0
      const bytes = changes.reduce<Buffer>(
        (before, one) => (inside ? mutateInside(before, one, which) : mutate(before, one)),
        file.bytes,
      )
      const form = tried.get(file.format) ?? { files: 0, accepted: 0 }
      tried.set(file.format, form)
      form.files += 1
      async function* pieces() {
        const size = Math.max(1, Math.ceil(bytes.length / cuts))
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      runs += 1
      const outcome = await intake.send(pieces(), {
        item: file.item,
        unit: file.unit,
        fileName: basename(file.path),
        key: `fuzz ${runs}`,
      })
      assertNoPersonalData(JSON.stringify(outcome), people)
      const problems = isRefusal(outcome) ? (outcome.receipt?.problems ?? []) : outcome.problems
      const item = intake.system.reference.pack.items.find(({ id }) => id === file.item)
      for (const problem of problems) {
        codes.add(problem.code)
        assert.deepEqual(Object.keys(problem).toSorted(), ['code', 'field', 'row'])
        assert.ok(Object.hasOwn(REFUSALS, problem.code), problem.code)
        assert.ok(
          problem.field === '' || item?.fields.some(({ id }) => id === problem.field),
          'a field of no catalogue',
        )
      }
      if (isRefusal(outcome)) codes.add(outcome.code)
      else {
        accepted += 1
        form.accepted += 1
      }
    }

    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1_000),
        tryOne,
      ),
      { interruptAfterTimeLimit: SECONDS * 1_000, numRuns: 100_000, endOnFailure: true },
    )
    t.diagnostic(`${runs} files, ${accepted} taken in, ${codes.size} reasons given: ${[...codes].toSorted().join(' ')}`)
    // every form that departments send, and of most some were taken in after all
    assert.deepEqual([...tried.keys()].toSorted(), FORMS)
    const taken = [...tried.values()].filter((of) => of.accepted > 0).length
    assert.ok(taken >= 3, JSON.stringify([...tried]))
    assert.ok(runs > 50 && accepted > 0 && codes.size > 10, `${runs} runs, ${accepted} accepted, ${codes.size} codes`)

    const context = { today: TODAY, allowFictional: intake.system.reference.pack.fictionalDivisions }
    const identities = await intake.identities()
    assert.ok(identities.length > 100)
    for (const { kind, number } of identities) {
      const identifier = parseIdentifier(KIND_NUMBERS[kind] ?? 'citizen', number, context)
      assert.ok(!isRefusal(identifier) && identifier.number === number, 'an identifier that is none was taken in')
      if (identifier.birth) assert.ok(isAdult(identifier.birth, TODAY))
    }
    await intake.check()
    const { rows } = await intake.owner.query('select * from xinheng.submission_error')
    const { rows: kept } = await intake.owner.query(`select num, key, refusal from xinheng.submission`)
    assertNoPersonalData(JSON.stringify([rows, kept]), people)
  },
)

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** GB 11643 by hand: eighteen characters, a real day of an adult, the check digit; people write it full width, small and with spaces. */
function isCitizenNumber(text: string): boolean {
  const clean = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (!/^990101(19|20)\d{9}[\dX]$/.test(clean)) return false
  const [year, month, day] = [clean.slice(6, 10), clean.slice(10, 12), clean.slice(12, 14)].map(Number)
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day))
  if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day || (year ?? 0) > 2005) return false
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(clean[at]), 0)
  return '10X98765432'[sum % 11] === clean[17]
}

test('numbers as people mistype them: taken in are exactly those that are one, whatever the row around them', async (t) => {
  const intake = await withIntake(t)
  const slip: fc.Arbitrary<(number: string) => string> = fc
    .tuple(fc.constantFrom('digit', 'swap', 'drop', 'double', 'wide', 'small', 'space', 'year'), fc.nat(17), fc.nat(9))
    .map(([kind, at, digit]) => (number: string) => {
      switch (kind) {
        case 'digit':
          return `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
        case 'swap':
          return `${number.slice(0, at)}${number[at + 1] ?? ''}${number[at] ?? ''}${number.slice(at + 2)}`
        case 'drop':
          return number.slice(0, at) + number.slice(at + 1)
        case 'double':
          return number.slice(0, at + 1) + number.slice(at)
        case 'wide':
          return number.replace(/\d/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0))
        case 'small':
          return number.toLowerCase()
        case 'space':
          return `${number.slice(0, at)} ${number.slice(at)}`
        default:
          return `${number.slice(0, 6)}${2000 + digit}${number.slice(10)}`
      }
    })
  const slips = fc.sample(slip, { numRuns: 300, seed: Number(process.env['FUZZ_SEED'] ?? 20_260_630) })
  // few enough wrong ones that the file is not refused whole
  const rows = Array.from({ length: 6_000 }, (_, at) => {
    const row = commitment(at)
    const slipped = at % 20 === 0 ? slips[at / 20] : undefined
    return slipped ? { ...row, number: slipped(citizenNumber(at)) } : row
  })
  const receipt = await intake.accept(commitmentFile(rows))
  const wrong = rows.flatMap(({ number }, at) => (isCitizenNumber(number) ? [] : [at + 1]))
  const { rows: refused } = await intake.owner.query<{ row: number }>(
    'select distinct row from xinheng.submission_error where submission = $1 order by row',
    [receipt.submission],
  )
  assert.ok(wrong.length > 100 && wrong.length < 300, String(wrong.length))
  assert.deepEqual(
    refused.map(({ row }) => row),
    wrong,
  )
  assert.equal(receipt.refused, wrong.length)
  await intake.check()
})
