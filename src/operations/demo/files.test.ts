import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile as readBytes, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeJudge } from '#domain/judge.ts'
import { isRefusal } from '#domain/refusal.ts'
import { parseDateText } from '#domain/values.ts'
import { mapHeader } from '#operations/intake/columns.ts'
import { readFile } from '#operations/intake/reading.fixture.ts'
import { loadPack } from '../pack-load.ts'
import { writeDemoFiles } from './files.ts'
import { DEMO_PEOPLE, demoPeople } from './people.ts'

const TODAY = '2026-06-30'
const dir = await mkdtemp(join(tmpdir(), 'xinheng-demo-'))
after(() => rm(dir, { recursive: true }))
const files = await writeDemoFiles(join(dir, 'a'), { today: TODAY })
const pack = await loadPack('demo')
const today = parseDateText(TODAY)
assert.ok(typeof today === 'number')

for (const file of files) {
  test(`${file.unit} ${file.item} ${file.format}: the catalogue takes and refuses what the generator says`, async () => {
    const item = pack.items.find((one) => one.id === file.item)
    const unit = pack.units.find((one) => one.id === file.unit)
    assert.ok(item && unit)
    const reading = readFile(await readBytes(file.path), { fields: item.fields })
    assert.equal(reading.refusal, undefined)
    const columns = mapHeader(reading.header ?? [], item.fields)
    if (file.refusal === 'missing-column') return assert.ok(isRefusal(columns) && columns.code === file.refusal)
    assert.ok(!isRefusal(columns))
    assert.deepEqual(columns.ignored, [])
    const judge = makeJudge({ pack, item: file.item, unit, today, lateBefore: undefined }, columns.fieldOf)
    const keys = new Set<string>()
    const wrong: string[] = [...reading.problems]
    let accepted = 0
    for (const [number, row] of reading.rows) {
      const judged = judge(row)
      if (Array.isArray(judged)) {
        wrong.push(`${number}:${judged.map((problem) => `${problem.field} ${problem.code}`).join()}`)
        continue
      }
      accepted++
      keys.add(
        [
          judged.number,
          ...item.naturalKey.map((id) => judged.values[item.fields.findIndex((field) => field.id === id)]),
        ].join('|'),
      )
    }
    const rows = accepted + wrong.length
    if (file.refusal) {
      assert.ok(wrong.length / rows > item.refuseAbove, 'too few are wrong')
      return
    }
    assert.deepEqual([accepted, wrong.length], [file.expectAccepted, file.expectRefused], wrong.join('\n'))
    assert.ok(wrong.length / rows <= item.refuseAbove)
    assert.equal(keys.size, accepted, 'a natural key comes twice')
  })
}

test('the same seed gives the same files, another one others', async () => {
  const digest = async (where: string, seed: number) => {
    const written = await writeDemoFiles(join(dir, where), { today: TODAY, seed })
    return Promise.all(
      written.map(async ({ path }) =>
        createHash('sha256')
          .update(await readBytes(path))
          .digest('hex'),
      ),
    )
  }
  const [first, second, other] = [await digest('b', 1), await digest('c', 1), await digest('d', 2)]
  assert.deepEqual(first, second)
  for (const [index, sum] of first.entries()) assert.notEqual(sum, other[index])
})

test('a city of the size that was promised, in every form, with its three people', () => {
  const accepted = files.reduce((sum, file) => sum + file.expectAccepted, 0)
  assert.ok(accepted >= 1400 && accepted <= 1700)
  assert.deepEqual([...new Set(files.map((file) => file.format))].toSorted(), [
    'csv',
    'csv-bom',
    'csv-gb18030',
    'ndjson',
    'tsv',
    'xlsx',
  ])
  const people = demoPeople(1)
  assert.equal(new Set(people.map((person) => person.number)).size, 300)
  assert.deepEqual(people.slice(0, 3), Object.values(DEMO_PEOPLE))
})
