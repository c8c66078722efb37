import { connect, type Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { serveParent } from './child.ts'

/**
 * The load generator: keep-alive connections that each send the next look-up when the last is answered. It reads no
 * more of an answer than its status and length, so that it takes little of the two cores; the first answer of each
 * connection is parsed and checked.
 */
export type LoadArgument = {
  port: number
  cookie: string
  csrf: string
  purpose: string
  matter: string
  numbers: string
  records: number
}
/** `among`: only the first so many people. */
export type LoadRequest = { seconds?: number; count?: number; connections: number; seed: number; among?: number }
export type LoadAnswer = Answers & { cpu: number }
export type Answers = { count: number; seconds: number; p50: number; p99: number }

const HEAD_END = Buffer.from('\r\n\r\n')

function openConnection({ port, cookie, csrf, purpose, matter, records }: LoadArgument) {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let held: Buffer[] = []
  let missing = -1
  let checked = false
  let done: { resolve: () => void; reject: (error: Error) => void } | undefined
  socket.on('error', (error) => done?.reject(error))
  socket.on('close', () => done?.reject(new Error('the server closed a connection')))
  socket.on('data', (piece: Buffer) => {
    held.push(piece)
    if (missing < 0) {
      const whole = held.length === 1 ? piece : Buffer.concat(held)
      held = [whole]
      const end = whole.indexOf(HEAD_END)
      if (end < 0) return
      const head = whole.toString('latin1', 0, end)
      const length = /content-length: (\d+)/i.exec(head)?.[1]
      if (!head.startsWith('HTTP/1.1 200') || length === undefined) {
        done?.reject(new Error(`not an answer: ${head.split('\r\n', 1)[0]} ${whole.toString('utf8', end, end + 300)}`))
        return
      }
      missing = end + 4 + Number(length) - whole.length
    } else missing -= piece.length
    if (missing > 0) return
    if (!checked) {
      const whole = Buffer.concat(held)
      const answer = JSON.parse(whole.toString('utf8', whole.indexOf(HEAD_END) + 4)) as { records: unknown[] }
      if (answer.records.length !== records)
        done?.reject(new Error(`${answer.records.length} records, expected ${records}`))
      checked = true
    }
    held = []
    missing = -1
    done?.resolve()
  })
  const head =
    `POST /api/v1/look-ups HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\nx-csrf: ${csrf}\r\n` +
    'accept: application/json\r\ncontent-type: application/json\r\ncontent-length: '
  return {
    ask(number: string): Promise<void> {
      const body = Buffer.from(JSON.stringify({ number, purpose, matter }))
      socket.write(`${head}${body.length}\r\n\r\n${body.toString()}`)
      return new Promise((resolve, reject) => (done = { resolve, reject }))
    },
    close: () => {
      done = undefined
      socket.destroy()
    },
  }
}

/** Runs `ask` over and over, so many at once, for a time or a count; latencies in milliseconds. */
export async function drive(request: LoadRequest, asks: ((turn: number) => Promise<void>)[]): Promise<Answers> {
  const { seconds = Infinity, count = Infinity } = request
  const latencies: number[] = []
  const start = performance.now()
  const end = start + seconds * 1000
  let turn = request.seed
  let left = count
  await Promise.all(
    asks.map(async (ask) => {
      for (let now = performance.now(); now < end && left > 0;) {
        left -= 1
        await ask((turn += 1))
        const then = performance.now()
        latencies.push(then - now)
        now = then
      }
    }),
  )
  const took = (performance.now() - start) / 1000
  const sorted = Float64Array.from(latencies).toSorted()
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.trunc(sorted.length * share))] ?? NaN
  return { count: sorted.length, seconds: took, p50: quantile(0.5), p99: quantile(0.99) }
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The turn-th of a list in an order that looks random and visits all. */
export const scattered = <value>(list: readonly value[], turn: number): value => list[(turn * 7_368_787) % list.length]!

if (import.meta.main) {
  let numbers: string[] | undefined
  serveParent<LoadArgument, LoadRequest>(async (argument, request): Promise<LoadAnswer> => {
    numbers ??= readFileSync(argument.numbers, 'utf8').trimEnd().split('\n')
    const list = request.among === undefined ? numbers : numbers.slice(0, request.among)
    const connections = Array.from({ length: request.connections }, () => openConnection(argument))
    const before = cpuSeconds()
    const answers = await drive(
      request,
      connections.map(
        ({ ask }) =>
          (turn) =>
            ask(scattered(list, turn)),
      ),
    )
    for (const { close } of connections) close()
    return { ...answers, cpu: cpuSeconds() - before }
  })
}
