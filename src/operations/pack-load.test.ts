import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { PACK_PROBLEMS } from '#domain/pack-problem.ts'
import { packJsonSchema } from '#domain/pack.ts'
import { deriveReference } from './load-pack.ts'
import { checkPack, loadPack } from './pack-load.ts'

const PACKS = fileURLToPath(new URL('../../test/packs', import.meta.url))
const ROOT = [join(PACKS, 'wrong'), join(PACKS, 'right')]
const WRONG = await readdir(join(PACKS, 'wrong'))

/** `# expect: code @line` in any file of the folder. */
async function expected(name: string): Promise<string[]> {
  const found: string[] = []
  for (const file of (await readdir(join(PACKS, 'wrong', name))).toSorted()) {
    const text = await readFile(join(PACKS, 'wrong', name, file), 'utf8')
    for (const [, code, line] of text.matchAll(/^# expect: (\S+) @(\d+)$/gm))
      found.push(`wrong/${name}/${file}:${line} ${code}`)
  }
  return found
}

for (const name of WRONG) {
  test(`wrong pack ${name} is refused, at its line and for its reason alone`, async () => {
    const problems = await checkPack(name, { root: ROOT })
    assert.deepEqual(
      problems.map(({ file, line, code }) => `${file}:${line} ${code}`),
      await expected(name),
    )
    for (const { message, remedy } of problems) {
      for (const text of [message.zh, message.en, remedy.zh, remedy.en])
        assert.ok(text.length > 0 && !text.includes('{}'), text)
    }
    await assert.rejects(loadPack(name, { root: ROOT }), /does not pass/)
  })
}

test('the corpus has a wrong pack for every reason to refuse one', async () => {
  const shown = new Set((await Promise.all(WRONG.map(expected))).flat().map((line) => line.split(' ')[1]))
  const missing = Object.keys(PACK_PROBLEMS).filter((code) => !shown.has(code))
  // a pack that does not exist has no folder to stand in
  assert.deepEqual(missing, ['pack-unknown'])
  assert.deepEqual(
    (await checkPack('nowhere', { root: ROOT })).map(({ code }) => code),
    ['pack-unknown'],
  )
})

test('the published schema is the one generated from the shapes', async () => {
  const published = await readFile(new URL('../../policy/pack.schema.json', import.meta.url), 'utf8')
  assert.ok(published === `${JSON.stringify(packJsonSchema(), null, 2)}\n`, 'run scripts/make-pack-schema.ts')
})

for (const id of ['national', 'tianjin', 'tianjin-baodi', 'hunan', 'shandong', 'qingdao', 'demo']) {
  test(`pack ${id} passes its check`, async () => {
    assert.deepEqual(await checkPack(id), [])
    assert.equal((await loadPack(id)).id, id)
  })
}

test('an abolished unit looks at nothing: what may be seen is granted to units in force', async () => {
  const pack = await loadPack('demo')
  const unit = pack.units.find(({ id }) => id === 'demo-approval')
  assert.ok(unit)
  const granted = (day: string) => deriveReference(pack, day).visible.some((row) => row.unit === unit.id)
  assert.ok(granted('2026-03-02'))
  const abolished = { ...pack, units: pack.units.map((one) => (one === unit ? { ...one, until: '2026-03-02' } : one)) }
  assert.ok(!deriveReference(abolished, '2026-03-02').visible.some((row) => row.unit === unit.id))
  assert.ok(deriveReference(abolished, '2026-03-01').visible.some((row) => row.unit === unit.id))
})
