import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import { test, type TestContext } from 'node:test'
import { makeCitizenNumber } from '#domain/identity/synthetic.ts'
import { demoPopulationResponder, populationEntry } from './population-demo.ts'
import { httpPopulationCheck, noPopulationCheck, type PopulationFailure } from './population.ts'

const number = makeCitizenNumber({ division: '990101', birth: '1990-05-01', sequence: 12 })
const person = { kind: 'citizen', number, name: '甄有诚' } as const

async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return `http://127.0.0.1:${address.port}/check`
}

/** A server with one behaviour, a check pointed at it, and what it saw. */
async function facing(t: TestContext, behave: RequestListener) {
  const failures: PopulationFailure[] = []
  const seen = { requests: 0 }
  const url = await listen(
    t,
    createServer((request, response) => {
      seen.requests++
      behave(request, response)
    }),
  )
  const onFailure = (failure: PopulationFailure) => void failures.push(failure)
  return { check: httpPopulationCheck({ url, key: 'k', timeoutMs: 200, onFailure }), failures, seen }
}

test('the demo responder over a real socket: match, no match, unknown number, wrong key', async (t) => {
  const url = await listen(t, demoPopulationResponder(new Map([[populationEntry(person), person.name]]), 'demo-key'))
  const check = httpPopulationCheck({ url, key: 'demo-key' })
  assert.equal(await check(person), 'match')
  assert.equal(await check({ ...person, name: '甄无信' }), 'no-match')
  assert.equal(await check({ ...person, number: '0' }), 'no-match')
  assert.equal(await check({ ...person, kind: 'passport' }), 'no-match')
  assert.equal(await httpPopulationCheck({ url, key: 'wrong' })(person), 'unavailable')
  const headers = { authorization: 'Bearer demo-key' }
  for (const body of [
    '',
    '{',
    '[]',
    'null',
    '{"kind":"citizen"}',
    '{"kind":1,"number":2,"name":3}',
    'x'.repeat(5000),
  ]) {
    const response = await fetch(url, { method: 'POST', headers, body })
    assert.equal(response.status, 400)
  }
  assert.equal((await fetch(url, { headers })).status, 405)
})

test('a silent server: two attempts, then unavailable, and the failure carries no personal data', async (t) => {
  const { check, failures, seen } = await facing(t, () => {})
  assert.equal(await check(person), 'unavailable')
  assert.equal(seen.requests, 2)
  assert.deepEqual(failures, [{ reason: 'timeout' }, { reason: 'timeout' }])
})

test('a body that never ends counts as a timeout too', async (t) => {
  const { check, failures } = await facing(t, (_, response) => void response.writeHead(200).write('{"result":'))
  assert.equal(await check(person), 'unavailable')
  assert.deepEqual(
    failures.map((failure) => failure.reason),
    ['timeout', 'timeout'],
  )
})

test('500 once, then an answer: the retry finds it', async (t) => {
  let first = true
  const { check, failures, seen } = await facing(t, (_, response) => {
    response.statusCode = first ? 500 : 200
    first = false
    response.end('{"result":"match","birth":"1990-05-01"}')
  })
  assert.equal(await check(person), 'match')
  assert.equal(seen.requests, 2)
  assert.deepEqual(failures, [{ reason: 'status', status: 500 }])
})

test('500 twice, a dropped connection: unavailable after two attempts', async (t) => {
  const broken = await facing(t, (_, response) => void response.writeHead(503).end())
  assert.equal(await broken.check(person), 'unavailable')
  assert.equal(broken.seen.requests, 2)
  const dropped = await facing(t, (request) => void request.socket.destroy())
  assert.equal(await dropped.check(person), 'unavailable')
  assert.deepEqual(
    dropped.failures.map((failure) => failure.reason),
    ['network', 'network'],
  )
})

test('garbage is not an answer and is not asked for again', async (t) => {
  const garbage = [
    '',
    'yes',
    '{}',
    'null',
    '[]',
    '{"result":true}',
    '{"result":"MATCH"}',
    `{"result":"match","pad":"${'x'.repeat(2000)}"}`,
  ]
  for (const body of garbage) {
    const { check, failures, seen } = await facing(t, (_, response) => void response.end(body))
    assert.equal(await check(person), 'unavailable', body.slice(0, 20))
    assert.equal(seen.requests, 1)
    assert.deepEqual(failures, [{ reason: 'answer' }])
  }
})

test('a redirect is not followed: the person goes to one address only', async (t) => {
  let reached = 0
  const target = await listen(
    t,
    createServer((_, response) => void (reached++, response.end('{"result":"match"}'))),
  )
  const { check, failures } = await facing(t, (_, response) => void response.writeHead(307, { location: target }).end())
  assert.equal(await check(person), 'unavailable')
  assert.deepEqual(failures, [{ reason: 'status', status: 307 }])
  assert.equal(reached, 0)
})

test('only https, or this machine', async () => {
  assert.throws(() => httpPopulationCheck({ url: 'http://population.example/check', key: 'k' }), /https/)
  assert.throws(() => httpPopulationCheck({ url: 'http://127.0.0.1.example/check', key: 'k' }), /https/)
  httpPopulationCheck({ url: 'https://population.example/check', key: 'k' })
  assert.equal(await noPopulationCheck(person), 'unavailable')
})
