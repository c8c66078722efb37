import { isRefusal } from '#domain/refusal.ts'
import { compact } from '#operations/compact.ts'
import { listKeys, rotateKeys } from '#operations/rotate-keys.ts'
import { today } from '#operations/system.ts'
import { CHECKS } from '#operations/verify-checks.ts'
import { verify, type Verdict } from '#operations/verify.ts'
import { OPTIONS } from '../acting.ts'
import { EXIT, findText, UsageError, type Args, type Command, type Exit, type Io } from '../command.ts'
import { Unavailable, withSystem } from '../installation.ts'
import { both, padTo, table } from '../table.ts'
import { tell } from './account.ts'

/** One line that is written over, where someone watches. */
function openLine(io: Io): { show: (text: string) => void; end: () => void } {
  let shown = false
  return {
    show(text) {
      if (!io.terminal) return
      shown = true
      io.error(`\r${text}\u001b[K`)
    },
    end() {
      if (shown) io.error('\r\u001b[K')
      shown = false
    },
  }
}

const size = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`

const showVerdict = ({ check, findings, more }: Verdict): string =>
  `${findings.length === 0 ? '✓' : '✗'} ${padTo(check.guarantee, 4)} ${both(check.text)}\n` +
  findings.map((finding) => `         ${finding}\n`).join('') +
  (more ? '         …\n' : '')

const runVerify = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const { io, values } = args
    const only = findText(args, 'only')?.split(',')
    const unknown = only?.find((id) => !CHECKS.some((check) => check.id === id))
    if (unknown !== undefined)
      throw new UsageError(`没有此项 · No such check: ${unknown}\n${CHECKS.map(({ id }) => id).join(' ')}`)
    const limit = Number(findText(args, 'limit') ?? '20')
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit 1–')
    const line = openLine(io)
    const asJson = values['json'] === true
    const verdicts = await verify({
      pool: owner,
      keys: system.keys,
      today: today(system),
      only,
      limit,
      onProgress: (records) => line.show(`${records.toLocaleString('en')} 条记录 records`),
      onVerdict: (verdict) => {
        line.end()
        if (!asJson) io.out(showVerdict(verdict))
      },
    })
    const found = verdicts.filter(({ findings }) => findings.length > 0)
    if (asJson) {
      const checks = verdicts.map(({ check: { id, guarantee, text }, findings, more, seconds }) => ({
        id,
        guarantee,
        text,
        findings,
        more,
        seconds: Math.round(seconds * 1000) / 1000,
      }))
      io.out(`${JSON.stringify({ ok: found.length === 0, checks })}\n`)
    } else
      io.out(
        found.length === 0
          ? `\n${verdicts.length} 项均无发现 · checks, nothing found\n`
          : `\n${found.length} / ${verdicts.length} 项有发现 · checks found something\n`,
      )
    return found.length === 0 ? EXIT.ok : EXIT.refused
  })

const runCompact = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (_system, owner) => {
    const { io, values } = args
    const line = openLine(io)
    io.error(
      '整理期间查询和报送等待；需要一份副本的磁盘空间 · Look-ups and intake wait meanwhile; it needs disk for a second copy\n',
    )
    const done = await compact(owner, {
      onProgress: ({ phase, rows, bytes }) =>
        line.show(`${phase}  ${rows.toLocaleString('en')} 行 rows  ${size(bytes)}`),
    }).finally(line.end)
    io.out(
      values['json'] === true
        ? `${JSON.stringify(done)}\n`
        : `已整理 · Compacted: ${size(done.before)} → ${size(done.after)}，${done.seconds.toFixed(1)} s\n`,
    )
    return EXIT.ok
  })

const pathOf = (path: string | undefined): string => {
  if (path === undefined) throw new Unavailable('没有密钥文件 · There is no key file')
  return path
}

const runRotate = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const { io, values } = args
    const line = openLine(io)
    const rotation = await rotateKeys(owner, pathOf(system.keys.path), {
      keep: values['keep'] === true,
      onProgress: ({ table: of, done, of: all, sealed }) =>
        line.show(
          of === 'waiting'
            ? `等待进行中的事务 waiting for transactions ${done}/${all}`
            : `${of}  ${done}/${all} 页 pages  ${sealed.toLocaleString('en')}`,
        ),
    }).finally(line.end)
    if (isRefusal(rotation)) return tell(io, rotation)
    const { current, resumed, sealed, dropped, kept } = rotation
    if (values['json'] === true) io.out(`${JSON.stringify(rotation)}\n`)
    else {
      io.out(
        `${resumed ? '接着上次完成 · Went on with the last rotation' : '已轮换 · Rotated'}: 现用密钥 current key ${current}，重新加密 sealed anew ${sealed.toLocaleString('en')}\n`,
      )
      if (dropped.length > 0)
        io.out(
          `已销毁 · Dropped: ${dropped.join(', ')}（此前的备份不再可读 · earlier backups cannot be read any more）\n`,
        )
      if (kept.length > 0) io.out(`保留 · Kept: ${kept.join(', ')}\n`)
    }
    return kept.length > 0 && values['keep'] !== true ? EXIT.refused : EXIT.ok
  })

const runList = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const keys = await listKeys(owner, pathOf(system.keys.path))
    if (args.values['json'] === true) args.io.out(`${JSON.stringify(keys)}\n`)
    else {
      const rows = keys.map(({ key, current, held, sealed }) => [
        String(key),
        current ? '现用 current' : held ? '旧 old' : '缺失 MISSING',
        ...Object.values(sealed).map((count) => count.toLocaleString('en')),
      ])
      args.io.out(table([['密钥 key', '状态 state', ...Object.keys(keys[0]?.sealed ?? {})], ...rows]))
    }
    return keys.every(({ held }) => held) ? EXIT.ok : EXIT.refused
  })

export const upkeepCommands: Command[] = [
  {
    name: 'verify',
    summary: {
      zh: '逐项核对各项保证：查询须无结果',
      en: 'Ask for everything that must never be; nothing must be found',
    },
    options: {
      only: { type: 'string', value: 'ID,…', help: { zh: '只查这些项', en: 'these checks only' } },
      limit: {
        type: 'string',
        value: 'COUNT',
        help: { zh: '每项最多列出（默认 20）', en: 'findings shown of each (default: 20)' },
      },
      json: OPTIONS.json,
    },
    example: 'xinheng verify --only minor,lookUpConsent',
    run: runVerify,
  },
  {
    name: 'compact',
    summary: {
      zh: '按主体整理记录的存放次序',
      en: 'Rewrite the records so that those of one subject lie side by side',
    },
    options: { json: OPTIONS.json },
    run: runCompact,
  },
  {
    name: 'keys rotate',
    summary: {
      zh: '轮换加密密钥；系统照常运行，中断后再运行即续完',
      en: 'Rotate the encryption keys while the system runs; cut off, run it again',
    },
    options: {
      keep: { type: 'boolean', help: { zh: '保留旧密钥，以便读旧备份', en: 'keep the old keys, for old backups' } },
      json: OPTIONS.json,
    },
    run: runRotate,
  },
  {
    name: 'keys list',
    summary: { zh: '各加密密钥及其用处', en: 'The encryption keys and what each sealed' },
    options: { json: OPTIONS.json },
    run: runList,
  },
]
