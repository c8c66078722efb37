import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { isAdult, parseIdentifier } from '#domain/identity/identifier.ts'
import { isRefusal, REFUSALS } from '#domain/refusal.ts'
import { writeDemoFiles } from '#operations/demo/files.ts'
import { demoOrganisations, demoPeople } from '#operations/demo/people.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { assertNoPersonalData, TODAY, withIntake } from './sending.fixture.ts'

// Files of the demo city changed at random: bytes flipped, removed, inserted, doubled, cut. Intake never throws, never
// takes in an identifier that is not one, never prints anybody's data; and what it does take in can be read and verified.

const SECONDS = 20

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
    const people = [...demoPeople(1), ...demoOrganisations(1).map(({ name, code }) => ({ name, number: code }))]
    const intake = await withIntake(t)
    let runs = 0
    let accepted = 0
    const codes = new Set<string>()

    async function tryOne(index: number, changes: Change[], cuts: number): Promise<void> {
      const file = files[index % files.length] as (typeof files)[number]
      const bytes = changes.reduce(mutate, file.bytes)
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
      else accepted += 1
    }

    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        tryOne,
      ),
      { interruptAfterTimeLimit: SECONDS * 1_000, numRuns: 100_000, endOnFailure: true },
    )
    t.diagnostic(`${runs} files, ${accepted} taken in, ${codes.size} reasons given: ${[...codes].toSorted().join(' ')}`)
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
