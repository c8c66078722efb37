import { readFileSync } from 'node:fs'
import pg from 'pg'
import { serveParent } from './child.ts'
import { drive, scattered, type LoadAnswer, type LoadRequest } from './load.ts'

/**
 * The baseline of a look-up: the same insert and the same select as prepared statements of the bare driver, each its own
 * transaction, pipelined over eight connections, with as many look-ups under way as the load generator keeps.
 */
export type BareArgument = {
  url: string
  subjects: string
  officer: number
  unit: number
  purpose: number
  item: number
  matter: string
  records: number
}

const LANES = 8

async function openLane(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, pipeline: true })
  await client.connect()
  return client
}

let lanes: Promise<pg.Client[]> | undefined
let subjects: string[] | undefined

serveParent<BareArgument, LoadRequest>(async (argument, request): Promise<LoadAnswer> => {
  const { url, officer, unit, purpose, matter, records } = argument
  lanes ??= Promise.all(Array.from({ length: LANES }, () => openLane(url)))
  subjects ??= readFileSync(argument.subjects, 'utf8').trimEnd().split('\n')
  const [open, list] = [await lanes, subjects]
  const items = Buffer.alloc(2)
  items.writeInt16BE(argument.item)
  const ask = (lane: pg.Client) => async (turn: number) => {
    const subject = scattered(list, turn)
    const insert = lane.query({
      name: 'insert',
      text: `insert into xinheng.access (subject, actor, unit, purpose, ground, outcome, shown, matter, items)
        values ($1::uuid, $2::integer, $3::smallint, $4::smallint, 1, 0, $5::smallint, $6::text, $7::bytea)`,
      values: [subject, officer, unit, purpose, records, matter, items],
    })
    const select = lane.query({
      name: 'select',
      text: 'select nk, mac, submission, decided, item, unit, body, sealed from xinheng.record where subject = $1::uuid',
      values: [subject],
    })
    const [, { rows }] = await Promise.all([insert, select])
    if (rows.length !== records) throw new Error(`${rows.length} records, expected ${records}`)
  }
  const cpu = () => process.cpuUsage().user + process.cpuUsage().system
  const before = cpu()
  const asks = Array.from({ length: request.connections }, (_, at) => ask(open[at % LANES]!))
  const answers = await drive(request, asks)
  return { ...answers, cpu: (cpu() - before) / 1e6 }
})
