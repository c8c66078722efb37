import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeClient, type Answer, type Client, type Input } from '#test/api.ts'
import type { RouteName } from '#contract/routes.ts'
import { commitment, commitmentFile } from '#test/people.ts'
import { penalty, penaltyFile } from './sending.fixture.ts'

// What is killed, and who goes on asking: the real server and command line in processes of their own, and clients that
// write down what they were told.

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const NODE = ['--disable-warning=ExperimentalWarning', MAIN]

export type Dice = () => number

/** Random numbers of a seed that is printed, so that a failure can be played again. */
export function openDice(t: TestContext): Dice {
  let state = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31)
  t.diagnostic(`KILL_SEED=${state}`)
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return ((state >>> 8) & 0xffffff) / 0x1000000
  }
}

export async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

const gone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** `xinheng start`, to be killed and started again. */
export function openServer(env: Record<string, string>) {
  let child: ChildProcess | undefined
  let said = ''
  const faults = new Set<string>()
  /** What it says of faults, but for what every one has of its own. */
  const note = (chunk: string) => {
    for (const [, error] of chunk.matchAll(/"error":(\{.*\}),"msg":"fault"/g))
      if (error && !/"code":"(?:08|53|57P|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(error)) faults.add(error)
  }
  return {
    faults: () => [...faults],
    async start(): Promise<void> {
      if (child && !gone(child)) return
      said = ''
      const started = spawn(process.execPath, [...NODE, 'start'], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      // its log is not what is looked at here, but has to go somewhere
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (chunk: Buffer) => {
          said = (said + chunk.toString()).slice(-20_000)
          note(chunk.toString())
        })
      while (!said.includes('Ctrl-C')) {
        assert.ok(!gone(started), `the server does not start again: ${said}`)
        await sleep(20)
      }
    },
    async kill(): Promise<void> {
      if (!child || gone(child)) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    async stop(): Promise<unknown[]> {
      assert.ok(child && !gone(child), `the server went by itself: ${said}`)
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      return ended
    },
    alive: () => child !== undefined && !gone(child),
  }
}

export type Ack = { key: string; submission: number; status: string; new: number; versions: number }

/** `xinheng intake FILE`: its receipt; undefined where it was killed or had to give up. */
export function runIntake(env: Record<string, string>, path: string, key: string) {
  const options = ['--item', 'commitment', '--unit', 'demo-market', '--as', 'kill-clerk', '--key', key, '--json']
  const child = spawn(process.execPath, [...NODE, 'intake', path, ...options], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const receipt = once(child, 'close').then((): Ack | undefined => {
    const line = text.split('\n').find((one) => one.startsWith('{'))
    const read = line === undefined ? undefined : (JSON.parse(line) as Ack)
    return read && ['accepted', 'again'].includes(read.status) ? { ...read, key } : undefined
  })
  return { receipt, kill: () => child.kill('SIGKILL') }
}

const CUTS = ['', '2026-04-01', '2026-02-30']
/** The n-th file of the command line: each corrects and repeats some rows of the one before, and has some that are wrong. */
export function commitmentsOf(file: number, rows: number): string {
  return commitmentFile(
    Array.from({ length: rows }, (_, at) => {
      const row = commitment(file * rows + at)
      if (file > 0 && at % 40 === 7) return { ...commitment((file - 1) * rows + at), decided: CUTS[1] ?? '' }
      if (file > 0 && at % 40 === 9) return commitment((file - 1) * rows + at)
      return at % 100 === 11 ? { ...row, decided: CUTS[2] ?? '' } : row
    }),
  )
}
/** The n-th upload, about the same people as the files. */
export const penaltiesOf = (file: number, rows: number): string =>
  penaltyFile(Array.from({ length: rows }, (_, at) => penalty(file * rows + at)))

/** The children of PostgreSQL at work for somebody or for itself, and itself. */
export function postgresOf(dataDir: string): { postmaster: number; children: number[] } {
  const data = join(dataDir, 'postgres/data')
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const path = `/proc/${postmaster}/task/${postmaster}/children`
  let children: number[] = []
  try {
    children = readFileSync(path, 'utf8').trim().split(' ').map(Number).filter(Boolean)
  } catch {
    // not told on this system: then it is the postmaster
  }
  return { postmaster, children }
}

/** What the clients were told, and what they have asked and not been told. */
export type Told = {
  /** matters of look-ups that were answered, and of all that were asked */
  seen: Set<string>
  looked: Set<string>
  /** steps that were acknowledged: case and number */
  steps: { case: string; step: number }[]
  /** objections begun, by record; one more may be there that could not say so */
  begun: Map<string, number>
  uploads: Ack[]
  /** requests under way */
  under: { looks: number; steps: number; uploads: number }
  /** answers other than yes, by status and code */
  other: Map<string, number>
}

export type Person = { client: Client; number: string; records: string[] }
export type Cast = { officer: Client; clerk: Client; reviewer: Client; people: Person[] }

export async function signIn(base: string, name: string, password: string): Promise<Client> {
  const response = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  })
  const { csrf } = (await response.json()) as { csrf: string }
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
  return makeClient(base, { name, account: 0, csrf, cookie })
}

/** Clients that look up, object and decide, and upload, all the time, and remember what they were told. */
export function openClients(cast: Cast, dice: Dice, rowsOfUpload: number) {
  const told: Told = {
    seen: new Set(),
    looked: new Set(),
    steps: [],
    begun: new Map(),
    uploads: [],
    under: { looks: 0, steps: 0, uploads: 0 },
    other: new Map(),
  }
  const state = { resting: true, over: false, busy: 0 }

  /** Asks; undefined where no answer came. */
  async function ask(
    what: keyof Told['under'],
    who: Client,
    name: RouteName,
    input: Input,
  ): Promise<Answer | undefined> {
    told.under[what] += 1
    try {
      const answer = await who.call(name, input)
      if (answer.status !== 200) {
        const code = `${answer.status} ${(answer.body as { code?: string } | undefined)?.code ?? ''}`
        told.other.set(code, (told.other.get(code) ?? 0) + 1)
        await sleep(30)
      }
      return answer
    } catch {
      await sleep(30)
      return undefined
    } finally {
      told.under[what] -= 1
    }
  }

  async function look(): Promise<void> {
    const matter = `核-${told.looked.size}`
    told.looked.add(matter)
    const { number } = cast.people[told.looked.size % cast.people.length] as Person
    const answer = await ask('looks', cast.officer, 'lookUp', { body: { number, purpose: 'approval', matter } })
    if (answer?.status === 200) told.seen.add(matter)
  }

  /** The cases of a person about a record, as they see them. */
  async function casesOf({ client }: Person, record: string) {
    const answer = await ask('steps', client, 'myCases', {})
    const cases = answer?.body?.cases as { case: string; record?: string; closed: boolean }[] | undefined
    return answer?.status === 200 ? cases?.filter((one) => one.record === record) : undefined
  }

  /** One objection from beginning to decision, whatever happens in between. */
  async function object(person: Person): Promise<void> {
    const record = person.records[Math.floor(dice() * person.records.length)] ?? ''
    const before = told.begun.get(record) ?? 0
    let open: string | undefined
    const content = { statement: '承诺已按期履行' }
    while (open === undefined) {
      const body = { machine: 'objection', kind: 'open', record, content }
      const made = await ask('steps', person.client, 'startMyCase', { body })
      if (made?.status === 200) {
        open = made.body.case as string
        told.steps.push({ case: open, step: 1 })
      } else {
        const cases = await casesOf(person, record)
        if (cases) assert.ok(cases.length === before || cases.length === before + 1, 'an objection is there twice')
        if (cases && cases.length > before) open = cases.find(({ closed }) => !closed)?.case
      }
      if (state.over && open === undefined) return
    }
    told.begun.set(record, before + 1)
    const decision = {
      kind: 'reject',
      step: 1,
      content: { reason: '经核查，逾期两日履行', basis: '《信用承诺管理办法》' },
    }
    for (let decided = false; !decided;) {
      const answer = await ask('steps', cast.reviewer, 'stepCase', { params: { case: open }, body: decision })
      if (answer?.status === 200) {
        told.steps.push({ case: open, step: 2 })
        decided = true
      } else if (answer?.status === 409) decided = true
    }
    await sleep(dice() * 60)
  }

  let upload = 0
  async function send(): Promise<void> {
    const key = `upload-${upload}`
    const answer = await ask('uploads', cast.clerk, 'intake', {
      query: { item: 'penalty-person', key },
      headers: { 'content-type': 'text/csv' },
      body: penaltiesOf(upload, rowsOfUpload),
    })
    if (answer?.status === 200) {
      told.uploads.push({ ...(answer.body as Ack), key })
      upload += 1
      await sleep(150)
    }
  }

  async function loop(act: () => Promise<void>): Promise<void> {
    while (!state.over) {
      if (state.resting) {
        await sleep(10)
        continue
      }
      state.busy += 1
      try {
        await act()
      } finally {
        state.busy -= 1
      }
    }
  }
  const loops = [look, look, send, ...cast.people.map((person) => () => object(person))].map(loop)
  return {
    told,
    uploads: () => upload,
    go: () => (state.resting = false),
    /** until everybody has been told, or has given up asking */
    async rest(): Promise<void> {
      state.resting = true
      while (state.busy > 0) await sleep(10)
    },
    async end(): Promise<void> {
      state.over = true
      await Promise.all(loops)
    },
  }
}
