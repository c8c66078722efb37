import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeOrganisationCode } from '#domain/identity/synthetic.ts'
import { withApi } from '#test/api.ts'
import { testPack } from '#test/db.ts'

// One instance for a city and its district (Tianjin with Baodi): each has its tasks, bulletins, figures and site, and each its
// office; the platform has one, which the pack names.

type Task = { id: string; document: string; lead: string[]; joint: string[]; state: string }
type Row = { unit: { id: string } }

test('a city and its district: each has its tasks, bulletins and figures; the city, which oversees, has both', async (t) => {
  const instance = await withApi(t, { pack: await testPack('tianjin-baodi') })
  const [clerk, office, cityClerk, cityOffice, market] = await Promise.all([
    instance.as('clerk', 'bd-development'),
    instance.as('reviewer', 'bd-development'),
    instance.as('clerk', 'tj-development'),
    instance.as('admin', 'tj-development'),
    instance.as('clerk', 'tj-market'),
  ])
  const government = await instance.as('clerk', 'tj-baodi')
  type Who = typeof clerk
  const isBaodi = (id: string) => id.startsWith('bd-') || id === 'tj-baodi'
  const tasks = async (who: Who, query: Record<string, string> = {}): Promise<Task[]> =>
    (await who.call('tasks', { query })).body.tasks
  const unitsOf = ({ lead, joint }: Task) => [...lead, ...joint]

  // Baodi: its own plan, and what the city's documents give 各区人民政府; nothing that they give the departments alone
  const own = await tasks(clerk)
  assert.ok(own.every((task) => unitsOf(task).some(isBaodi)))
  const ids = new Set(own.map(({ id }) => id))
  assert.deepEqual(
    [ids.has('bd-2-1-5'), ids.has('tj19-7'), ids.has('tj17-3-5'), ids.has('tj19-2')],
    [true, true, true, false],
  )
  assert.ok(own.filter(({ document }) => document === 'BD').every((task) => unitsOf(task).every(isBaodi)))
  // the city: its own, whoever they are given to, and Baodi's plan only where it is asked for
  const city = await tasks(cityClerk)
  assert.deepEqual([...new Set(city.map(({ document }) => document))].toSorted(), ['TJ17', 'TJ19'])
  assert.ok((await tasks(cityClerk, { of: 'tianjin-baodi' })).some(({ document }) => document === 'BD'))
  const refused = async (who: Who, of: string) => (await who.call('tasks', { query: { of } })).status
  assert.deepEqual(
    [await refused(clerk, 'tianjin'), await refused(clerk, 'hunan'), await refused(cityClerk, 'national')],
    [403, 404, 404],
  )
  const opened = async (who: Who, task: string) => (await who.call('task', { params: { task } })).status
  assert.deepEqual(
    [await opened(clerk, 'tj19-2'), await opened(clerk, 'tj19-7'), await opened(cityClerk, 'bd-2-1-5')],
    [404, 200, 200],
  )
  const places = async (who: Who) => (await who.call('whoami')).body.places.map(({ id }: { id: string }) => id)
  assert.deepEqual([await places(clerk), await places(cityClerk)], [[], ['tianjin', 'tianjin-baodi']])

  // what is said of a task that both have: each stands where its own units say, and the district does not read the city's rows
  const say = async (who: Who, about: string, state: string) =>
    (await who.call('addEntry', { body: { kind: 'progress', about, content: { state, text: '已办' } } })).status
  const stateOf = async (who: Who, id: string, query = {}) =>
    (await tasks(who, query)).find((one) => one.id === id)?.state
  assert.equal(await say(cityClerk, 'tj19-7', 'done'), 200)
  assert.deepEqual([await stateOf(cityClerk, 'tj19-7'), await stateOf(clerk, 'tj19-7')], ['done', 'not-begun'])
  assert.equal(await say(government, 'tj19-7', 'under-way'), 200)
  assert.deepEqual(
    [
      await stateOf(clerk, 'tj19-7'),
      await stateOf(cityClerk, 'tj19-7', { of: 'tianjin-baodi' }),
      await stateOf(market, 'tj19-7'),
    ],
    ['under-way', 'under-way', 'done'],
  )
  const rows = async (who: Who) =>
    (await who.call('task', { params: { task: 'tj19-7' } })).body.entries.map(({ unit }: Row) => unit.id)
  assert.deepEqual([await rows(clerk), await rows(cityClerk)], [['tj-baodi'], ['tj-development', 'tj-baodi']])
  assert.equal(await say(clerk, 'tj19-2', 'done'), 403)

  // a meeting of the city at which Baodi was, and one at which it was not; Baodi's own
  const meet = async (who: Who, about: string, present: string[]) =>
    who.call('addEntry', { body: { kind: 'meeting', about, content: { text: '例会', present } } })
  const districtAdmin = await instance.as('admin', 'bd-development')
  const met = [
    await meet(cityOffice, 'tj-leading-group', ['tj-development', 'tj-baodi']),
    await meet(cityOffice, 'tj-leading-group', ['tj-development', 'tj-market']),
    await meet(districtAdmin, 'bd-conference', ['bd-development', 'bd-market']),
  ]
  assert.deepEqual(
    met.map(({ status }) => status),
    [200, 200, 200],
  )
  const meetings = async (who: Who) =>
    (await who.call('supervisionArea', { params: { area: 'conference' } })).body.entries.map(
      ({ num }: { num: number }) => met.findIndex(({ body }) => body.entry === num),
    )
  assert.deepEqual(
    [await meetings(clerk), await meetings(market)],
    [
      [0, 2],
      [0, 1, 2],
    ],
  )

  // bulletins: live and issued; numbered for themselves
  const live = async (who: Who, query = {}) => (await who.call('bulletin', { query })).body
  const lines = ({ tasks: of, quality, cases }: Record<string, Row[]>) => [
    ...(of ?? []),
    ...(quality ?? []),
    ...(cases ?? []),
  ]
  const [districtBoard, cityBoard, overseen] = [
    await live(clerk),
    await live(cityClerk),
    await live(cityClerk, { of: 'tianjin-baodi' }),
  ]
  assert.ok(lines(districtBoard).length > 0 && lines(districtBoard).every(({ unit }) => isBaodi(unit.id)))
  assert.ok(districtBoard.units.every(({ unit }: Row) => isBaodi(unit.id)))
  assert.ok(lines(cityBoard).length > 0 && lines(cityBoard).every(({ unit }) => !isBaodi(unit.id)))
  assert.deepEqual(overseen.units, districtBoard.units)
  const indicators = (board: { indicators: { indicator: { id: string } }[] }) =>
    board.indicators.map(({ indicator }) => indicator.id.slice(0, 2))
  assert.deepEqual([...new Set(indicators(districtBoard))], ['bd'])
  assert.deepEqual([...new Set(indicators(cityBoard))], ['tj'])
  assert.equal((await clerk.call('bulletin', { query: { of: 'tianjin' } })).status, 403)
  const issue = async (author: Who, second: Who) => {
    const drafted = await author.call('draftBulletin', {
      body: { from: '2026-01-01', until: '2026-03-31', note: '一季度' },
    })
    assert.equal(drafted.status, 200, drafted.text)
    const { num } = drafted.body
    const decided = await second.call('decideBulletin', { params: { num }, body: { kind: 'publish' } })
    return { num, status: decided.status }
  }
  const cityReviewer = await instance.as('reviewer', 'tj-development')
  assert.equal((await issue(clerk, cityReviewer)).status, 404)
  const [bd, tj] = [await issue(clerk, office), await issue(cityClerk, cityReviewer)]
  assert.deepEqual([bd.status, tj.status], [200, 200])
  const issued = async (who: Who) =>
    (await who.call('bulletins')).body.bulletins.map(
      ({ number, place, state }: { number?: number; place: { id: string }; state: string }) =>
        `${place.id} ${number ?? state}`,
    )
  assert.deepEqual(await issued(await instance.as('clerk', 'bd-market')), ['tianjin-baodi 1'])
  assert.deepEqual(await issued(clerk), ['tianjin-baodi 1', 'tianjin-baodi draft'])
  assert.deepEqual(await issued(market), ['tianjin 1', 'tianjin-baodi 1'])
  const read = async (who: Who, num: number) => (await who.call('bulletinIssue', { params: { num } })).status
  assert.deepEqual([await read(clerk, tj.num), await read(market, bd.num)], [404, 200])
  const { figures } = (await market.call('bulletinIssue', { params: { num: bd.num } })).body
  assert.equal(figures.place.id, 'tianjin-baodi')
  assert.ok(lines(figures).every(({ unit }) => isBaodi(unit.id)))

  // the site: a reader chooses city or district
  const firm = (who: Who, body: string) =>
    who.call('record', {
      body: {
        item: 'commitment-organisation',
        values: {
          DWMC: `甲${body}公司`,
          TYSHXYDM: makeOrganisationCode({ division: '990000', body }),
          CNLX: '告知承诺',
          CNSX: '许可',
          CNBH: `承${body}`,
          CNRQ: '2026-02-20',
          SLDW: '某局',
        },
      },
    })
  const sent = [await firm(await instance.as('clerk', 'bd-market'), 'MA999201'), await firm(market, 'MA999202')]
  assert.deepEqual(
    sent.map(({ status }) => status),
    [200, 200],
    sent.map(({ text }) => text).join(),
  )
  const published = async (query: Record<string, string>) =>
    (await instance.nobody.call('publicRecords', { query })).body.records?.map(
      ({ organisation }: { organisation: { name: string } }) => organisation.name,
    )
  assert.deepEqual((await published({}))?.toSorted(), ['甲MA999201公司', '甲MA999202公司'])
  assert.deepEqual(await published({ of: 'tianjin' }), ['甲MA999202公司'])
  assert.deepEqual(await published({ of: 'tianjin-baodi' }), ['甲MA999201公司'])
  assert.deepEqual(await published({ of: 'tianjin-baodi', unit: 'tj-market' }), [])
  assert.equal((await instance.nobody.call('publicRecords', { query: { of: 'hunan' } })).status, 404)
  const counts = async (query: Record<string, string>) =>
    (await instance.nobody.call('publicStatistics', { query })).body.records
  assert.deepEqual(
    [await counts({}), await counts({ of: 'tianjin' }), await counts({ of: 'tianjin-baodi' })],
    [2, 1, 1],
  )

  // figures of the desk
  const figuresOf = async (who: Who, query = {}) =>
    (await who.call('dashboard', { query })).body.units?.map(({ unit }: Row) => unit.id)
  const [auditor, cityAuditor] = [
    await instance.as('auditor', 'bd-development'),
    await instance.as('auditor', 'tj-development'),
  ]
  assert.deepEqual(await figuresOf(auditor), ['bd-market'])
  assert.deepEqual(await figuresOf(cityAuditor), ['tj-market'])
  assert.deepEqual(await figuresOf(cityAuditor, { of: 'tianjin-baodi' }), ['bd-market'])
})

test('the office of the platform is the unit that the pack names; a district leads its district alone', async (t) => {
  const instance = await withApi(t, { pack: await testPack('tianjin-baodi') })
  const [district, city, other] = await Promise.all([
    instance.as('admin', 'bd-development'),
    instance.as('admin', 'tj-development'),
    instance.as('admin', 'bd-market'),
  ])
  type Who = typeof district
  const offices = async (who: Who) => (await who.call('whoami')).body.office
  assert.deepEqual(
    [await offices(district), await offices(city), await offices(other)],
    ['place', 'platform', undefined],
  )

  // packs, texts of the site: the platform's
  const draft = (who: Who) => who.call('openDraft', { body: { layer: 'tianjin-baodi', title: '修改' } })
  assert.deepEqual(
    [(await draft(district)).status, (await draft(other)).status, (await draft(city)).status],
    [403, 403, 200],
  )
  const text = (who: Who) =>
    who.call('writeContent', {
      body: { kind: 'policy', title: { zh: '文件', en: 'Text' }, body: { zh: '全文', en: 'Whole' } },
    })
  const [editor, cityEditor] = [
    await instance.as('clerk', 'bd-development'),
    await instance.as('clerk', 'tj-development'),
  ]
  assert.deepEqual([(await text(editor)).status, (await text(cityEditor)).status], [403, 200])
  // accounts: the platform all, a district's office those of the district, anybody else their unit's
  const kept = async (who: Who) => {
    const { all, accounts } = (await who.call('accounts')).body
    const units = new Set<string>(accounts.map(({ unit }: Row) => unit.id))
    return [all, ...[...units].toSorted()]
  }
  assert.deepEqual(await kept(district), [false, 'bd-development', 'bd-market'])
  assert.deepEqual(await kept(other), [false, 'bd-market'])
  assert.equal((await kept(city))[0], true)
  const open = async (who: Who, unit: string, name: string) =>
    (
      await who.call('addAccount', {
        body: { name, display: { zh: '新', en: 'New' }, unit, roles: ['clerk'], reason: '任命' },
      })
    ).status
  assert.deepEqual(
    [
      await open(district, 'bd-education', 'n1'),
      await open(district, 'tj-market', 'n2'),
      await open(other, 'bd-education', 'n3'),
      await open(city, 'bd-education', 'n4'),
    ],
    [200, 403, 403, 200],
  )
  // supervision: a district's office inspects its own units; the city's, which oversees, both
  const inspect = async (who: Who, of: string) =>
    (
      await who.call('addEntry', {
        body: { kind: 'inspection', about: 'tj17-3-5', of, content: { year: 2026, text: '专项督查' } },
      })
    ).status
  assert.deepEqual(
    [
      await inspect(district, 'bd-market'),
      await inspect(district, 'tj-market'),
      await inspect(other, 'bd-market'),
      await inspect(city, 'bd-market'),
      await inspect(city, 'tj-market'),
    ],
    [200, 403, 403, 200, 200],
  )

  // wall: whatever the application says, the database knows who leads where
  const asks = async (sql: string, values: unknown[]) => (await instance.system.pool.query(sql, values)).rows[0]
  const num = (unit: string) => instance.system.reference.unitNum.get(unit)
  const add = 'select xinheng.add_supervision($1, $2, $3, $4::smallint, current_date - 1, null, $5, $6) as num'
  const said = { year: 2026, text: '督查' }
  const meeting = await asks(add, [city.account, 'meeting', 'tj-leading-group', num('tj-development'), null, said])
  const decision = [district.account, 'decision', 'tj-leading-group', num('bd-market'), meeting.num, said]
  assert.deepEqual(
    [
      (await asks(add, [district.account, 'inspection', 'tj17-3-5', num('tj-market'), null, said])).num,
      (await asks(add, decision)).num,
      (await asks('select xinheng.open_pack_draft($1, $2, $3, $4) as num', [district.account, 'tianjin', 'x', {}])).num,
    ],
    [null, null, null],
  )
  const [letters] = (
    await instance.owner.query<{ own: boolean; city: boolean; open: number }>(
      `select xinheng.prints_for($1, 0::smallint) as own, xinheng.prints_for($2, 0::smallint) as city,
         (select count(*) from xinheng.recalls_open($1))::integer as open`,
      [district.account, city.account],
    )
  ).rows
  assert.deepEqual(letters, { own: false, city: true, open: 0 })
  // nor is a row of the city read by whoever asks the database itself
  const seen = await instance.system.pool.query('select about, unit from xinheng.read_supervision($1, null)', [
    other.account,
  ])
  assert.ok(seen.rows.length > 0 && seen.rows.every(({ unit }) => unit === num('bd-market')))
  await assert.rejects(instance.system.pool.query('select * from xinheng.supervision'), /permission denied/)
})
