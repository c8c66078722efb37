import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES, type RoleName, type Route } from '#contract/route.ts'
import { ROUTES, type RouteName } from '#contract/routes.ts'
import { closeAccount } from '#operations/accounts.ts'
import { pathOf, withApi, type Answer, type Client, type Input, type TestApi } from '#test/api.ts'
import { citizenNumber, commitment, commitmentFile, commitmentValues } from '#test/people.ts'

// Every route of the contract with everyone: what the contract says of roles is what the server does (G12).

const NUMBER = citizenNumber(1)
const FROM = '2026-01-01T00:00:00Z'
const UNTIL = '2026-02-01T00:00:00Z'
const NO_CASE = `${'0'.repeat(32)}.1`

/** A request to each route that is well formed, so that only who asks decides. A new route does not compile without one. */
const CASES: Record<RouteName, Input & { raw?: string }> = {
  signIn: { body: { name: 'no-such-account', password: 'wrong' } },
  whoami: {},
  signOut: {},
  catalog: {},
  intake: { query: { item: 'commitment', dryRun: true }, raw: commitmentFile([commitment(1)]) },
  intakeProgress: { params: { id: 'upload-0000' } },
  record: { body: { item: 'commitment', values: commitmentValues(commitment(2)) } },
  withdraw: { body: { item: 'commitment', number: NUMBER, naturalKey: ['a', 'b'], reason: '更正' } },
  submissions: {},
  submissionProblems: { params: { num: 1 } },
  held: {},
  decideHeld: { params: { num: 1 }, body: { approve: false, reason: '不符' } },
  quality: {},
  lookUp: { body: { number: NUMBER, purpose: 'approval', matter: '2026-1' } },
  organisations: { body: { name: '衡州', purpose: 'approval', matter: '2026-1' } },
  matters: {},
  openMatter: { body: { number: '2026-1', title: '许可', purpose: 'approval' } },
  closeMatter: { params: { number: '2026-9' } },
  myArchive: {},
  myAccesses: {},
  myProof: { params: { access: '1' } },
  myConsents: {},
  giveConsent: { body: { unit: 'demo-bank', purpose: 'employment', expires: '2020-01-01' } },
  withdrawConsent: { params: { consent: '1' } },
  pastArchive: { body: { number: NUMBER, matter: '2026-1' } },
  simulate: { body: { pack: 'demo' } },
  packs: {},
  packDiff: { query: { from: 1, until: 1 } },
  openDraft: { body: { layer: 'no-such-layer', title: '草案' } },
  draft: { params: { draft: 1 } },
  saveDraft: { params: { draft: 1 }, body: { step: 1, name: 'pack.yaml', text: 'pack: {}' } },
  draftDiff: { params: { draft: 1 } },
  draftDryRun: { params: { draft: 1 } },
  stepDraft: { params: { draft: 1 }, body: { kind: 'withdraw', step: 1 } },
  tasks: {},
  task: { params: { task: 'tj17-2-1-1' } },
  addEntry: { body: { kind: 'progress', about: 'tj19-2', content: { state: 'done', text: '已办结' } } },
  bulletin: {},
  reminders: {},
  supervisionPlan: {},
  supervisionArea: { params: { area: 'funds' } },
  bulletins: {},
  bulletinIssue: { params: { num: 1 } },
  draftBulletin: { body: { from: '2026-01-01', until: '2026-01-31', note: '' } },
  decideBulletin: { params: { num: 1 }, body: { kind: 'reject', reason: '数据有误' } },
  work: {},
  exportTable: { body: { table: 'work', language: 'zh' } },
  exports: {},
  dashboard: {},
  campaigns: {},
  campaign: { params: { num: 1 } },
  campaignCases: { params: { num: 1 } },
  campaignRecords: { params: { case: NO_CASE } },
  proposeCampaign: {
    body: { problem: 'hz-government-arrears', since: '2026-01-01', until: '2026-01-31', scope: '机关、事业单位' },
  },
  decideCampaign: { params: { num: 1 }, body: { kind: 'reject', reason: '范围不清' } },
  drawCampaign: { params: { num: 1 } },
  giveOutCase: { params: { num: 1 }, body: { organisation: '0'.repeat(32), unit: 'demo-finance' } },
  prepareClosing: { params: { num: 1 }, body: { note: '总结' } },
  closeCampaign: { params: { num: 1 }, body: { kind: 'return', reason: '数据有误' } },
  accounts: {},
  addAccount: {
    body: { name: 'x', display: { zh: '甲', en: 'A' }, unit: 'demo-market', roles: ['clerk'], reason: '新到岗' },
  },
  changeRoles: { params: { num: 1000 }, body: { roles: ['clerk'], reason: '调岗' } },
  issueCode: { params: { num: 1000 }, body: { reason: '忘记密码' } },
  closeAccount: { params: { num: 1000 }, body: { reason: '离任' } },
  accountLosses: {},
  seeAccountLoss: { params: { num: 1000 } },
  decideAccount: { params: { num: 1000 }, body: { approve: false, reason: '不符' } },
  useCode: { body: { name: 'no-such-account', code: '0000', password: 'long enough' } },
  unusual: {},
  reviewUnusual: { body: { key: 'hours.1.1', outcome: 'in-order', reason: '已核实' } },
  incidents: {},
  openIncident: { body: { title: '事件', suspicion: '疑似', from: FROM, until: UNTIL } },
  addIncidentStep: { params: { num: 1 }, body: { kind: 'finding', text: '查明' } },
  incident: { params: { num: 1 } },
  myNotices: {},
  myContacts: {},
  setMyContact: { body: { channel: 'mail', address: '' } },
  letters: {},
  letter: { params: { letter: NO_CASE } },
  letterFile: { params: { letter: NO_CASE } },
  recordDelivery: {
    params: { letter: NO_CASE },
    body: { day: '2026-01-05', how: 'post', receipt: 'EMS1', delivered: true },
  },
  channelReceipt: { body: { message: 'x', delivered: true, reference: '', signature: '0'.repeat(64) } },
  myData: {},
  withheldCount: {},
  checkpoint: {},
  ledgerKey: {},
  consistency: { query: { from: 1 } },
  myCases: {},
  startMyCase: { body: { machine: 'objection', kind: 'open', record: '1', content: { statement: '与事实不符' } } },
  stepMyCase: { params: { case: NO_CASE }, body: { kind: 'retract', step: 1, content: {} } },
  recalls: {},
  acknowledgeRecall: { params: { recall: NO_CASE }, body: { did: 'destroyed' } },
  overdueRecalls: {},
  myRecalls: {},
  caseQueue: {},
  lists: {},
  candidates: { params: { list: 'serious-food-organisation' }, query: { criterion: 'food-grave' } },
  propose: {
    body: { list: 'red-youth', criterion: 'youth-volunteer', number: NUMBER, name: '测甲', facts: '志愿服务' },
  },
  measures: {},
  myMeasures: {},
  myBenefits: {},
  listingBoard: {},
  aid: { params: { number: '2026-1' }, body: { number: NUMBER } },
  openCase: { params: { case: NO_CASE } },
  putMyEvidence: { params: { case: NO_CASE }, raw: 'text' },
  myEvidence: { params: { case: NO_CASE } },
  myEvidenceFile: { params: { case: NO_CASE, evidence: '1' } },
  putEvidence: { params: { case: NO_CASE }, raw: 'text' },
  caseEvidence: { params: { case: NO_CASE } },
  caseEvidenceFile: { params: { case: NO_CASE, evidence: '1' } },
  startCase: {
    body: {
      machine: 'review',
      kind: 'note',
      number: NUMBER,
      content: { document: '复〔2026〕1号', day: '2026-01-05' },
    },
  },
  recordCapacity: { body: { number: NUMBER, content: { document: '（2026）民特1号', day: '2026-01-05' } } },
  recordAuthority: {
    body: {
      person: { number: NUMBER, name: '测甲' },
      representative: { number: NUMBER, name: '测甲' },
      kind: 'agent',
      document: '委托书',
      from: '2026-01-01',
      until: '2027-01-01',
    },
  },
  endAuthority: { params: { authority: '1' }, body: { number: NUMBER } },
  myAuthorities: {},
  endMyAuthority: { params: { authority: '1' } },
  representedArchive: { params: { person: '0'.repeat(32) } },
  stepCase: { params: { case: NO_CASE }, body: { kind: 'reject', step: 1, content: { reason: '核查属实' } } },
  publicRecords: {},
  publicOrganisations: { body: { text: '衡州' } },
  publicOrganisation: { params: { code: '91990000MA9990019R' } },
  publicLists: {},
  publicList: { params: { list: 'serious-food-organisation' } },
  publicStatistics: {},
  publicContents: {},
  fileTip: { body: { kind: 'question', text: '请问在哪里查询自己的信用记录？' } },
  tipStatus: { body: { code: '0000-0000-0000-0000-0000' } },
  publicity: {},
  contents: {},
  writeContent: { body: { kind: 'knowledge', title: { zh: '题', en: 'T' }, body: { zh: '文', en: 'B' } } },
  stepContent: { params: { num: 1 }, body: { kind: 'submit', version: 1 } },
  tips: {},
  tip: { params: { num: 1 } },
  stepTip: { params: { num: 1 }, body: { kind: 'answer', step: 2, text: '已答复' } },
  issueMyReport: { body: { kind: 'personal' } },
  issueReport: { body: { kind: 'personal', number: NUMBER, purpose: 'approval', matter: '2026-1' } },
  reports: {},
  reportFile: { params: { report: 1 }, body: {} },
  openCounter: { body: { number: NUMBER, document: 'identity-card', form: '窗〔2026〕1号' } },
  counterArchive: { params: { presence: '1' } },
  counterCases: { params: { presence: '1' } },
  counterStart: {
    params: { presence: '1' },
    body: { machine: 'objection', kind: 'open', record: '1', form: '窗2', content: { statement: '与事实不符' } },
  },
  counterReport: { params: { presence: '1' }, body: { kind: 'personal' } },
  counterContacts: { params: { presence: '1' } },
  setCounterContact: { params: { presence: '1' }, body: { channel: 'mail', address: '', form: '窗3' } },
  closeCounter: { params: { presence: '1' } },
  checkReport: { body: { code: '0000-0000-0000-0000-0000' } },
}

const NAMES = Object.keys(ROUTES) as RouteName[]

async function ask(client: Client, name: RouteName, headers: Record<string, string> = {}): Promise<Answer> {
  const { raw, ...input } = CASES[name]
  const sent = raw === undefined ? input : { ...input, body: raw }
  return client.call(name, {
    ...sent,
    headers: raw === undefined ? headers : { 'content-type': 'text/csv', ...headers },
  })
}

/** Turned away for who one is, and not for what was asked. */
const turnedAway = ({ status, body }: Answer) =>
  status === 401 && body.code === 'not-signed-in'
    ? 'not-signed-in'
    : status === 403 && (body.code === 'not-allowed' || body.code === 'csrf')
      ? body.code
      : 'let in'

const rolesOf = (name: RouteName): Route['roles'] => ROUTES[name].roles
const mayCall = (name: RouteName, role: RoleName): boolean => {
  const roles = rolesOf(name)
  return typeof roles === 'string' || roles.includes(role)
}

for (const role of ROLES) {
  test(`${role}: let in where the contract says, and nowhere else`, async (t) => {
    const api = await withApi(t)
    const wrong: string[] = []
    // packs are the office's: its administrator is asked here, test/operations/pack-draft.test.ts asks another unit's
    const open = () => api.as(role, role === 'admin' ? 'demo-development' : undefined)
    let client = await open()
    for (const name of NAMES) {
      const answer = await ask(client, name)
      const expected = mayCall(name, role) ? 'let in' : 'not-allowed'
      if (turnedAway(answer) !== expected)
        wrong.push(`${name}: ${answer.status} ${answer.body?.code ?? ''}, expected ${expected}`)
      if (answer.status >= 500) wrong.push(`${name}: ${answer.status} ${answer.text}`)
      // both end the session they came with
      if (name === 'signOut') client = await open()
    }
    assert.deepEqual(wrong, [])
  })
}

const OUTSIDERS: Record<string, (api: TestApi) => Promise<Client>> = {
  'signed out': async (api) => {
    const client = await api.as('officer')
    await client.call('signOut')
    return client
  },
  nobody: async (api) => api.nobody,
  'closed account': async (api) => {
    const client = await api.as('officer')
    await client.call('whoami')
    await closeAccount({ actor: null, db: api.owner }, client.name)
    api.app.sessions.forget(client.account)
    return client
  },
  'expired session': async (api) => {
    const client = await api.as('officer')
    await api.owner.query('update xinheng.session set expires_at = clock_timestamp() where account = $1', [
      client.account,
    ])
    return client
  },
}

for (const [who, make] of Object.entries(OUTSIDERS)) {
  test(`${who}: let in where it is public, and nowhere else`, async (t) => {
    const api = await withApi(t)
    const client = await make(api)
    const wrong: string[] = []
    for (const name of NAMES) {
      const answer = await ask(client, name)
      const expected = rolesOf(name) === 'public' ? 'let in' : 'not-signed-in'
      if (turnedAway(answer) !== expected)
        wrong.push(`${name}: ${answer.status} ${answer.body?.code ?? ''}, expected ${expected}`)
    }
    assert.deepEqual(wrong, [])
  })
}

test('without the token of its session nothing is changed, by whoever may otherwise', async (t) => {
  const api = await withApi(t)
  const wrong: string[] = []
  for (const role of ROLES) {
    const client = await api.as(role)
    for (const name of NAMES.filter(
      (one) => ROUTES[one].method !== 'GET' && rolesOf(one) !== 'public' && mayCall(one, role),
    )) {
      for (const forged of [
        { 'x-csrf': '' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'https://elsewhere.example' },
      ] as Record<string, string>[]) {
        const answer = await ask(client, name, forged)
        if (answer.status !== 403 || answer.body.code !== 'csrf')
          wrong.push(`${role} ${name} ${JSON.stringify(forged)}: ${answer.status}`)
      }
    }
    assert.equal((await client.call('whoami')).status, 200, 'and the session is still there')
  }
  assert.deepEqual(wrong, [])
})

test('another method at an address of the contract is not found', async (t) => {
  const api = await withApi(t)
  const admin = await api.as('admin')
  for (const name of NAMES) {
    for (const method of ['PUT', 'PATCH']) {
      const response = await admin.fetch(pathOf(name, CASES[name]), { method })
      assert.equal(response.status, 404, `${method} ${name}`)
    }
  }
})

/**
 * What is one person's or unit's, asked for by another who has the same role: not there, not even refused differently.
 * One entry for each route that takes the number of something somebody owns.
 */
const OWNED: Partial<Record<RouteName, (api: TestApi) => Promise<{ stranger: Client; input: Input; owner: Client }>>> =
  {
    async submissionProblems(api) {
      const [owner, stranger] = [await api.as('clerk'), await api.as('clerk', 'demo-hr')]
      const sent = await owner.call('record', { body: { item: 'commitment', values: commitmentValues(commitment(3)) } })
      return { owner, stranger, input: { params: { num: sent.body.submission } } }
    },
    async intakeProgress(api) {
      const [owner, stranger] = [await api.as('clerk'), await api.as('clerk')]
      await owner.call('intake', {
        query: { item: 'commitment', progress: 'upload-0009' },
        body: commitmentFile([commitment(4)]),
        headers: { 'content-type': 'text/csv' },
      })
      return { owner, stranger, input: { params: { id: 'upload-0009' } } }
    },
    async withdrawConsent(api) {
      const [owner, stranger] = [await api.person(), await api.person()]
      const expires = Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: 5 }).toString()
      const given = await owner.call('giveConsent', { body: { unit: 'demo-bank', purpose: 'employment', expires } })
      assert.equal(given.status, 200, given.text)
      return { owner, stranger, input: { params: { consent: given.body.consent } } }
    },
    async closeMatter(api) {
      const [owner, stranger] = [await api.as('officer', 'demo-approval'), await api.as('officer', 'demo-market')]
      const opened = await owner.call('openMatter', { body: { number: '2026-77', title: '许可', purpose: 'approval' } })
      assert.equal(opened.status, 200, opened.text)
      return { owner, stranger, input: { params: { number: '2026-77' } } }
    },
    async tip(api) {
      const [owner, stranger] = [await api.as('clerk', 'demo-hr'), await api.as('clerk')]
      const body = { kind: 'complaint', unit: 'demo-hr', text: '办理时间太长，请予以说明。' }
      assert.equal((await api.nobody.call('fileTip', { body })).status, 200)
      return { owner, stranger, input: { params: { num: 1 } } }
    },
    async stepTip(api) {
      const [owner, stranger] = [await api.as('clerk', 'demo-hr'), await api.as('clerk')]
      const body = { kind: 'complaint', unit: 'demo-hr', text: '办理时间太长，请予以说明。' }
      assert.equal((await api.nobody.call('fileTip', { body })).status, 200)
      const answer = { kind: 'answer', step: 2, text: '已改进办理流程。' }
      return { owner, stranger, input: { params: { num: 1 }, body: answer } }
    },
    async withdraw(api) {
      const [owner, stranger] = [await api.as('clerk'), await api.as('clerk', 'demo-approval')]
      const row = commitment(5)
      const values = { ...commitmentValues(row), SLDWDM: '11990000009900021H' }
      const sent = await owner.call('record', { body: { item: 'commitment', values } })
      assert.equal(sent.body.new, 1, sent.text)
      const body = {
        item: 'commitment',
        number: row.number,
        naturalKey: [row.document, '11990000009900021H'],
        reason: '误报',
      }
      return { owner, stranger, input: { body } }
    },
  }

for (const [name, make] of Object.entries(OWNED) as [RouteName, NonNullable<(typeof OWNED)[RouteName]>][]) {
  test(`${name}: another's is not found, the own is`, async (t) => {
    const api = await withApi(t)
    const { stranger, owner, input } = await make(api)
    const denied = await stranger.call(name, input)
    assert.equal(denied.status, 404, denied.text)
    assert.equal(denied.body.code, 'not-found')
    const own = await owner.call(name, input)
    assert.equal(own.status, 200, own.text)
  })
}
