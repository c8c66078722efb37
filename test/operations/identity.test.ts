import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { createAccount } from '#operations/accounts.ts'
import { DEMO_PEOPLE } from '#operations/demo/people.ts'
import { startDemoPopulation } from '#operations/population-demo.ts'
import { populationFromEnv } from '#operations/population.ts'
import { openSystem, type System } from '#operations/system.ts'
import { citizenNumber } from '#test/people.ts'
import { withDatabase } from '#test/db.ts'

const { wang, li } = DEMO_PEOPLE
const PASSWORD = 'test-password'

test('R2: an account of a person only where the population database confirms number and name', async (t) => {
  const { system, owner } = await withDatabase(t)
  const responder = await startDemoPopulation([wang, li])
  t.after(() => responder.stop())
  let serial = 0
  const open = async (of: System, number: string, zh: string, kind: 'citizen' | 'passport' = 'citizen') => {
    const name = `person-${(serial += 1)}`
    const made = await createAccount(
      of,
      { actor: null, db: owner },
      { name, display: { zh, en: name }, password: PASSWORD, kind, number },
    )
    if (isRefusal(made)) {
      assert.ok(!JSON.stringify(made).includes(number) && !JSON.stringify(made).includes(zh), 'no personal data')
      const { rowCount } = await owner.query('select from xinheng.account where name = $1', [name])
      assert.equal(rowCount, 0, 'nothing is left of it')
    }
    return isRefusal(made) ? made.code : 'opened'
  }
  const checked: System = { ...system, population: responder.check }
  assert.equal(await open(checked, wang.number, li.name), 'identity-no-match')
  assert.equal(await open(checked, citizenNumber(), wang.name), 'identity-no-match', 'a number nobody knows')
  assert.equal(await open(checked, 'E12345678', wang.name, 'passport'), 'identity-no-match')
  assert.equal(await open(checked, wang.number.toLowerCase(), wang.name), 'opened')
  const staff = {
    name: 'staff',
    display: { zh: '职员', en: 'Staff' },
    password: PASSWORD,
    unit: 'demo-market',
    roles: ['clerk'],
  }
  assert.ok(!isRefusal(await createAccount(checked, { actor: null, db: owner }, staff)), 'staff are not asked about')

  const down = createServer((_, response) => response.writeHead(503).end())
  down.listen(0, '127.0.0.1')
  await once(down, 'listening')
  t.after(() => down.close())
  const address = down.address()
  assert.ok(typeof address === 'object' && address !== null)
  const env = { XINHENG_POPULATION_URL: `http://127.0.0.1:${address.port}/`, XINHENG_POPULATION_KEY: 'k' }
  assert.equal(
    await open({ ...system, population: populationFromEnv(env) }, li.number, li.name),
    'identity-unavailable',
  )
  assert.equal(await open(checked, li.number, li.name), 'opened')
  assert.equal(system.population, undefined)
  assert.equal(await open(system, citizenNumber(), '某人'), 'opened', 'where none is connected nobody is asked')
})

test('the check comes from the environment; an address without its key is a mistake', async (t) => {
  assert.equal(populationFromEnv({}), undefined)
  assert.throws(() => populationFromEnv({ XINHENG_POPULATION_URL: 'https://population.invalid/' }), /KEY/)
  assert.throws(
    () => populationFromEnv({ XINHENG_POPULATION_URL: 'http://population.invalid/', XINHENG_POPULATION_KEY: 'k' }),
    /https/,
  )
  const { url, keys } = await withDatabase(t)
  process.env['XINHENG_POPULATION_URL'] = 'https://population.invalid/'
  process.env['XINHENG_POPULATION_KEY'] = 'k'
  t.after(() => {
    delete process.env['XINHENG_POPULATION_URL']
    delete process.env['XINHENG_POPULATION_KEY']
  })
  const system = await openSystem({ ownerUrl: url, keys, poolSize: 1, lanes: 1 })
  assert.ok(system.population)
  await system.close()
})
