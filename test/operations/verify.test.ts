import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { giveConsent, withdrawConsent } from '#operations/consent.ts'
import { decideHeld } from '#operations/intake/submit.ts'
import { openDemoAccounts, takeInDemoCity } from '#operations/demo/city.ts'
import { erase } from '#operations/erase.ts'
import { today } from '#operations/system.ts'
import { CHECKS } from '#operations/verify-checks.ts'
import { verify, verifyWithin } from '#operations/verify.ts'
import { withdraw } from '#operations/withdraw.ts'
import { uuidOf } from '#store/cipher.ts'
import { commitment } from '#test/people.ts'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { accepted, nameOf, withOffice, type Office } from './office.ts'

/** An office in which something of everything happened, all of it lawful. */
async function withEverything(t: Parameters<typeof withOffice>[0]): Promise<Office> {
  const office = await withOffice(t)
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-city-'))
  t.after(() => rm(folder, { recursive: true }))
  const { system, owner } = office
  assert.equal(await openDemoAccounts(system, owner), undefined)
  await takeInDemoCity(system, owner, folder, () => undefined)
  const { rows: held } = await owner.query<{ file: number; reviewer: number; unit: string }>(
    `select f.num as file, a.num as reviewer, u.id as unit from xinheng.held_file f join xinheng.unit u on u.num = f.unit
     join xinheng.account a on a.unit = f.unit and 'reviewer' = any (a.roles)`,
  )
  assert.ok(held.length > 0)
  for (const { file, reviewer, unit } of held)
    accepted(await decideHeld(system, { actor: reviewer, unit, num: file, approve: true, reason: '核对无误' }))
  await office.send(Array.from({ length: 50 }, (_, index) => commitment(index)))
  await office.send([{ ...commitment(0), decided: '2026-03-02' }])
  accepted(await office.lookUp(1))
  accepted(await office.own(2))
  accepted(await office.past(3))
  const { actor, subject } = await office.person(4)
  assert.ok(actor > 0)
  const { consent } = accepted(
    await giveConsent(system, { subject, unit: 'demo-bank', purpose: 'lending', expires: today(system) }),
  )
  const { rows } = await owner.query<{ num: number }>(`select num from xinheng.account where name = 'bank-officer'`)
  const { lookUpArchive } = await import('#operations/archive.ts')
  accepted(
    await lookUpArchive(system, {
      actor: rows[0]?.num ?? 0,
      unit: 'demo-bank',
      number: commitment(4).number,
      purpose: 'lending',
    }),
  )
  accepted(await withdrawConsent(system, { subject, consent }))
  accepted(await withdraw(system, { actor: office.clerk, ...nameOf(5), reason: '报送有误' }))
  accepted(
    await erase(system, office.role('xinheng_eraser'), {
      actor: office.admin,
      ...nameOf(6),
      matter: '删1',
      reason: '本人申请',
    }),
  )
  return office
}

const RECORD = '(select min(subject::text)::uuid from xinheng.record where octet_length(sealed) > 0)'
const ONE = `subject = ${RECORD} and nk = (select min(nk) from xinheng.record where subject = ${RECORD})`
const LOOK = 'num = (select min(num) from xinheng.access where outcome = 0 and ground = 1 and shown > 0)'

/** A campaign of a pack's problem that drew a subject, as the owner could write it past every constraint. */
const drawn = (subject: string) => `
  alter table xinheng.campaign_drawn drop constraint campaign_organisations_only;
  insert into xinheng.campaign (problem, pack, unit, since, until, scope)
    select 'hz-government-arrears', xinheng.pack_in_force(), 1, current_date - 9, current_date + 9, '演示' ;
  insert into xinheng.campaign_act (campaign, step, before, after, kind, actor, actor_before, until, reason)
    select c.num, s.step, nullif(s.step - 1, 0), s.after, s.kind, s.actor, s.earlier, c.until, ''
    from (select max(num) as num, max(until) as until from xinheng.campaign) c, (select min(num) as a, max(num) as b from xinheng.account) w,
      lateral (values (1, 'start', 'propose', w.a, null), (2, 'propose', 'open', w.b, w.a), (3, 'open', 'draw', w.b, w.b)) s (step, after, kind, actor, earlier);
  insert into xinheng.campaign_drawn (subject, campaign, act, records)
    select ${subject}, max(num), 3, 1 from xinheng.campaign`
const FIRM = '(select min(subject::text)::uuid from xinheng.subject where kind = 6)'

/** What each check catches: the id, and what someone with the owner's rights did. */
const BREACHES: [id: string, sql: string][] = [
  ['recordSubmission', `update xinheng.record set submission = 9999 where ${ONE}`],
  [
    'recordSubmission',
    'update xinheng.submission set accepted = false where num = (select max(num) from xinheng.submission where accepted)',
  ],
  ['recordTarget', `update xinheng.record set unit = unit + 1 where ${ONE}`],
  ['recordTarget', `update xinheng.record set item = (select max(num) from xinheng.item) where ${ONE}`],
  ['recordInForce', `update xinheng.record set decided = '1980-01-01' where ${ONE}`],
  ['recordInForce', `update xinheng.record set decided = current_date + 30 where ${ONE}`],
  [
    'recordInForce',
    `update xinheng.pack set content = jsonb_set(content, '{items}', (select jsonb_agg(i - 'basis') from jsonb_array_elements(content -> 'items') i))`,
  ],
  [
    'recordEntitled',
    `update xinheng.record set unit = (select num from xinheng.unit where id = 'demo-bank') where ${ONE}`,
  ],
  ['identityWithoutRecord', `delete from xinheng.record where subject = ${RECORD}`],
  ['recordWithoutIdentity', `delete from xinheng.subject where subject = ${RECORD}`],
  ['review', 'update xinheng.submission set reviewer = null where reviewer is not null'],
  ['lookUpActor', `update xinheng.access set actor = 99999 where ${LOOK}`],
  [
    'lookUpActor',
    `update xinheng.account set closed_at = '2020-01-01' where num = (select actor from xinheng.access where ${LOOK})`,
  ],
  ['lookUpUnit', `update xinheng.access set unit = unit + 1 where ${LOOK}`],
  [
    'lookUpUnit',
    `update xinheng.access set actor = (select min(actor) from xinheng.access where ground = 5) where ground = 3`,
  ],
  ['lookUpGround', `update xinheng.access set matter = ' ' where ${LOOK}`],
  ['lookUpGround', `update xinheng.access set ground = 0 where ${LOOK}`],
  ['lookUpConsent', 'delete from xinheng.consent_end; delete from xinheng.consent'],
  ['lookUpConsent', `update xinheng.consent set unit = unit - 1`],
  ['lookUpConsent', `update xinheng.consent_end set at = '2020-01-01'`],
  ['lookUpConsent', `update xinheng.consent set given_at = '2020-01-01', expires_at = '2020-01-02'`],
  ['lookUpFields', `update xinheng.access set items = '' where ${LOOK}`],
  [
    'withheld',
    `insert into xinheng.access_withheld (subject, access, ground, until) select subject, num, '侦查', current_date + 9 from xinheng.access where ${LOOK}`,
  ],
  [
    'incapable',
    `insert into xinheng.capacity (subject, num, file, restored, day, at)
       select r.subject, 1, 1, false, current_date - 1, '2020-01-01' from xinheng.record r join xinheng.item i on i.num = r.item where i.adverse and i.person limit 1`,
  ],
  [
    'wardConsent',
    `delete from xinheng.consent_end; insert into xinheng.capacity (subject, num, file, restored, day, at)
       select o.subject, 1, 1, false, '2020-01-01', '2020-01-01' from xinheng.consent o limit 1`,
  ],
  ['endedOfNothing', 'update xinheng.action set nk = nk + 1024'],
  ['withdrawnByOthers', `update xinheng.action set unit = unit + 1 where kind = 'withdraw'`],
  ['erasedContent', `update xinheng.record set body = 'x' where octet_length(body) = 0`],
  ['versions', 'update xinheng.record set nk = nk + 1 where nk & 1023 = 1'],
  ['versions', 'update xinheng.record set submission = 1 where nk & 1023 = 1'],
  ['appendOnly', 'grant delete on xinheng.record to xinheng_app'],
  ['appendOnly', 'grant update (body) on xinheng.record to xinheng_reader'],
  ['appendOnly', `grant truncate on xinheng.access to xinheng_sequencer`],
  ['closedTables', 'grant select (subject) on xinheng.access to xinheng_app'],
  [
    'closedTables',
    `do $$ begin execute 'grant select on ' || (select min(inhrelid::regclass::text) from pg_inherits where inhparent = 'xinheng.access'::regclass) || ' to xinheng_app'; end $$`,
  ],
  ['eraser', 'grant insert on xinheng.action to xinheng_eraser'],
  ['eraser', 'grant execute on function xinheng.erase_record to xinheng_app'],
  [
    'publicGrants',
    'create function xinheng.peek() returns bigint language sql as $$ select 1::bigint $$; grant execute on function xinheng.peek to public',
  ],
  ['publicGrants', 'grant select on xinheng.unit to public'],
  ['publicGrants', 'grant create on schema public to public'],
  ['searchPath', 'alter function xinheng.look_up reset search_path'],
  ['searchPath', 'alter function xinheng.look_up set search_path = public, xinheng'],
  ['rowSecurity', 'alter table xinheng.consent disable row level security'],
  ['rowSecurity', 'drop policy own on xinheng.matter'],
  ['roles', 'alter role xinheng_app bypassrls'],
  ['roles', 'grant xinheng_sequencer to xinheng_app'],
  ['roles', 'alter table xinheng.access owner to xinheng_app'],
  ['tileTrigger', 'alter table xinheng.ledger_tile disable trigger ledger_tile_grows'],
  [
    'visible',
    `update xinheng.visible set items = items || 1::smallint, longest = longest || interval '1 day' where not 1 = any (items)`,
  ],
  ['visible', 'delete from xinheng.visible where purpose = 1'],
  ['visibleTerms', `update xinheng.visible set longest[1] = '9 years'`],
  ['visibleTerms', `update xinheng.visible set entry_items = '{}'`],
  ['sealedVisible', 'update xinheng.visible set sealed_items = sealed_items || 999::smallint'],
  ['packContent', `update xinheng.pack set content = jsonb_set(content, '{name,en}', '"Another"')`],
  ['packContent', `update xinheng.pack set digest = sha256(digest)`],
  [
    'packContent',
    `update xinheng.pack set content = jsonb_set(content, '{items}', (select jsonb_agg(i || '{"nature": "favourable"}') from jsonb_array_elements(content -> 'items') i))`,
  ],
  ['items', `update xinheng.item set longest = '9 years' where num = 1`],
  ['items', 'update xinheng.item set adverse = not adverse where num = 2'],
  [
    'items',
    'update xinheng.item set published = true where num = (select min(num) from xinheng.item where not person and not published)',
  ],
  [
    'items',
    'update xinheng.item set published = false where num = (select min(num) from xinheng.item where published)',
  ],
  ['items', 'update xinheng.item set entry = false where num = (select min(num) from xinheng.item where entry)'],
  [
    'items',
    `insert into xinheng.item (id, layout, adverse, person, longest) values ('of-nobody', '{}', true, true, '9 years')`,
  ],
  ['units', `update xinheng.unit set kind = 'court' where id = 'demo-bank'`],
  ['units', `insert into xinheng.unit (id, kind, name) values ('a-friend', 'court', '{"zh": "某", "en": "Some"}')`],
  [
    'units',
    `delete from xinheng.visible; delete from xinheng.unit where num = (select max(u.num) from xinheng.unit u
    where not exists (select from xinheng.account a where a.unit = u.num) and not exists (select from xinheng.submission s where s.unit = u.num)
      and not exists (select from xinheng.held_file f where f.unit = u.num) and not exists (select from xinheng.consent c where c.unit = u.num))`,
  ],
  ['purposes', `update xinheng.purpose set statutory = true where id = 'lending'`],
  ['purposes', `update xinheng.purpose set withhold = '9 years' where id = 'lending'`],
  [
    'steps',
    `insert into xinheng.step_rule (machine, after, kind, party, roles, of_record) values ('repair', 'start', 'grant-to-friends', 'unit', '{clerk}', true)`,
  ],
  ['steps', `update xinheng.step_rule set roles = '{clerk}' where machine = 'lawsuit' and kind = 'annul'`],
  ['steps', `delete from xinheng.step_rule where machine = 'objection' and after = 'start' and kind = 'contest'`],
  ['subjectName', `update xinheng.subject set name_mac = name_mac + 1 where subject = ${RECORD}`],
  [
    'subjectName',
    `update xinheng.subject set name = '另一家公司' where subject = (select min(subject::text)::uuid from xinheng.subject where kind = 6)`,
  ],
  ['organisationNames', `update xinheng.subject set name = '张三' where kind = 0`],
  ['lookUpVisible', `update xinheng.access set items = items || '\\x0fff' where ${LOOK}`],
  ['campaignPersons', drawn('(select min(subject::text)::uuid from xinheng.subject where kind <> 6)')],
  ['campaignLooks', drawn(FIRM)],
  ['keys', `update xinheng.subject set sealed = set_byte(sealed, 0, 77) where subject = ${RECORD}`],
  ['readable', `update xinheng.subject set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)`],
]

test('in a city where everything was lawful, no check finds anything', async (t) => {
  const office = await withEverything(t)
  const verdicts = await verify({ pool: office.owner, keys: office.keys, today: today(office.system) })
  assert.deepEqual(
    verdicts.filter(({ findings }) => findings.length > 0).map(({ check, findings }) => [check.id, findings]),
    [],
  )
  assert.equal(verdicts.length, CHECKS.length)
  assert.equal(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length)
})

test('every check catches what it is for, and names no person', async (t) => {
  const office = await withEverything(t)
  const { keys, owner } = office
  const options = { keys, today: today(office.system) }
  const { subjectKey, cipher } = office.system
  const underAge = makeCitizenNumber({ division: '990101', birth: '2010-05-05', sequence: 7 })
  const hex = (number: string) => subjectKey('citizen', number)
  const seal = (number: string) => cipher.seal(`${number}\u001f小明`, Buffer.from(hex(number), 'hex')).toString('hex')
  const moveTo = (number: string) =>
    `update xinheng.subject set subject = '${uuidOf(hex(number))}', sealed = '\\x${seal(number)}' where subject = ${RECORD}`
  const first = (await owner.query<{ subject: string }>(`select ${RECORD} as subject`)).rows[0]?.subject ?? ''
  const firm = (await owner.query<{ subject: string }>(`select ${FIRM} as subject`)).rows[0]?.subject ?? ''
  const adverse = `(select r.subject from xinheng.record r join xinheng.item i on i.num = r.item where i.adverse and i.person order by 1 limit 1)`
  const breaches: typeof BREACHES = [
    ...BREACHES,
    [
      'minor',
      `update xinheng.record set subject = '${uuidOf(hex(underAge))}' where subject = ${RECORD}; ${moveTo(underAge).replace(RECORD, `(select min(subject::text)::uuid from xinheng.subject s where not exists (select from xinheng.record r where r.subject = s.subject))`)}`,
    ],
    [
      'identifier',
      `update xinheng.subject set sealed = '\\x${cipher.seal('990101199001011234\u001f张三', Buffer.from(first.replaceAll('-', ''), 'hex')).toString('hex')}' where subject = '${first}'`,
    ],
    [
      'campaignTraders',
      `${drawn(`'${firm}'`)}; update xinheng.subject set sealed = '\\x${cipher.seal('92990000MA99900010\u001f某店', Buffer.from(firm.replaceAll('-', ''), 'hex')).toString('hex')}' where subject = '${firm}'`,
    ],
    [
      'organ',
      `update xinheng.pack set content = replace(replace(content::text, '"11990000009900021H"', '"x"'), '"1199000000990003X9"', '"11990000009900021H"')::jsonb`,
    ],
    [
      'document',
      `update xinheng.pack set content = replace(content::text, '"role": "document-number"', '"role": "document-name"')::jsonb where exists (select from xinheng.record where subject = ${adverse})`,
    ],
  ]
  const untested = CHECKS.filter(({ id }) => id !== 'incidents' && !breaches.some(([of]) => of === id)).map(
    ({ id }) => id,
  )
  assert.deepEqual(untested, [], 'a check without a breach that it catches is not one')
  const missed: string[] = []
  const client = await owner.connect()
  try {
    for (const [id, sql] of breaches) {
      await client.query('begin')
      await client.query(sql).catch((error: Error) => missed.push(`${error.message}: ${sql}`))
      const [verdict] = await verifyWithin(client, { ...options, only: [id] }).catch(
        (error: Error) => [missed.push(`${id}: ${error.message}`)] as never,
      )
      await client.query('rollback')
      if ((verdict?.findings?.length ?? 0) === 0) missed.push(`${id}: ${sql}`)
      for (const finding of verdict?.findings ?? []) assert.doesNotMatch(finding, /990101[12]|张|小明|测/, id)
    }
    assert.deepEqual(missed, [])
  } finally {
    client.release()
  }
})
