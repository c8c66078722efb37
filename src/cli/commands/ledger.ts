import { readFile } from 'node:fs/promises'
import { parseCheckpoint } from '#domain/checkpoint.ts'
import { isRefusal, refuse } from '#domain/refusal.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { getCheckpoint, getTile, proveGrowth, proveRow } from '#operations/ledger-proof.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import type { Finding } from '#operations/ledger-finding.ts'
import { verifyLedger } from '#operations/ledger-verify.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { PROVABLE } from '#store/ledger-sources.ts'
import { findActor, OPTIONS } from '../acting.ts'
import { EXIT, findText, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { table } from '../table.ts'
import { tell } from './account.ts'

function describe(finding: Finding): string[] {
  switch (finding.kind) {
    case 'checkpoint':
      return ['检查点 checkpoint', String(finding.size), finding.why]
    case 'tile':
      return ['瓦片 tile', finding.path, finding.why]
    case 'batch':
      return ['批次 batch', `leaf ${finding.leaf}`, finding.why]
    case 'altered':
    case 'deleted':
    case 'inserted':
      return [
        { altered: '被改 altered', deleted: '被删 deleted', inserted: '暗增 inserted' }[finding.kind],
        `${finding.table} ${finding.num}`,
        finding.leaf === undefined ? '' : `leaf ${finding.leaf}`,
      ]
    case 'record':
      return ['记录 record', `${finding.subject} ${finding.nk}`, finding.why]
    case 'block':
      return ['数据块 block', `submission ${finding.submission}, ${finding.block + 1}/${finding.of}`, finding.why]
  }
}

const runVerify = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner, { ownerUrl, keys }) => {
    const { io, values } = args
    const log = await openLedgerLog(owner, keys, io.env['XINHENG_LEDGER'])
    if (values['sequence'] === true) {
      const pool = openPool(roleUrl(ownerUrl, 'xinheng_sequencer', keys), { max: 1 })
      await sequenceAll({ pool, keys, signer: log }, '-infinity').finally(() => pool.end())
    }
    const file = findText(args, 'checkpoint')
    const kept = file === undefined ? [] : [{ where: file, note: await readFile(file, 'utf8') }]
    const report = await verifyLedger({
      kept,
      pool: owner,
      keys: system.keys,
      log,
      onProgress: ({ leaves, records }) =>
        io.terminal &&
        io.error(`\r${leaves.toLocaleString('en')} 叶 leaves  ${records.toLocaleString('en')} 条记录 records\u001b[K`),
    })
    if (io.terminal) io.error('\r\u001b[K')
    const { size, rows, records, findings, comparedWith } = report
    if (values['json'] === true) io.out(`${JSON.stringify(report)}\n`)
    else {
      io.out(
        `${size} 叶 leaves: ${Object.entries(rows)
          .map(([source, count]) => `${source} ${count}`)
          .join(', ')}; ${records} 条记录 records\n`,
      )
      io.out(
        comparedWith.length === 0
          ? '没有留存的检查点可比对，整体回退无法发现 · No kept checkpoint to compare with: a roll-back of the whole would not show\n'
          : `已与留存的检查点比对 · Compared with the kept checkpoints: ${comparedWith.join(', ')}\n`,
      )
      io.out(
        findings.length === 0
          ? '未发现改动 · Nothing was altered\n'
          : `发现改动，第一处在最前 · Altered; the first comes first:\n${table(findings.map(describe), '  ')}`,
      )
    }
    return findings.length === 0 ? EXIT.ok : EXIT.refused
  })

const count = (args: Args, name: string): number | undefined => {
  const text = findText(args, name)
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`--${name} 1–`)
  return Number(text)
}

const runCheckpoint = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system) => {
    const from = count(args, 'since')
    if (from !== undefined) {
      const growth = await proveGrowth(system.pool, from)
      if (isRefusal(growth)) return tell(args.io, growth)
      args.io.out(`${JSON.stringify(growth)}\n`)
      return EXIT.ok
    }
    const note = await getCheckpoint(system.pool)
    if (isRefusal(note)) return tell(args.io, note)
    const { size, origin } = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)) ?? { size: 0, origin: '' }
    args.io.out(args.values['json'] === true ? `${JSON.stringify({ origin, size, note })}\n` : note)
    return EXIT.ok
  })

const runProof = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const [source, num = ''] = args.positionals
    const of = PROVABLE.find((one) => one === source)
    if (of === undefined || !/^\d{1,18}$/.test(num)) throw new UsageError(`${PROVABLE.join(' | ')} NUMBER`)
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    const proof = await proveRow(system, { actor: who.actor, source: of, num: BigInt(num) })
    if (isRefusal(proof)) return tell(args.io, proof)
    if ('pending' in proof) return tell(args.io, refuse('proof-pending'))
    args.io.out(`${JSON.stringify(proof, null, args.values['json'] === true ? 0 : 2)}\n`)
    return EXIT.ok
  })

const runTile = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system) => {
    const [path = ''] = args.positionals
    const bytes = await getTile(system.pool, path.startsWith('tile/') ? path : `tile/${path}`)
    if (isRefusal(bytes)) return tell(args.io, bytes)
    for (let at = 0; at < bytes.length; at += 32)
      args.io.out(`${Buffer.from(bytes.subarray(at, at + 32)).toString('hex')}\n`)
    return EXIT.ok
  })

export const ledgerCommands: Command[] = [
  {
    name: 'ledger verify',
    summary: {
      zh: '核对整个账本和全部记录，指出第一处改动',
      en: 'Walk the whole ledger and every record; name what was altered first',
    },
    options: {
      sequence: { type: 'boolean', help: { zh: '先把等待中的行写入账本', en: 'put what waits into the ledger first' } },
      checkpoint: {
        type: 'string',
        value: 'FILE',
        help: {
          zh: '另与他人留存的检查点比对（密钥文件旁的总是比对）',
          en: 'compare with a checkpoint somebody kept (the one beside the keys always is)',
        },
      },
      json: OPTIONS.json,
    },
    run: runVerify,
  },
  {
    name: 'ledger checkpoint',
    summary: { zh: '最新的签名检查点', en: 'The newest signed checkpoint' },
    options: {
      since: {
        type: 'string',
        value: 'SIZE',
        help: { zh: '另附自该检查点以来只增未改的证明', en: 'with the proof that it only grew since that one' },
      },
      json: OPTIONS.json,
    },
    run: runCheckpoint,
  },
  {
    name: 'ledger proof',
    summary: {
      zh: '一行的存证：本人的查询或处理、本单位的报送',
      en: 'Proof of one row: a look-up of or action on oneself, a submission of the own unit',
    },
    takes: 'access|action|submission NUMBER',
    count: [2, 2],
    options: { as: OPTIONS.as, json: OPTIONS.json },
    example: 'xinheng ledger proof access 1 --as wang',
    run: runProof,
  },
  {
    name: 'ledger tile',
    summary: { zh: '账本的一块（C2SP tlog-tiles），每行一个散列', en: 'One tile (C2SP tlog-tiles), a hash a line' },
    takes: 'L/N[.p/W]',
    count: [1, 1],
    example: 'xinheng ledger tile 0/000.p/5',
    run: runTile,
  },
]
