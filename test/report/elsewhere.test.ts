import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCli } from '#test/cli.ts'
import { FIRM } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'
import { textOf, withReports } from './report.fixture.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

test('every kind, by command line and API, is verified where there is nothing but the file and the public key', async (t) => {
  const city = await withReports(t)
  const number = citizenNumber(1)
  await city.report({ item: 'permit-person', decided: '2026-03-01', number, document: '衡许〔2026〕8号' })
  await city.report({ item: 'penalty-person', decided: city.today(), number, document: '衡罚〔2026〕9号' })
  const earlier = Temporal.PlainDate.from(city.today()).subtract({ days: 200 }).toString()
  const old = {
    item: 'penalty-person',
    decided: earlier,
    number,
    document: '衡罚〔2026〕3号',
    values: { CF_CFLB: '03' },
  }
  assert.equal((await city.report(old)).status, 200)
  await city.report({ item: 'permit-organisation', decided: '2026-03-01', number: FIRM, document: '衡许〔2026〕10号' })
  const person = await city.person(number)
  const officer = await city.staff('officer', 'demo-approval')
  // under objection: the mark goes with the record into the report
  const penalties: { id: string; document: string }[] = (await person.call('myArchive')).body.records
  const penalty = penalties.find(({ document }) => document === '衡罚〔2026〕9号')
  const repaired = penalties.find(({ document }) => document === old.document)
  const objected = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: penalty?.id, content: { statement: '与事实不符' } },
  })
  assert.equal(objected.status, 200, objected.text)
  // and another under repair
  const applied = await person.call('startMyCase', {
    body: {
      machine: 'repair',
      kind: 'apply',
      record: repaired?.id,
      content: { facts: '罚款已缴清', statement: '本人承诺守法' },
    },
  })
  assert.equal(applied.status, 200, applied.text)

  const { run, folder } = await openCli(t, city.url, { XINHENG_LEDGER: 'ledger.example/report' })
  const out = (name: string) => join(folder, `${name}.pdf`)
  const commands = {
    personal: ['--as', person.name],
    'no-violations': ['--as', person.name, '--from', '2023-01-01', '--to', city.today()],
    organisation: [
      FIRM,
      '--kind',
      'organisation',
      '--as',
      officer.name,
      '--purpose',
      'approval',
      '--matter',
      '审〔2026〕1号',
    ],
  }
  for (const [kind, line] of Object.entries(commands)) {
    const { code, error } = await run(['report', 'issue', ...line, '--type', kind, '--out', out(kind)])
    assert.equal(code, 0, error)
  }
  const issued = await person.call('issueMyReport', { body: { kind: 'personal' } })
  await writeFile(out('api'), await city.file(person, issued.body.report))

  // another machine: a folder with the files and the key, no database, no installation
  const elsewhere = await mkdtemp(join(tmpdir(), 'xinheng-other-machine-'))
  t.after(() => rm(elsewhere, { recursive: true }))
  await writeFile(join(elsewhere, 'key'), city.keyText)
  const verify = (name: string) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, 'report', 'verify', name, '--key', 'key', '--json'],
      { cwd: elsewhere, env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' },
    )
    return { status, said: JSON.parse(stdout) as { result: string; kind?: string } }
  }
  for (const [kind, name] of [
    ...Object.keys(commands).map((one) => [one, one] as const),
    ['personal', 'api'] as const,
  ]) {
    const file = await readFile(out(name))
    await writeFile(join(elsewhere, 'report.pdf'), file)
    const { status, said } = verify('report.pdf')
    assert.deepEqual([status, said.result, said.kind], [0, 'genuine', kind], name)
    const text = textOf(file).replaceAll('\n', '')
    // both languages; the sections of Credit China; where to check it
    const parts = kind === 'no-violations' ? ['专项'] : ['Public credit report', '行政管理', '严重失信']
    for (const part of parts) assert.ok(text.includes(part), `${name}: ${part}`)
    if (name !== 'organisation')
      for (const mark of ['已提出异议', '已申请信用修复']) assert.ok(text.includes(mark), `${name}: ${mark}`)
  }
  const altered = await readFile(out('personal'))
  altered[3000] = (altered[3000] ?? 0) ^ 1
  await writeFile(join(elsewhere, 'altered.pdf'), altered)
  const { status, said } = verify('altered.pdf')
  assert.deepEqual([status, said.result], [1, 'altered'])
})
