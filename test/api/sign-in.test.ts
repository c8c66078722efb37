import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeAccount, createAccount, type Keeper } from '#operations/accounts.ts'
import { issueToken } from '#operations/sign-in.ts'
import { isRefusal } from '#domain/refusal.ts'
import { PASSWORD, withApi } from '#test/api.ts'
import { citizenNumber } from '#test/people.ts'

test('signs in and out; the cookie cannot be read by scripts nor sent across sites; the table holds no token', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const answer = await api.signIn(clerk.name, PASSWORD)
  const cookie = answer.headers.getSetCookie()[0] ?? ''
  assert.match(cookie, /^xinheng=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  assert.equal(answer.body.unit.id, 'demo-market')
  assert.equal(answer.body.kind, 'staff')
  const { rows } = await api.owner.query<{ all: string }>(
    'select string_agg(s::text, chr(10)) as all from xinheng.session s',
  )
  assert.doesNotMatch(rows[0]?.all ?? '', new RegExp(cookie.slice(8, 51)))
  assert.equal((await clerk.call('whoami')).status, 200)
  assert.deepEqual((await clerk.call('signOut')).body, { ended: true })
  assert.equal((await clerk.call('whoami')).status, 401)
})

test('signing in again ends the session the browser had', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  assert.equal((await api.signIn(clerk.name, PASSWORD, { cookie: clerk.cookie })).status, 200)
  assert.equal((await clerk.call('whoami')).status, 401)
})

test('an unknown name and a wrong password get the same answer in the same time', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const time = async (name: string) => {
    const start = performance.now()
    const { status, text } = await api.signIn(name, 'wrong-password')
    return { status, text, ms: performance.now() - start }
  }
  await time('warming-up')
  const [known, unknown] = [
    [await time(clerk.name), await time(clerk.name)],
    [await time('nobody-1'), await time('nobody-2')],
  ]
  assert.deepEqual(
    known.map(({ status, text }) => [status, text]),
    unknown.map(({ status, text }) => [status, text]),
  )
  const least = (times: { ms: number }[]) => Math.min(...times.map(({ ms }) => ms))
  // both have hashed a password, which takes most of the time
  assert.ok(least(unknown) > least(known) * 0.5, `${least(unknown)} ms against ${least(known)} ms`)
})

test('failures lock a name, known or not, and are kept without it; the right password does not help until then', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  for (const name of [clerk.name, 'no-such-name']) {
    for (let n = 0; n < 5; n += 1) assert.equal((await api.signIn(name, 'wrong')).body.code, 'sign-in-failed')
    const locked = await api.signIn(name, PASSWORD)
    assert.equal(locked.status, 429)
    assert.equal(locked.body.code, 'sign-in-locked')
  }
  const { rows } = await api.owner.query<{ all: string }>(
    'select string_agg(a::text, chr(10)) as all from xinheng.sign_in_attempt a',
  )
  assert.doesNotMatch(rows[0]?.all ?? '', /no-such-name|127\.0\.0\.1/)
  await api.owner.query(`update xinheng.sign_in_attempt set at = at - interval '31 seconds'`)
  assert.equal((await api.signIn(clerk.name, PASSWORD)).status, 200)
  // the next failure after a success counts from one again
  assert.equal((await api.signIn(clerk.name, 'wrong')).body.code, 'sign-in-failed')
  assert.equal((await api.signIn(clerk.name, PASSWORD)).status, 200)
})

test('many guesses at once do not get past the count', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const answers = await Promise.all(Array.from({ length: 40 }, () => api.signIn(clerk.name, 'wrong')))
  const judged = answers.filter(({ body }) => body.code === 'sign-in-failed').length
  assert.equal(judged, 5)
  assert.equal((await api.signIn(clerk.name, PASSWORD)).body.code, 'sign-in-locked')
})

test('a session ends: after idling, at its latest instant, with its account', async (t) => {
  let ahead = 0
  const api = await withApi(t, { now: () => Temporal.Now.instant().add({ seconds: ahead }) })
  const [idle, long, closed] = [await api.as('clerk'), await api.as('clerk'), await api.as('clerk')]
  await closeAccount({ actor: null, db: api.owner }, closed.name)
  api.app.sessions.forget(closed.account)
  assert.equal((await closed.call('whoami')).status, 401)
  assert.equal((await api.signIn(closed.name, PASSWORD)).body.code, 'sign-in-failed')
  ahead = 31 * 60
  assert.equal((await idle.call('whoami')).status, 401)
  await api.owner.query(`update xinheng.session set seen_at = seen_at + interval '12 hours 1 minute'`)
  ahead = 11 * 3600
  assert.equal((await long.call('whoami')).status, 200)
  ahead = 12 * 3600 + 1
  assert.equal((await long.call('whoami')).status, 401)
})

test('what ends elsewhere is seen within seconds', async (t) => {
  let ahead = 0
  const api = await withApi(t, { now: () => Temporal.Now.instant().add({ seconds: ahead }) })
  const clerk = await api.as('clerk')
  assert.equal((await clerk.call('whoami')).status, 200)
  await closeAccount({ actor: null, db: api.owner }, clerk.name)
  ahead = 6
  assert.equal((await clerk.call('whoami')).status, 401)
})

test('a machine has a bearer token: no cookie, no x-csrf; neither serves as the other', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const issued = await issueToken(api.system, clerk.name, 30)
  assert.ok(!isRefusal(issued))
  const bearer = { authorization: `Bearer ${issued.token}` }
  const body = { item: 'nothing', values: {} }
  assert.equal((await api.nobody.call('whoami', { headers: bearer })).status, 200)
  assert.equal((await api.nobody.call('record', { headers: bearer, body })).body.code, 'unknown-item')
  assert.equal((await api.nobody.call('whoami', { headers: { cookie: `xinheng=${issued.token}` } })).status, 401)
  const cookie = clerk.cookie.split('=')[1] ?? ''
  assert.equal((await api.nobody.call('whoami', { headers: { authorization: `Bearer ${cookie}` } })).status, 401)
})

test('another site cannot act, nor sign someone in', async (t) => {
  const api = await withApi(t)
  const clerk = await api.as('clerk')
  const body = { item: 'nothing', values: {} }
  const others: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ]
  for (const headers of others) {
    assert.equal((await clerk.call('record', { body, headers })).body.code, 'csrf')
    assert.equal((await api.signIn(clerk.name, PASSWORD, headers)).body.code, 'csrf')
  }
  assert.equal(
    (await clerk.call('record', { body, headers: { origin: api.base, 'sec-fetch-site': 'same-origin' } })).body.code,
    'unknown-item',
  )
  assert.equal((await clerk.call('record', { body, headers: { 'x-csrf': 'another' } })).body.code, 'csrf')
})

test('over https the cookie is bound to the host', async (t) => {
  const api = await withApi(t, { trustProxy: '127.0.0.1' })
  const clerk = await api.as('clerk')
  const answer = await api.signIn(clerk.name, PASSWORD, { 'x-forwarded-proto': 'https' })
  assert.match(
    answer.headers.getSetCookie()[0] ?? '',
    /^__Host-xinheng=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
})

test('accounts: who may open one, names, roles and persons; the app role cannot change what one is', async (t) => {
  const api = await withApi(t)
  const { system, owner } = api
  const make = (change: object, keeper: Keeper = { actor: null, db: owner }) =>
    createAccount(system, keeper, {
      name: 'someone',
      display: { zh: '某', en: 'S' },
      password: PASSWORD,
      unit: 'demo-market',
      roles: ['clerk'],
      ...change,
    })
  const codeOf = async (answer: ReturnType<typeof make>) => {
    const value = await answer
    return isRefusal(value) ? value.code : 'made'
  }
  assert.equal(await codeOf(make({ name: citizenNumber() })), 'account-name')
  assert.equal(await codeOf(make({ password: 'abc' })), 'password-short')
  assert.equal(await codeOf(make({ unit: 'nowhere' })), 'unknown-unit')
  assert.equal(await codeOf(make({ roles: ['king'] })), 'unknown-role')
  assert.equal(await codeOf(make({ roles: ['person'] })), 'unknown-role')
  assert.equal(await codeOf(make({ roles: ['auditor', 'officer'] })), 'roles-together')
  assert.equal(await codeOf(make({ roles: ['court'] })), 'not-allowed')
  assert.equal(await codeOf(make({})), 'made')
  assert.equal(await codeOf(make({})), 'account-exists')
  const number = citizenNumber()
  const person = (name: string) =>
    createAccount(
      system,
      { actor: null, db: owner },
      { name, display: { zh: '人', en: 'P' }, password: PASSWORD, kind: 'citizen', number },
    )
  assert.ok(!isRefusal(await person('person-1')))
  assert.equal(((await person('person-2')) as { code: string }).code, 'account-exists')

  // over the app's connection only an administrator's account may open others
  const [clerk, admin] = [await api.as('clerk'), await api.as('admin')]
  const byApp = (actor: number | null) => codeOf(make({ name: 'by-app' }, { actor, db: system.pool }))
  assert.equal(await byApp(null), 'not-allowed')
  assert.equal(await byApp(clerk.account), 'not-allowed')
  assert.equal(await byApp(admin.account), 'made')
  for (const sql of [
    `update xinheng.account set subject = null`,
    `update xinheng.account set unit = 1`,
    `update xinheng.account set roles = '{admin}'`,
    `update xinheng.account set closed_at = null`,
    `insert into xinheng.account (name, display, unit, roles, password) values ('x', '{}', 1, '{admin}', '')`,
    `delete from xinheng.session`,
    `update xinheng.session set account = 1`,
    `update xinheng.session set expires_at = 'infinity'`,
    `delete from xinheng.sign_in_attempt`,
    `update xinheng.sign_in_attempt set ok = true`,
  ]) {
    await assert.rejects(system.pool.query(sql), { code: '42501' }, sql)
  }
})
