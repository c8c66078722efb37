import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runPackCheck } from './pack-check.ts'

const WRONG = fileURLToPath(new URL('../../test/packs/wrong', import.meta.url))

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  const code = await runPackCheck(args, { write: (part: string) => (text += part) })
  return { code, text }
}

test('all packs of the project are sound: exit 0', async () => {
  const { code, text } = await run()
  assert.equal(code, 0, text)
  for (const id of ['demo', 'hunan', 'national', 'qingdao', 'shandong', 'tianjin', 'tianjin-baodi'])
    assert.match(text, new RegExp(`^${id}  通过`, 'm'))
})

test('a wrong pack: file, line, code, message and remedy; exit 1', async () => {
  const { code, text } = await run('beyond-five-years', '--root', WRONG)
  assert.equal(code, 1)
  assert.match(text, /^wrong\/beyond-five-years\/pack\.yaml:6 {2}display-too-long {2}.+$/m)
  assert.match(text, /→ .+ \/ .+/)
})

test('--json says the same as data', async () => {
  const { code, text } = await run('beyond-five-years', '--root', WRONG, '--json')
  assert.equal(code, 1)
  const { packs } = JSON.parse(text)
  assert.equal(packs[0].problems[0].code, 'display-too-long')
  assert.equal(packs[0].problems[0].line, 6)
})

test('upper packs may lie in another folder', async () => {
  const right = fileURLToPath(new URL('../../test/packs/right', import.meta.url))
  const { code, text } = await run('more-fields', '--root', WRONG, '--root', right)
  assert.equal(code, 1)
  assert.match(text, /more-fields\/pack\.yaml:7 {2}grant-widened/)
})

test('wrong usage: exit 2', async () => {
  assert.equal((await run('--what')).code, 2)
  assert.equal((await run('--root', '/nowhere-at-all')).code, 2)
})
