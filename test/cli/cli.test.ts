import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { COMMANDS } from '#cli/main.ts'
import { openCli } from '#test/cli.ts'
import { withDatabase } from '#test/db.ts'
import { citizenNumber, commitment, commitmentFile } from '#test/people.ts'

async function withCli(t: TestContext) {
  const { url, owner } = await withDatabase(t)
  return { ...(await openCli(t, url)), owner }
}

test('help teaches in both languages; what is unknown is a usage error', async (t) => {
  const { run } = await withCli(t)
  const all = await run([])
  assert.equal(all.code, 0)
  for (const { name, summary } of COMMANDS) {
    assert.ok(all.out.includes(name) && all.out.includes(summary.zh) && all.out.includes(summary.en), name)
    const one = await run([...name.split(' '), '--help'])
    assert.equal(one.code, 0)
    assert.match(one.out, /用法 Usage: xinheng/)
  }
  // a word that begins several commands tells what they are
  for (const [word] of new Set(COMMANDS.map(({ name }) => name.split(' ')).filter(({ length }) => length > 1))) {
    if (word === undefined || COMMANDS.some(({ name }) => name === word)) continue
    const group = await run([word, '--help'])
    assert.equal(group.code, 0, word)
    for (const { name } of COMMANDS) assert.equal(group.out.includes(`  ${name} `), name.startsWith(`${word} `), name)
    assert.equal((await run([word, 'nonsense'])).code, 2)
  }
  assert.equal((await run(['nonsense'])).code, 2)
  const option = await run(['intake', 'x.csv', '--nonsense'])
  assert.equal(option.code, 2)
  assert.match(option.error, /--nonsense/)
  assert.equal((await run(['intake'])).code, 2)
  assert.equal((await run(['intake', 'x.csv', '--unit', 'demo-market'])).code, 2)
  assert.equal((await run(['intake', '/nowhere/x.csv', '--unit', 'demo-market', '--item', 'commitment'])).code, 2)
})

test('intake: dry run, accepted, again, and the list of refused rows without personal data', async (t) => {
  const { run, folder, owner } = await withCli(t)
  const rows = Array.from({ length: 40 }, (_, at) => commitment(at))
  const wrong = { ...commitment(40), number: citizenNumber(40).replace(/.$/, (last) => (last === '1' ? '2' : '1')) }
  const file = join(folder, 'commitments.csv')
  await writeFile(file, commitmentFile([...rows, wrong]))
  const line = ['intake', file, '--item', 'commitment', '--unit', 'demo-market']

  const dry = await run([...line, '--dry-run', '--json'])
  assert.equal(dry.code, 1, dry.error)
  assert.deepEqual([JSON.parse(dry.out).status, JSON.parse(dry.out).new], ['dry-run', 40])
  const counted = async () => (await owner.query('select count(*)::integer as n from xinheng.record')).rows[0].n
  assert.equal(await counted(), 0)

  const errors = join(folder, 'errors.csv')
  const taken = await run([...line, '--errors', errors])
  assert.equal(taken.code, 1)
  assert.match(taken.out, /新增 new 40/)
  assert.equal(await counted(), 40)
  const list = await readFile(errors, 'utf8')
  assert.match(list, /^\ufeff/)
  assert.match(list, /42,ZJHM,id-check-digit|41,ZJHM,id-check-digit/)
  for (const text of [list, taken.out, taken.error, dry.out]) assert.doesNotMatch(text, /990101|测/)

  const again = JSON.parse((await run([...line, '--json'])).out)
  assert.equal(again.status, 'again')
  const { rows: senders } = await owner.query(
    'select a.name from xinheng.submission s join xinheng.account a on a.num = s.actor',
  )
  assert.deepEqual(senders, [{ name: 'system.demo-market' }])

  await writeFile(file, 'a,b\r\n1,2\r\n')
  const refused = await run([...line, '--json'])
  assert.equal(refused.code, 1)
  assert.equal(JSON.parse(refused.out).refusal.code, 'no-header')
  const stranger = await run(['intake', file, '--item', 'commitment', '--unit', 'demo-court'])
  assert.equal(stranger.code, 1)
  assert.match(stranger.error, /→/)
})

test('accounts: opened with what is typed, listed, used, closed', async (t) => {
  const { run } = await withCli(t)
  const opened = await run(
    ['account', 'add', 'zhang', '--unit', 'demo-market', '--roles', 'clerk,officer', '--zh', '张', '--json'],
    'a-password\n',
  )
  assert.equal(opened.code, 0, opened.error)
  const person = await run(['account', 'add', 'someone', '--person'], `${citizenNumber(3)}\na-password\n`)
  assert.equal(person.code, 0, person.error)
  assert.doesNotMatch(person.out + person.error, /990101|a-password/)
  const short = await run(['account', 'add', 'li', '--unit', 'demo-market', '--roles', 'clerk'], 'abc\n')
  assert.equal(short.code, 1)
  assert.equal((await run(['account', 'add', 'li'], '')).code, 2)
  const token = await run(['account', 'token', 'zhang'])
  assert.match(token.out, /^[\w-]{43}\n$/)
  const list = JSON.parse((await run(['account', 'list', '--json'])).out)
  assert.deepEqual(
    list.map(({ name, roles }: { name: string; roles: string[] }) => [name, roles]),
    [
      ['zhang', ['clerk', 'officer']],
      ['someone', ['person']],
    ],
  )
  assert.equal((await run(['account', 'close', 'zhang'])).code, 0)
  assert.match((await run(['account', 'list'])).out, /zhang\tdemo-market\tclerk,officer\tclosed/)
  assert.equal((await run(['account', 'close', 'nobody'])).code, 1)
})

test('a database that is not there is exit code 3, and says what to do', async (t) => {
  const { run, env } = await withCli(t)
  const url = new URL(env.DATABASE_URL)
  url.pathname = '/no_such_database'
  const answer = await run(['account', 'list'], '', { ...env, DATABASE_URL: url.href })
  assert.equal(answer.code, 3)
  assert.match(answer.error, /migrate/)
})
