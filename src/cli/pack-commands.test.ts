import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Io } from './command.ts'
import { runCli } from './main.ts'

async function run(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', '']
  const io: Io = {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    terminal: false,
    input: process.stdin,
    env: {},
  }
  const code = await runCli(argv, io)
  return { code, out, error }
}

for (const id of ['TJ17', 'BD', 'HN', 'QD', 'TJ19']) {
  test(`pack trace ${id} prints the table and finds no gap`, async () => {
    const { code, out } = await run('pack', 'trace', id)
    assert.equal(code, 0, out)
    assert.match(out, /0 处缺口 gap\(s\)，0 处错引/)
    assert.ok(!out.includes('GAP'))
  })
}

test('pack trace of a document that is none: wrong usage, and which there are', async () => {
  const { code, error } = await run('pack', 'trace', 'XX')
  assert.equal(code, 2)
  assert.match(error, /TJ17, TJ19/)
})

test('pack diff says what changes for whom; pack show is Markdown; both also as data', async () => {
  const diff = await run('pack', 'diff', 'national', 'shandong')
  assert.equal(diff.code, 0)
  assert.match(diff.out, /延长：10个工作日 → 无/)
  const same = await run('pack', 'diff', 'hunan', 'hunan')
  assert.match(same.out, /没有差别/)
  const show = await run('pack', 'show', 'qingdao')
  assert.match(show.out, /^# 青岛市公共信用信息政策包/)
  const data = JSON.parse((await run('pack', 'show', 'qingdao', '--json')).out)
  assert.equal(data.pack.id, 'qingdao')
  assert.equal((await run('pack', 'diff', 'hunan')).code, 2)
  assert.equal((await run('pack', 'show', 'nowhere')).code, 2)
})
