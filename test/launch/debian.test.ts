import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { compact } from '#operations/compact.ts'
import { today } from '#operations/system.ts'
import { verify } from '#operations/verify.ts'
import { commitment } from '#test/people.ts'
import { accepted, nameOf, withOffice } from '../operations/office.ts'
import { erase } from '#operations/erase.ts'
import { withdraw } from '#operations/withdraw.ts'

// PostgreSQL from 15 on by DATABASE_URL: the same on the one that a Debian machine has, where it has one.

const HOME = '/usr/lib/postgresql'

/** The oldest one installed that is supported. */
const found = existsSync(HOME)
  ? readdirSync(HOME)
      .filter((name) => Number(name) >= 15 && existsSync(join(HOME, name, 'bin/initdb')))
      .toSorted((a, b) => Number(a) - Number(b))[0]
  : undefined

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

// registered here and not where it starts: there it would belong to the test that runs, and end before its databases
let stop: (() => void) | undefined
after(() => stop?.())

/** A cluster of its own in the temporary folder, by the account of the package; the superuser's URL. */
async function startDebian(version: string): Promise<string> {
  const bin = join(HOME, version, 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-debian-'))
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const who = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid)
  const run = (name: string, ...args: string[]) =>
    execFileSync(join(bin, name), args, { cwd: folder, stdio: 'ignore', ...who })
  run('initdb', '-D', 'data', '-U', 'postgres', '--auth', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync')
  const port = await freePort()
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
  run('pg_ctl', '-D', 'data', '-w', '-l', 'log', '-o', settings, 'start')
  stop = () => {
    run('pg_ctl', '-D', 'data', '-m', 'immediate', 'stop')
    rmSync(folder, { recursive: true, force: true })
  }
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

test(
  'on the PostgreSQL of Debian: migrations, intake, look-up, the person, withdrawal, erasure, order, ledger and every check',
  { skip: found === undefined ? 'no PostgreSQL 15 or later of Debian is installed here' : false },
  async (t) => {
    process.env['XINHENG_TEST_DATABASE'] = await startDebian(found ?? '')
    const office = await withOffice(t, 300)
    const { rows } = await office.owner.query<{ version: string }>(
      'select split_part(current_setting($$server_version$$), $$.$$, 1) as version',
    )
    assert.equal(rows[0]?.version, found)
    await office.send([{ ...commitment(0), decided: '2026-03-02' }])
    assert.equal(accepted(await office.lookUp(1)).records.length, 1)
    assert.equal(accepted(await office.own(1)).records.length, 1)
    assert.equal(accepted(await office.past(1)).records.length, 1)
    accepted(await withdraw(office.system, { actor: office.clerk, ...nameOf(2), reason: '报送有误' }))
    accepted(
      await erase(office.system, office.role('xinheng_eraser'), {
        actor: office.admin,
        ...nameOf(3),
        matter: '删1',
        reason: '本人申请',
      }),
    )
    assert.equal(accepted(await office.lookUp(2)).records.length, 0)
    await compact(office.owner, {})
    await office.sequence()
    assert.deepEqual(await office.ledger(), [])
    const verdicts = await verify({ pool: office.owner, keys: office.keys, today: today(office.system) })
    assert.deepEqual(
      verdicts.filter(({ findings }) => findings.length > 0).map(({ check }) => check.id),
      [],
    )
  },
)
