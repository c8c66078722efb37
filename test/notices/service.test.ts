import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderSender, signBody, webhookSender, type Sender } from '#operations/notice/channel.ts'
import { tellAll } from '#operations/notice/send.ts'
import { SAFETY, stepOf, withLists } from '#test/cases/listing.fixture.ts'
import { withCity, valuesOf } from '#test/guarantees/city.fixture.ts'
import { citizenNumber } from '#test/people.ts'

const at = (day: string, time = '10:00') => `${day}T${time}:00+08:00`
type Notice = {
  title: { zh: string; en: string }
  text: { zh: string; en: string }
  at: string
  record?: string
  service: { channel: string; ok: boolean; reference: string }[]
}

test('B16, B11: whoever has an adverse record put on file is told why, until when, what ends it sooner and how to object, whatever runs; a file, one record and a held file the same', async (t) => {
  const city = await withCity(t)
  await city.setTime(at('2026-03-02'))
  const clerk = await city.staff('clerk', 'demo-market')
  const facts = (number: string, document: string) => ({
    item: 'penalty-person',
    number,
    decided: '2026-02-27',
    document,
    values: { CF_CFLB: '02' },
  })
  const people = [1, 2, 3].map((index) => citizenNumber(index))
  const rows = people.map((number, n) => valuesOf(city, facts(number, `衡市监罚〔2026〕${n}号`)))
  const header = Object.keys(rows[0] ?? {})
  const csv = (of: typeof rows) =>
    [header, ...of.map((row) => header.map((id) => row[id] ?? ''))].map((cells) => cells.join(',')).join('\r\n')
  const sent = await clerk.call('intake', {
    query: { item: 'penalty-person' },
    body: csv(rows),
    headers: { 'content-type': 'text/csv' },
  })
  assert.equal(sent.status, 200, sent.text)
  const single = citizenNumber(4)
  assert.equal((await city.report(facts(single, '衡市监罚〔2026〕9号'))).status, 200)
  await city.setTime(at('2026-03-02', '11:00'))
  const clients = new Map<string, Awaited<ReturnType<typeof city.person>>>()
  const read = async (number: string) => {
    const client = clients.get(number) ?? (await city.person(number))
    clients.set(number, client)
    return (await client.call('myNotices')).body.notices as Notice[]
  }
  const told = await read(people[0] ?? '')
  assert.equal(told.length, 1)
  const [notice] = told
  assert.ok(notice)
  assert.match(notice.title.zh, /记录已列入档案：行政处罚（自然人）/)
  assert.match(
    notice.text.zh,
    /衡州市市场监督管理局报送.*依据.*行政处罚法》第四十八条.*展示和使用至2026年5月26日，到期自动停止.*提前终止：自2026年2月27日起可以申请信用修复.*提出异议/s,
  )
  assert.match(
    notice.text.en,
    /until 26 May 2026 and then stops by itself.*repair can be applied for.*object under “My archive”/s,
  )
  assert.deepEqual(
    notice.service.map(({ channel, ok }) => [channel, ok]),
    [['inbox', true]],
  )
  const words = ({ title, text }: Notice) => [title, text]
  const [alone] = await read(single)
  assert.ok(alone)
  assert.deepEqual(words(alone), words(notice), 'one record alone says what a file says')
  // nothing adverse: nothing to tell; and a held file says nothing until it is approved
  const honoured = citizenNumber(5)
  const held = await (
    await city.staff('clerk', 'demo-education')
  ).call('record', {
    body: {
      item: 'student-exam',
      values: valuesOf(city, {
        item: 'student-exam',
        number: honoured,
        decided: '2026-02-27',
        document: '教考〔2026〕1号',
      }),
    },
  })
  assert.equal(held.body.status, 'held', held.text)
  await city.setTime(at('2026-03-02', '12:00'))
  const pupil = await city.person(honoured)
  assert.deepEqual((await pupil.call('myNotices')).body.notices, [])
  await (
    await city.staff('reviewer', 'demo-education')
  ).call('decideHeld', { params: { num: held.body.held }, body: { approve: true, reason: '核对无误' } })
  await city.setTime(at('2026-03-02', '13:00'))
  assert.match((await pupil.call('myNotices')).body.notices[0].title.zh, /国家教育考试/)
  // read, not run: from the day it ends the notice says so
  await city.setTime(at('2026-05-27'))
  assert.match((await read(single))[0]?.text.zh ?? '', /现已不再展示和使用/)
})

test('notices go out on the channels a person asked for, are proven, tried again and fall back to paper; a link and a message hold nothing personal', async (t) => {
  const city = await withCity(t)
  await city.setTime(at('2026-03-02'))
  const [number, other] = [citizenNumber(1), citizenNumber(2)]
  const person = await city.person(number)
  const set = (channel: string, address: string) => person.call('setMyContact', { body: { channel, address } })
  assert.equal((await set('sms', '12345')).body.code, 'contact-unreadable')
  assert.equal((await set('sms', '13800138000')).body.contacts[0].address, '138****8000')
  const kept = await set('mail', 'ceshi@example.com')
  assert.deepEqual(
    kept.body.contacts.map((one: { address?: string }) => one.address),
    ['138****8000', 'c***@example.com', undefined],
  )
  const { rows: sealed } = await city.owner.query(`select encode(sealed, 'escape') as s from xinheng.contact`)
  assert.ok(!JSON.stringify(sealed).includes('13800138000'))
  await city.setTime(at('2026-03-02', '11:00'))
  const penalty = { item: 'penalty-person', decided: '2026-02-27', values: { CF_CFLB: '02' } }
  await city.report({ ...penalty, number })
  await city.report({ ...penalty, number: other, document: '衡市监罚〔2026〕2号' })
  await city.setTime(at('2026-03-02', '11:01'))
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-outbox-'))
  const broken: Sender = { by: 'broken', send: () => Promise.reject(new Error('down')) }
  const link = 'https://credit.example/me'
  const first = await tellAll(city.system, { senders: { sms: folderSender(folder), mail: broken }, link })
  // the one without an account: on paper, and only they
  assert.deepEqual([first.sent, first.failed, first.letters], [1, 1, 1])
  const [file] = await readdir(folder)
  const message = JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'))
  assert.equal(message.to, '13800138000')
  assert.match(
    message.body,
    /^【衡州市（演示）政策包】记录已列入档案：行政处罚（自然人）。详情和期限请登录查看：https:\/\/credit\.example\/me$/,
  )
  assert.ok(!JSON.stringify(message).includes(number) && !message.body.includes(message.message))
  // nothing is sent twice, and what failed comes again after a while
  const second = await tellAll(city.system, { senders: { sms: folderSender(folder), mail: broken }, link })
  assert.deepEqual([second.sent, second.failed, second.letters], [0, 0, 0])
  await city.setTime(at('2026-03-02', '11:05'))
  const mailed: string[] = []
  const gateway = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      assert.equal(request.headers['x-signature'], signBody('秘密', body))
      mailed.push(body)
      response.writeHead(mailed.length === 1 ? 202 : 422).end(JSON.stringify({ reference: 'M1' }))
    })
  })
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  t.after(() => gateway.close())
  const port = (gateway.address() as { port: number }).port
  const senders = { mail: webhookSender(`http://127.0.0.1:${port}/`, '秘密') }
  assert.equal((await tellAll(city.system, { senders, link })).sent, 1)
  const { message: id, body } = JSON.parse(mailed[0] ?? '{}')
  assert.match(body, /提出异议.*Sign in to read it/s)
  // taken is not delivered: the gateway says so later, under the secret
  const proofs = async () => {
    const { rows } = await city.owner.query(
      `select xinheng.service_of(subject, num) as s from xinheng.notice where subject = $1`,
      [city.subjectOf(number)],
    )
    return rows[0].s.map((one: { channel: string; ok: boolean }) => `${one.channel} ${one.ok}`).toSorted()
  }
  assert.deepEqual(await proofs(), ['mail false', 'sms true'])
  process.env['XINHENG_GATEWAY_SECRET'] = '秘密'
  t.after(() => delete process.env['XINHENG_GATEWAY_SECRET'])
  const receipt = (signature: string) =>
    city.nobody.call('channelReceipt', { body: { message: id, delivered: true, reference: 'M1', signature } })
  assert.equal((await receipt('0'.repeat(64))).body.code, 'not-found')
  assert.equal((await receipt(signBody('秘密', `${id}\ntrue\nM1`))).status, 200)
  assert.deepEqual(await proofs(), ['mail false', 'mail true', 'sms true'])

  // a second notice that the gateway will never deliver goes on paper at once
  await set('sms', '')
  await city.report({ ...penalty, number, document: '衡市监罚〔2026〕3号' })
  await city.setTime(at('2026-03-02', '11:06'))
  const third = await tellAll(city.system, { senders, link })
  assert.deepEqual([third.sent, third.failed, third.letters], [0, 1, 1])
  const desk = await city.staff('clerk', 'demo-market')
  const { letters, waiting } = (await desk.call('letters')).body
  assert.equal(waiting, 2)
  assert.deepEqual(
    letters.map((one: { why: { zh: string } }) => one.why.zh),
    ['本人没有账户', '短信或者邮件未能送达'],
  )
  assert.ok(!JSON.stringify(letters).includes(number) && !JSON.stringify(letters).includes('测试人'))
  const params = { letter: letters[0].letter }
  // another unit's letters are not there
  const stranger = await city.staff('clerk', 'demo-tax')
  assert.equal((await stranger.call('letters')).body.letters.length, 0)
  assert.equal((await stranger.call('letter', { params })).body.code, 'not-found')
  const letter = (await desk.call('letter', { params })).body
  assert.equal(letter.to.name, '测试人')
  assert.match(letter.text.zh, /展示和使用至2026年5月26日/)
  const pdf = await desk.fetch(`/api/v1/desk/letters/${params.letter}/file`)
  assert.equal(pdf.headers.get('content-type'), 'application/pdf')
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  )
  const deliver = (client: typeof desk, given: object = {}) =>
    client.call('recordDelivery', {
      params,
      body: { day: '2026-03-02', how: 'post', receipt: 'EMS 1234', delivered: true, ...given },
    })
  assert.equal((await deliver(stranger)).body.code, 'not-found')
  assert.equal((await deliver(desk, { day: '2026-03-01' })).body.code, 'letter-day')
  // a day that is none, and a receipt that says nothing: refused, and no fault of the server
  assert.equal((await deliver(desk, { day: '2026-02-31' })).body.field, 'day')
  assert.equal((await deliver(desk, { receipt: ' \u3000 ' })).body.field, 'receipt')
  assert.equal((await deliver(desk, { day: '2026-03-03' })).body.code, 'letter-day')
  assert.equal((await deliver(desk, { delivered: false, receipt: '退回' })).status, 200)
  assert.equal((await desk.call('letters')).body.letters[0].failed, 1)
  assert.equal((await deliver(desk, { how: 'handed', receipt: '签收' })).status, 200)
  assert.equal((await deliver(desk)).body.code, 'letter-done')
  assert.equal((await desk.call('letters')).body.waiting, 1)
  // served, it can be opened again: each opening is counted for the unit, and a look-up of its own for the person
  const afterwards = (await desk.call('letters')).body.served
  assert.deepEqual(
    afterwards.map((one: { letter: string; opened: number }) => [one.letter, one.opened]),
    [[params.letter, 2]],
  )
  assert.ok(!JSON.stringify(afterwards).includes('签收'), 'who signed is read with the letter alone')
  const again = (await desk.call('letter', { params })).body
  assert.equal(again.opened.length, 3)
  assert.deepEqual(
    again.service.map(({ name, ok, reference }: { name: { zh: string }; ok: boolean; reference: string }) => [
      name.zh,
      ok,
      reference,
    ]),
    [
      ['邮寄送达', false, '退回'],
      ['直接送达', true, '签收'],
    ],
  )
  assert.equal((await desk.call('letters')).body.served[0].opened, 3)
  assert.deepEqual((await stranger.call('letters')).body.served, [])
  // the person sees that their letter was read at the desk, and how service was proven
  const late = await city.person(other)
  const looks = (await late.call('myAccesses')).body.accesses
  const ofLetters = looks.filter((look: { matter: string }) => look.matter.startsWith('letter '))
  assert.equal(ofLetters.filter(({ outcome }: { outcome: string }) => outcome === 'answered').length, 3)
  assert.ok(ofLetters.some(({ access }: { access: string }) => access === again.access))
  const [mine] = (await late.call('myNotices')).body.notices as Notice[]
  assert.deepEqual(
    mine?.service.filter(({ channel }) => channel === 'paper').map(({ ok, reference }) => [ok, reference]),
    [
      [false, '退回'],
      [true, '签收'],
    ],
  )
})

test('what nobody reads in the pack’s time goes on paper; what was read in between does not; nothing of it waits for a job', async (t) => {
  const city = await withCity(t)
  await city.setTime(at('2026-03-02'))
  const clients = []
  for (const index of [1, 2]) {
    const number = citizenNumber(index)
    clients.push(await city.person(number))
    await city.report({ item: 'penalty-person', number, decided: '2026-02-27', document: `衡市监罚〔2026〕${index}号` })
  }
  await city.setTime(at('2026-03-02', '11:00'))
  const tell = async () => (await tellAll(city.system, { senders: {}, link: '' })).letters
  assert.equal(await tell(), 0)
  await city.setTime(at('2026-03-09'))
  assert.equal(await tell(), 0)
  // one of them reads on the last day: served without any job
  assert.equal((await clients[0]?.call('myNotices'))?.body.notices.length, 1)
  await city.setTime(at('2026-03-10'))
  assert.equal(await tell(), 1)
  const desk = await city.staff('clerk', 'demo-market')
  assert.deepEqual(
    (await desk.call('letters')).body.letters.map((one: { why: { zh: string } }) => one.why.zh),
    ['逾期无人查阅'],
  )
  // who signs in after all has it, and the letter need not go out
  assert.equal((await clients[1]?.call('myNotices'))?.body.notices.length, 1)
  assert.equal((await desk.call('letters')).body.waiting, 0)
})

test('G6, wall: a window opens for nobody whose notice is not proven served, whoever says so; with the unit’s own proof, or once it is read, it does', async (t) => {
  const { city, clerk, propose } = await withLists(t, 'tj-emergency')
  const id = (await propose(SAFETY)).body.case as string
  assert.equal((await stepOf(clerk, id, 1, 'notify', { facts: '经查证的事实' })).status, 200)
  const file = id.split('.')[1]
  const subject = city.subjectOf(SAFETY.number)
  const open = async () => {
    const client = await city.system.pool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query<{ outcome: number; entered: number }>(
        `with s as materialized (select * from xinheng.take_step($1::integer, $2::uuid, 'listing', 'serve', $3::bigint, 3::smallint, 0,
           0::smallint, 0, $4::smallint, '2026-12-31', null, null, '', '{}', '{}'))
         select s.outcome, xinheng.enter_window($2::uuid, s.num) as entered from s`,
        [clerk.account, subject, file, city.system.reference.packNum],
      )
      return [rows[0]?.outcome, rows[0]?.entered]
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const proof = async () => {
    const { case: body, notices } = (await clerk.call('openCase', { params: { case: id } })).body
    assert.equal(body.steps[1].kind, 'notify')
    return notices
      .filter(({ step }: { step: number }) => step === 2)
      .map(({ service }: { service: { channel: string }[] }) => service.map(({ channel }) => channel))
  }
  assert.deepEqual(await proof(), [[]], 'the case shows that its notice is not served')
  assert.deepEqual(await open(), [0, 8])
  assert.equal((await (await city.person(SAFETY.number)).call('myNotices')).body.notices.length, 1)
  assert.deepEqual(await open(), [0, 0])
  assert.deepEqual(await proof(), [['inbox']], 'and then by what it is')
})
