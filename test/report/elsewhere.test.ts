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
  await city.report({ item: 'permit-organisation', decided: '2026-03-01', number: FIRM, document: '衡许〔2026〕10号' })
  const person = await city.person(number)
  const officer = await city.staff('officer', 'demo-approval')
  // under objection: the mark goes with the record into the report
  const [penalty] = (await person.call('myArchive')).body.records.filter(
    ({ item }: { item: string }) => item === 'penalty-person',
  )
  const objected = await person.call('startMyCase', {
    body: { machine: 'objection', kind: 'open', record: penalty.id, content: { statement: '与事实不符' } },
  })
  assert.equal(objected.status, 200, objected.text)

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
    if (name !== 'organisation') assert.match(text, /已提出异议|异议/, `${name}: the mark of the objection`)
  }
  const altered = await readFile(out('personal'))
  altered[3000] = (altered[3000] ?? 0) ^ 1
  await writeFile(join(elsewhere, 'altered.pdf'), altered)
  const { status, said } = verify('altered.pdf')
  assert.deepEqual([status, said.result], [1, 'altered'])
})
