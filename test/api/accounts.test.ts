import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DATA_QUERIES } from '#store/verify-data.ts'
import { withApi, type Client } from '#test/api.ts'

// Accounts at the desk: by the administrator of the unit, strong roles by two, a password by a code that works once.

const AUTH = { display: { zh: '新人', en: 'New' }, reason: '新到岗' }
const LONG = 'a-long-password'

test('an administrator opens, changes and closes accounts of the own unit, and of no other', async (t) => {
  const api = await withApi(t)
  const admin = await api.as('admin')
  const elsewhere = await api.as('clerk', 'demo-hr')
  const opened = await admin.call('addAccount', {
    body: { name: 'new-clerk', unit: 'demo-market', roles: ['clerk'], ...AUTH },
  })
  assert.equal(opened.status, 200, opened.text)
  const { num, code, waits } = opened.body
  assert.ok(!waits && /^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/.test(code))
  assert.equal((await api.signIn('new-clerk', LONG)).status, 401, 'without the code nobody is in')
  const set = (body: object) =>
    api.nobody.call('useCode', { body: { name: 'new-clerk', code, password: LONG, ...body } })
  assert.equal((await set({ name: elsewhere.name })).body.code, 'code-not-valid', 'of another account')
  assert.equal((await set({ password: 'x' })).body.code, 'password-short')
  assert.equal((await set({ code: code.toLowerCase().replaceAll('-', ' ') })).status, 200, 'as people type it')
  assert.equal((await set({ password: 'another-password' })).body.code, 'code-not-valid', 'once')
  const first = await api.signIn('new-clerk', LONG)
  assert.deepEqual(first.body.roles, ['clerk'])

  const listed = await admin.call('accounts')
  assert.equal(listed.body.all, false)
  assert.ok(listed.body.accounts.every((one: { unit: { id: string } }) => one.unit.id === 'demo-market'))
  const changed = await admin.call('changeRoles', {
    params: { num },
    body: { roles: ['clerk', 'officer'], reason: '兼任' },
  })
  assert.deepEqual(changed.body, { waits: false }, changed.text)
  assert.equal((await api.signIn('new-clerk', LONG)).body.roles.length, 2)
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const before = await fetch(`${api.base}/api/v1/session`, { headers: { cookie } })
  assert.equal(before.status, 401, 'a session opened with other roles has ended')

  // not in another unit, not about oneself, not what no role is
  const refused = async (name: 'addAccount' | 'changeRoles' | 'issueCode' | 'closeAccount', input: object) =>
    (await admin.call(name, input)).body.code
  assert.equal(
    await refused('addAccount', { body: { name: 'x1', unit: 'demo-hr', roles: ['clerk'], ...AUTH } }),
    'not-allowed',
  )
  for (const account of [elsewhere.account, admin.account]) {
    const params = { num: account }
    assert.equal(await refused('changeRoles', { params, body: { roles: ['clerk'], reason: '调岗' } }), 'not-allowed')
    assert.equal(await refused('issueCode', { params, body: { reason: '忘记' } }), 'not-allowed')
    assert.equal(await refused('closeAccount', { params, body: { reason: '离任' } }), 'not-allowed')
  }
  assert.equal(
    await refused('changeRoles', { params: { num }, body: { roles: ['auditor', 'clerk'], reason: 'x' } }),
    'roles-together',
  )
  assert.equal(
    await refused('changeRoles', { params: { num }, body: { roles: ['owner'], reason: 'x' } }),
    'unknown-role',
  )
  assert.equal(
    (await admin.call('closeAccount', { params: { num }, body: { reason: '  ' } })).status,
    400,
    'never without a reason',
  )
  assert.equal((await admin.call('closeAccount', { params: { num }, body: { reason: '离任' } })).body.closed, true)
  assert.equal((await admin.call('closeAccount', { params: { num }, body: { reason: '离任' } })).body.closed, false)
  assert.equal((await api.signIn('new-clerk', LONG)).status, 401)

  // the unit that leads keeps all
  const lead = await api.as('admin', 'demo-development')
  const kept = await lead.call('accounts')
  assert.ok(kept.body.all && kept.body.accounts.some((one: { unit: { id: string } }) => one.unit.id === 'demo-hr'))
})

test('a strong role, or a way into an account that has one, takes two administrators; one code voids another', async (t) => {
  const api = await withApi(t)
  const [one, two] = [await api.as('admin'), await api.as('admin')]
  const clerk = await api.as('clerk')
  const auditor = await api.as('auditor')
  const waiting = async (who: Client) =>
    (await who.call('accounts')).body.changes.filter((change: { decided?: object }) => !change.decided)
  const decide = (who: Client, num: number, approve = true) =>
    who.call('decideAccount', { params: { num }, body: { approve, reason: '已核对任命文件' } })

  const asked = await one.call('changeRoles', {
    params: { num: clerk.account },
    body: { roles: ['admin'], reason: '任命' },
  })
  const halves = [asked.body.code]
  assert.deepEqual(asked.body, { waits: true, code: halves[0] })
  assert.match(halves[0], /^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  assert.deepEqual((await clerk.call('whoami')).body.roles, ['clerk'], 'nothing has changed yet')
  const [change] = await waiting(two)
  assert.ok(change && !change.mine)
  const again = await two.call('changeRoles', {
    params: { num: clerk.account },
    body: { roles: ['admin'], reason: '任命' },
  })
  assert.equal(again.body.code, 'change-waits')
  assert.equal((await decide(one, change.num)).body.code, 'own-change', 'who asked does not decide')
  const stranger = await api.as('admin', 'demo-hr')
  assert.equal((await decide(stranger, change.num)).status, 404, "another unit's is not there")
  halves.push((await decide(two, change.num)).body.code)
  assert.equal((await decide(two, change.num)).body.code, 'step-taken-first')
  // the password of before opens nothing: who opened the account might have set it; nor does either half
  assert.equal((await api.signIn(clerk.name, 'demo-password')).status, 401)
  const enter = (code: string) => api.nobody.call('useCode', { body: { name: clerk.name, code, password: LONG } })
  for (const part of [halves[0], halves[1], `${halves[1]}${halves[0]}`, `${halves[0]}${halves[0]}`])
    assert.equal((await enter(part)).body.code, 'code-not-valid')
  assert.equal((await enter(halves.join(' '))).status, 200)
  assert.deepEqual((await api.signIn(clerk.name, LONG)).body.roles, ['admin'])

  // the auditor's password: two, and the second is given the code
  const reset = await one.call('issueCode', { params: { num: auditor.account }, body: { reason: '本人遗忘' } })
  assert.ok(reset.body.waits && reset.body.code.length === 11, 'no more than half a code for one alone')
  const [pending] = await waiting(two)
  const approved = await decide(two, pending.num)
  assert.equal(approved.body.code.length, 11, approved.text)
  const set = (code: string) => api.nobody.call('useCode', { body: { name: auditor.name, code, password: LONG } })
  const later = await one.call('issueCode', { params: { num: auditor.account }, body: { reason: '口令遗失' } })
  assert.ok(later.body.waits)
  const [third] = await waiting(two)
  const { code } = (await decide(two, third.num)).body
  assert.equal((await set(reset.body.code + approved.body.code)).body.code, 'code-not-valid', 'an earlier code is void')
  assert.equal((await set(reset.body.code + code)).body.code, 'code-not-valid', 'halves of two codes')
  assert.equal((await set(later.body.code + code)).status, 200)
  assert.equal((await api.signIn(auditor.name, LONG)).status, 200)

  // rejected: nothing changes
  await one.call('changeRoles', { params: { num: two.account }, body: { roles: ['auditor'], reason: '任命' } })
  const [last] = await waiting(one)
  assert.equal((await decide(two, last.num)).body.code, 'own-change', 'nor whom it concerns')
  const lead = await api.as('admin', 'demo-development')
  assert.equal((await decide(lead, last.num, false)).body.approved, false)
  assert.deepEqual((await api.signIn(two.name, 'demo-password')).body.roles, ['admin'])
  assert.deepEqual((await api.owner.query(DATA_QUERIES.accountRoles)).rows, [])
  await api.owner.query(`update xinheng.account set roles = '{auditor}' where num = $1`, [two.account])
  await api.owner.query(`update xinheng.account set roles = '{clerk}' where num = $1`, [clerk.account])
  assert.deepEqual((await api.owner.query(DATA_QUERIES.accountRoles)).rows, [{ at: `account ${clerk.account}` }])
})

test('one administrator alone gets into no account with a strong role, and into no person’s', async (t) => {
  const api = await withApi(t)
  const [one, two] = [await api.as('admin'), await api.as('admin')]
  const clerk = await api.as('clerk')
  // a code that one gave before the role was: it does not open what the role opens
  const early = await one.call('issueCode', { params: { num: clerk.account }, body: { reason: '本人遗忘' } })
  assert.ok(early.body.code, early.text)
  const set = (name: string, code: string) => api.nobody.call('useCode', { body: { name, code, password: LONG } })
  await one.call('changeRoles', { params: { num: clerk.account }, body: { roles: ['admin'], reason: '任命' } })
  const [change] = (await two.call('accounts')).body.changes
  const body = { approve: true, reason: '已核对任命文件' }
  const second = (await two.call('decideAccount', { params: { num: change.num }, body })).body.code
  assert.ok(second)
  assert.equal((await set(clerk.name, second)).body.code, 'code-not-valid', 'nor the half of who decided')
  assert.equal((await set(clerk.name, early.body.code)).body.code, 'code-not-valid')
  assert.equal((await api.signIn(clerk.name, LONG)).status, 401)

  // who could set a person's password would read their file as the person: two of the unit that leads
  const person = await api.person()
  const [lead, other] = [await api.as('admin', 'demo-development'), await api.as('admin', 'demo-development')]
  const params = { num: person.account }
  assert.equal((await one.call('issueCode', { params, body: { reason: '本人遗忘' } })).body.code, 'not-allowed')
  const asked = await lead.call('issueCode', { params, body: { reason: '本人遗忘' } })
  assert.ok(asked.body.waits, asked.text)
  const waiting = (await other.call('accounts')).body.changes.find(
    (of: { kind: string; decided?: object }) => of.kind === 'password' && !of.decided,
  )
  const given = await other.call('decideAccount', { params: { num: waiting.num }, body })
  assert.equal((await set(person.name, given.body.code)).body.code, 'code-not-valid')
  assert.equal((await set(person.name, asked.body.code + given.body.code)).status, 200, given.text)
})

test('walls: the application can neither give a role nor decide alone, whatever it says', async (t) => {
  const api = await withApi(t)
  const [one, two] = [await api.as('admin'), await api.as('admin')]
  const clerk = await api.as('clerk')
  const app = api.system.pool
  for (const sql of [
    `update xinheng.account set roles = '{admin}' where num = ${clerk.account}`,
    `update xinheng.account set password = 'x' where num = ${clerk.account}`,
    `insert into xinheng.account_change (account, actor, kind, roles, strong, reason) values (${clerk.account}, ${one.account}, 'roles', '{admin}', true, 'x')`,
    `select xinheng.apply_change(1, null)`,
    'select * from xinheng.account_code',
  ])
    await assert.rejects(app.query(sql), /permission denied/, sql)
  const opened = await app.query(
    `select xinheng.open_account($1, 'x-admin', '{"zh":"x","en":"x"}', $2, '{admin}', null, 'x') as num`,
    [one.account, api.system.reference.unitNum.get('demo-market')],
  )
  assert.equal(opened.rows[0].num, null, 'no account begins with a strong role')
  const asked = await app.query(
    `select * from xinheng.change_account($1, $2, 'roles', '{admin}', 'x', null, sha256('half'))`,
    [one.account, clerk.account],
  )
  assert.equal(asked.rows[0].outcome, 2)
  // keys and checks, whoever inserts: the proposer, the account itself, another strength than the change has
  const insert = (actor: number, strong: boolean) =>
    api.owner.query(
      `insert into xinheng.account_decision (change, account, actor, proposer, kind, strong, approved, reason)
       values ($1, $2, $3, $4, 'roles', $5, true, 'x')`,
      [asked.rows[0].change, clerk.account, actor, one.account, strong],
    )
  await assert.rejects(insert(one.account, true), /check constraint/)
  await assert.rejects(insert(one.account, false), /foreign key/)
  await assert.rejects(insert(clerk.account, true), /check constraint/)
  await insert(two.account, true)
  await assert.rejects(
    api.owner.query(
      `insert into xinheng.account_change (account, actor, kind, roles, strong, reason) values ($1, $2, 'roles', '{auditor}', false, 'x')`,
      [clerk.account, one.account],
    ),
    /check constraint/,
  )
})

test('a strong role goes at once and by one, in an emergency, and a second person sees it; it comes back by two only', async (t) => {
  const api = await withApi(t)
  const [one, two, three] = [await api.as('admin'), await api.as('admin'), await api.as('admin')]
  const [auditor, elsewhere] = [await api.as('auditor'), await api.as('admin', 'demo-hr')]
  const leaver = await api.as('auditor')
  const strip = { params: { num: two.account }, body: { roles: ['clerk'], reason: '岗位调整' } }
  assert.deepEqual((await one.call('changeRoles', strip)).body, { waits: false })
  const shut = { params: { num: leaver.account }, body: { reason: '当日离任' } }
  assert.equal((await one.call('closeAccount', shut)).body.closed, true)
  assert.equal((await two.call('whoami')).status, 401)
  assert.equal((await api.signIn(leaver.name, 'demo-password')).status, 401)

  // told to the others: another administrator of the unit, an auditor; not to another unit's, and it is nobody's own to see
  const losses = async (who: Client) => {
    const { body } = await who.call('accountLosses')
    return body.losses as {
      num: number
      mine: boolean
      closed: boolean
      roles: string[]
      reason: string
      seen?: object
    }[]
  }
  const waits = async (who: Client) =>
    ((await who.call('work')).body.lines as { source: string }[]).filter(({ source }) => source === 'account-loss')
      .length
  for (const who of [three, auditor]) {
    assert.deepEqual(
      (await losses(who)).map(({ closed, roles, reason, mine }) => [closed, roles, reason, mine]),
      [
        [true, ['auditor'], '当日离任', false],
        [false, ['admin'], '岗位调整', false],
      ],
    )
    assert.equal(await waits(who), 2)
  }
  assert.deepEqual(await losses(elsewhere), [])
  assert.equal(await waits(one), 0)
  const [closing, change] = await losses(three)
  const see = (who: Client, num = closing?.num ?? 0) => who.call('seeAccountLoss', { params: { num } })
  assert.equal((await see(one)).body.code, 'own-change')
  assert.equal((await see(elsewhere)).body.code, 'not-found')
  assert.equal((await see(three)).status, 200)
  assert.equal((await see(auditor)).body.code, 'step-taken-first')
  assert.equal((await see(auditor, change?.num)).status, 200)
  assert.equal(await waits(three), 0)
  assert.ok((await losses(auditor)).every(({ seen }) => seen))
  await assert.rejects(
    api.owner.query(
      `insert into xinheng.account_seen (change, proposer, actor) select num, actor, actor from xinheng.account_change where lost is not null`,
    ),
    /check constraint/,
  )

  // one alone gives it back to nobody: not to the one it was taken from, nor through a new account
  const back = await one.call('changeRoles', {
    params: { num: two.account },
    body: { roles: ['admin'], reason: '恢复' },
  })
  assert.equal(back.body.waits, true)
  const opened = await one.call('addAccount', {
    body: { name: 'second-self', unit: 'demo-market', roles: ['clerk', 'admin'], ...AUTH },
  })
  assert.ok(opened.body.waits, opened.text)
  const set = (code: string) => api.nobody.call('useCode', { body: { name: 'second-self', code, password: LONG } })
  assert.equal(
    (await set(opened.body.code)).body.code,
    'code-not-valid',
    'nobody enters it before a second person agrees',
  )
  const asked = (await three.call('accounts')).body.changes.find(({ name }: { name: string }) => name === 'second-self')
  const agreed = await three.call('decideAccount', {
    params: { num: asked.num },
    body: { approve: true, reason: '已核对任命文件' },
  })
  assert.equal((await set(agreed.body.code)).body.code, 'code-not-valid')
  assert.equal((await set(opened.body.code + agreed.body.code)).status, 200)
  assert.deepEqual((await api.signIn('second-self', LONG)).body.roles, ['clerk', 'admin'])
  assert.deepEqual((await api.owner.query(DATA_QUERIES.accountRoles)).rows, [])
})

test('G5, G12: who reads what is no longer shown is a court or a review body by its unit, and by two; no administrator makes one of a colleague', async (t) => {
  const api = await withApi(t)
  const [one, lead] = [await api.as('admin'), await api.as('admin', 'demo-development')]
  const clerk = await api.as('clerk')
  for (const role of ['review-body', 'court'])
    for (const admin of [one, lead]) {
      const roles = await admin.call('changeRoles', {
        params: { num: clerk.account },
        body: { roles: [role], reason: '兼任' },
      })
      assert.equal(roles.body.code, 'role-not-of-unit', roles.text)
      const opened = await admin.call('addAccount', {
        body: { name: `x-${role}`, unit: 'demo-market', roles: [role], ...AUTH },
      })
      assert.equal(opened.body.code, 'role-not-of-unit', opened.text)
    }
  // whatever a row says of an account elsewhere, the archive does not open
  await api.owner.query(`update xinheng.account set roles = '{review-body}' where num = $1`, [clerk.account])
  api.app.sessions.forget(clerk.account)
  for (const roles of ['{review-body}', '{court}']) {
    const asked = await api.system.pool.query(
      `select outcome from xinheng.change_account($1, $2, 'roles', $3, 'x', null, sha256('x'))`,
      [one.account, clerk.account, roles],
    )
    assert.equal(asked.rows[0].outcome, 1)
  }
  const read = await clerk.call('pastArchive', { body: { number: '990101198806151017', matter: '核查' } })
  assert.equal(read.body.code, 'not-allowed', read.text)

  // where it belongs it takes two, and nobody enters before
  const justice = await api.as('admin', 'demo-justice')
  const asked = await justice.call('addAccount', {
    body: { name: 'new-reviewer', unit: 'demo-justice', roles: ['review-body'], ...AUTH },
  })
  assert.ok(asked.body.waits, asked.text)
  const change = (await lead.call('accounts')).body.changes.find(
    ({ name }: { name: string }) => name === 'new-reviewer',
  )
  const agreed = await lead.call('decideAccount', {
    params: { num: change.num },
    body: { approve: true, reason: '已核对任命文件' },
  })
  const body = { name: 'new-reviewer', code: asked.body.code + agreed.body.code, password: LONG }
  assert.equal((await api.nobody.call('useCode', { body })).status, 200)
  assert.deepEqual((await api.signIn('new-reviewer', LONG)).body.roles, ['review-body'])
})

test('R6, G6: one administrator makes nobody the second person, and enters no account of one', async (t) => {
  const api = await withApi(t)
  const admin = await api.as('admin')
  const [reviewer, clerk] = [await api.as('reviewer'), await api.as('clerk')]
  const enter = (name: string, code: string) => api.nobody.call('useCode', { body: { name, code, password: LONG } })
  const reset = await admin.call('issueCode', { params: { num: reviewer.account }, body: { reason: '遗忘' } })
  assert.ok(reset.body.waits, reset.text)
  assert.equal((await enter(reviewer.name, reset.body.code)).body.code, 'code-not-valid')
  const raised = await admin.call('changeRoles', {
    params: { num: clerk.account },
    body: { roles: ['clerk', 'reviewer'], reason: '兼任' },
  })
  assert.ok(raised.body.waits, raised.text)
  const opened = await admin.call('addAccount', {
    body: { name: 'second-self', unit: 'demo-market', roles: ['reviewer'], ...AUTH },
  })
  assert.ok(opened.body.waits, opened.text)
  assert.equal((await enter('second-self', opened.body.code)).body.code, 'code-not-valid')
  assert.deepEqual((await clerk.call('whoami')).body.roles, ['clerk'])
  const direct = await api.system.pool.query(
    `select outcome from xinheng.change_account($1, $2, 'roles', '{reviewer}', 'x', null, sha256('x'))`,
    [admin.account, (await api.as('officer')).account],
  )
  assert.equal(direct.rows[0].outcome, 2)
})
