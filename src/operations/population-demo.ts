import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { httpPopulationCheck, type PopulationCheck } from './population.ts'

/** The key under which the demo responder knows a person. */
export function populationEntry(person: { kind: string; number: string }): string {
  return `${person.kind}:${person.number}`
}

/**
 * The population database of the demo city: the same HTTP protocol as the real one, for synthetic people.
 * `known` maps `populationEntry(person)` to the name. Answers match or no match (also for numbers it does not know),
 * 400 for what it cannot read, 401 without the key, and nothing about anyone.
 * The caller listens, on loopback: `server.listen(0, '127.0.0.1')`.
 */
export function demoPopulationResponder(known: ReadonlyMap<string, string>, key: string): Server {
  const answer = async (request: IncomingMessage): Promise<[status: number, body: object]> => {
    if (request.method !== 'POST') return [405, { error: 'method' }]
    if (!isSame(request.headers.authorization ?? '', `Bearer ${key}`)) return [401, { error: 'key' }]
    const person = await readPerson(request)
    if (person === undefined) return [400, { error: 'request' }]
    return [200, { result: known.get(populationEntry(person)) === person.name ? 'match' : 'no-match' }]
  }
  return createServer(async (request, response) => {
    try {
      const [status, body] = await answer(request)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    } catch {
      response.destroy() // the asker went away half-way
    }
  })
}

/** Starts the demo responder on loopback for these citizens and gives the check that asks it, over real HTTP. */
export async function startDemoPopulation(
  citizens: readonly { number: string; name: string }[],
): Promise<{ check: PopulationCheck; stop: () => Promise<void> }> {
  const key = randomBytes(24).toString('base64url')
  const known = new Map(citizens.map(({ number, name }) => [populationEntry({ kind: 'citizen', number }), name]))
  const server = demoPopulationResponder(known, key)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the demo responder has no address')
  return {
    check: httpPopulationCheck({ url: `http://127.0.0.1:${address.port}/check`, key }),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted))

async function readPerson(
  request: IncomingMessage,
): Promise<{ kind: string; number: string; name: string } | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > 4096) return undefined
    chunks.push(chunk)
  }
  let body: unknown
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof body !== 'object' || body === null) return undefined
  if (!('kind' in body) || !('number' in body) || !('name' in body)) return undefined
  const { kind, number, name } = body
  if (typeof kind !== 'string' || typeof number !== 'string' || typeof name !== 'string') return undefined
  return { kind, number, name }
}
