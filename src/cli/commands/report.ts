import { readFile, writeFile } from 'node:fs/promises'
import { parseVerifierKey, type NoteVerifier } from '#domain/note.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { isReportKind, REPORT_KINDS } from '#domain/report.ts'
import { verifyReport, type ReportVerdict } from '#domain/report-seal.ts'
import { openLedgerLog, findLogKey } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { issueReport, makeReportFile } from '#operations/report/issue.ts'
import type { ReportReader } from '#operations/report/read.ts'
import { today } from '#operations/system.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { findActor, OPTIONS, readNumber, type Actor } from '../acting.ts'
import { EXIT, findText, need, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { table } from '../table.ts'
import { tell } from './account.ts'

/** Which reading it is follows from whose account, as for `archive`. */
async function readerOf(args: Args, who: Actor): Promise<ReportReader | Refusal> {
  const { actor, unit, subject } = who
  if (subject !== undefined) return { actor, reading: 'self', subject }
  if (unit === undefined) return refuse('not-allowed', { field: 'as' })
  const of = { actor, unit, idKind: findText(args, 'kind') ?? 'citizen', number: await readNumber(args) }
  return who.roles.some((role) => role === 'court' || role === 'review-body')
    ? { ...of, reading: 'past', matter: need(args, 'matter') }
    : { ...of, reading: 'look-up', purpose: need(args, 'purpose'), matter: findText(args, 'matter') ?? '' }
}

const issue = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner, { ownerUrl, keys }) => {
    const { io } = args
    const kind = findText(args, 'type') ?? 'personal'
    if (!isReportKind(kind)) throw new UsageError(`--type ${Object.keys(REPORT_KINDS).join(' | ')}`)
    // the name says the day, not whom
    const out = findText(args, 'out') ?? `credit-report-${today(system)}.pdf`
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(io, who)
    const reader = await readerOf(args, who)
    if (isRefusal(reader)) return tell(io, reader)
    const at = findText(args, 'at')
    if (at !== undefined && reader.reading === 'look-up') return tell(io, refuse('not-allowed', { field: 'at' }))
    const signer = await openLedgerLog(owner, keys, io.env['XINHENG_LEDGER'])
    const address = io.env['XINHENG_ADDRESS'] ?? `https://${signer.name}`
    const issued = await issueReport(system, reader, {
      kind,
      at,
      from: findText(args, 'from'),
      to: findText(args, 'to'),
      address,
    })
    if (isRefusal(issued)) return tell(io, issued)
    // its look-up goes into the ledger now: no server need be running
    const pool = openPool(roleUrl(ownerUrl, 'xinheng_sequencer', keys), { max: 1 })
    await sequenceAll({ pool, keys, signer }, 3600).finally(() => pool.end())
    const number = 'number' in reader ? reader.number : undefined
    const made = await makeReportFile(system, { ...who, number, report: issued.report })
    if (isRefusal(made)) return tell(io, made)
    await writeFile(out, made.file, { mode: 0o600 })
    io.out(args.values['json'] === true ? `${JSON.stringify(issued)}\n` : `${issued.code}  ${issued.at}  ${out}\n`)
    return EXIT.ok
  })

const VERDICTS = {
  genuine: '签名有效，内容未改动，查询已在账本中 · Genuine: signed, unaltered, and its look-up stands in the ledger',
  altered: '文件已被改动或者损坏 · ALTERED: the file is not as it was signed',
  'unknown-key': '不是此公钥签名 · Not signed with this key',
  'no-report': '不是带签名的信用报告 · Not a report with its seal',
} as const satisfies Record<ReportVerdict['result'], string>

/** The key to verify with: given as text or file; else that of this installation. */
export async function findKey(args: Args): Promise<NoteVerifier> {
  const given = findText(args, 'key')
  const text =
    given === undefined
      ? await withSystem(args.io, (system) => findLogKey(system.pool))
      : given.includes('+')
        ? given
        : await readFile(given, 'utf8')
  const key = text === undefined ? undefined : await parseVerifierKey(text.trim())
  if (!key) throw new UsageError('公钥不正确 · Not a public key: --key NAME+HASH+KEY')
  return key
}

async function verify(args: Args): Promise<Exit> {
  const [path = ''] = args.positionals
  const [file, key] = [await readFile(path), await findKey(args)]
  const verdict = await verifyReport(file, key)
  if (args.values['json'] === true) {
    const facts = verdict.result === 'genuine' ? verdict.facts : undefined
    args.io.out(
      `${JSON.stringify({
        result: verdict.result,
        ...(facts && { code: facts.code, kind: facts.kind, at: facts.at, digest: facts.digest, access: facts.access }),
      })}\n`,
    )
  } else {
    args.io.out(`${VERDICTS[verdict.result]}\n`)
    if (verdict.result === 'genuine') {
      const { facts, leaves } = verdict
      const kind = REPORT_KINDS[facts.kind]
      args.io.out(
        table(
          [
            ['报告 report', `${kind.zh} ${kind.en}`],
            ['编号 code', facts.code],
            ['截至 as of', facts.at],
            ['规则 rules', facts.pack],
            ['散列 SHA-256', facts.digest],
            ['账本 ledger', `${facts.origin}  ${facts.proof.index + 1}/${leaves}  查询记录 look-up ${facts.access}`],
          ],
          '  ',
        ),
      )
    }
  }
  return verdict.result === 'genuine' ? EXIT.ok : EXIT.refused
}

const option = (value: string, zh: string, en: string) => ({ type: 'string' as const, value, help: { zh, en } })

export const reportCommands: Command[] = [
  {
    name: 'report issue',
    summary: {
      zh: '出具带签名的信用报告（PDF）：本人、经办人、复核机关或法院',
      en: 'Issue a signed report (PDF) as its person, an officer, a review body or a court',
    },
    takes: '[NUMBER | -]',
    count: [0, 1],
    options: {
      as: OPTIONS.as,
      out: option(
        'FILE',
        '写入此文件（默认 credit-report-日期.pdf）',
        'the file to write (default: credit-report-DAY.pdf)',
      ),
      type: option('TYPE', 'personal、organisation 或 no-violations', 'personal, organisation or no-violations'),
      from: option('DAY', '专项报告：查询期间起', 'special report: first day searched'),
      to: option('DAY', '专项报告：查询期间止', 'special report: last day searched'),
      purpose: option('PURPOSE', '用途（经办人必填）', 'purpose (officers)'),
      matter: OPTIONS.matter,
      kind: OPTIONS.kind,
      at: option(
        'INSTANT',
        '还原过去某一时点（本人、复核机关、法院）',
        'as it stood then (the person, a review body, a court)',
      ),
      json: OPTIONS.json,
    },
    example: 'xinheng report issue --as wang --out report.pdf',
    run: issue,
  },
  {
    name: 'report verify',
    summary: {
      zh: '离线核验信用报告：签名、内容和账本存证，只需公钥',
      en: 'Verify a report offline: signature, content and ledger proof, with the public key alone',
    },
    takes: 'FILE',
    count: [1, 1],
    options: {
      key: option('KEY', '公钥或其文件（默认本平台的）', "the public key or its file (default: this installation's)"),
      json: OPTIONS.json,
    },
    example: 'xinheng report verify report.pdf --key ledger-key.txt',
    run: verify,
  },
]
