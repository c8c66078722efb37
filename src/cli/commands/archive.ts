import { expandArchive } from '#contract/archive.ts'
import type { ArchiveBody } from '#contract/shapes.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { lookUpArchive, readOwnArchive, readPastArchive } from '#operations/archive.ts'
import { listOwnAccesses } from '#operations/own-accesses.ts'
import type { System } from '#operations/system.ts'
import { findActor, OPTIONS, readNumber, type Actor } from '../acting.ts'
import { RECORD_STATES } from '#domain/step.ts'
import { EXIT, findText, need, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { tell } from './account.ts'

/** An instant: with its zone, or a civil day, which means its last instant in Asia/Shanghai. */
function instantOf(text: string): string {
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.Instant.from(text).toString()
    return Temporal.PlainDate.from(text)
      .add({ days: 1 })
      .toZonedDateTime('Asia/Shanghai')
      .toInstant()
      .subtract({ milliseconds: 1 })
      .toString()
  } catch {
    throw new UsageError('--at 2026-03-01T12:00:00+08:00')
  }
}

export function showArchive(archive: ArchiveBody): string {
  const { subject, asOf, access } = archive
  const head = `${subject.name || '—'}  ${subject.number}${asOf === undefined ? '' : `  ${asOf}`}\n`
  const records = expandArchive(archive).map((record) => {
    const { itemName, source, decided, display, basis, state, fields, remedy } = record
    const rows: string[][] = [
      ['来源 Source', both(source.name)],
      ['决定 Decided', decided],
      [
        '状态 State',
        `${both(RECORD_STATES[state])}${display.until === undefined ? '' : `，至 until ${display.until}`}`,
      ],
    ]
    if (basis.length > 0)
      rows.push([
        '依据 Basis',
        basis.map(({ document, article }) => [document, article].filter(Boolean).join(' ')).join('；'),
      ])
    if (state === 'shown') rows.push(['为何 Why', both(display.why)])
    for (const { name, value, shown } of fields) rows.push([both(name), shown === undefined ? value : both(shown)])
    if (remedy) rows.push(['救济 Remedy', both(remedy)])
    return `\n${both(itemName)}\n${table(rows, '  ')}`
  })
  const count = `${records.length} 条 records  ·  查询记录 look-up ${access}\n`
  return `${head}${subject.found ? '' : '平台无此主体的信息 · Nothing is on file\n'}${records.join('')}\n${count}`
}

/** Which reading it is follows from whose account: the person's own, a review body's or court's, an officer's. */
async function read(system: System, args: Args, who: Actor): Promise<ArchiveBody | Refusal> {
  const at = findText(args, 'at')
  const instant = at === undefined ? undefined : instantOf(at)
  if (who.subject !== undefined) return readOwnArchive(system, { actor: who.actor, subject: who.subject, at: instant })
  const number = await readNumber(args)
  const kind = findText(args, 'kind')
  if (who.roles.some((role) => role === 'court' || role === 'review-body')) {
    return readPastArchive(system, { actor: who.actor, kind, number, matter: need(args, 'matter'), at: instant })
  }
  // a past state is for the person, a review body, a court: each on that ground of its own (B14)
  if (instant !== undefined || who.unit === undefined) return refuse('not-allowed', { field: 'at' })
  return lookUpArchive(system, {
    actor: who.actor,
    unit: who.unit,
    kind,
    number,
    purpose: need(args, 'purpose'),
    matter: findText(args, 'matter'),
  })
}

const archive = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    const answer = await read(system, args, who)
    if (isRefusal(answer)) return tell(args.io, answer)
    args.io.out(args.values['json'] === true ? `${JSON.stringify(answer)}\n` : showArchive(answer))
    return EXIT.ok
  })

const lookUps = (args: Args): Promise<Exit> =>
  withSystem(args.io, async (system, owner) => {
    const limit = Number(findText(args, 'limit') ?? '50')
    if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw new UsageError('--limit 1–500')
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    if (who.subject === undefined) return tell(args.io, refuse('not-allowed', { field: 'as' }))
    const { accesses, more } = await listOwnAccesses(system, {
      actor: who.actor,
      before: findText(args, 'before'),
      limit,
    })
    if (args.values['json'] === true) {
      args.io.out(`${JSON.stringify({ accesses, more })}\n`)
      return EXIT.ok
    }
    const rows = accesses.map(({ access, at, unit, actor, purpose, matter, about, outcome, reason, shown, items }) => [
      access,
      Temporal.Instant.from(at)
        .toZonedDateTimeISO('Asia/Shanghai')
        .toPlainDateTime()
        .round('second')
        .toString()
        .replace('T', ' '),
      unit.name.zh === actor.zh ? actor.zh : `${unit.name.zh} ${actor.zh}`,
      purpose.name.zh || '—',
      about?.zh ?? (matter || '—'),
      outcome === 'answered'
        ? `${shown} 条 records  ${items.map(({ name }) => name.zh).join('、')}`
        : `已拒绝 refused: ${reason ? both(reason) : ''}`,
    ])
    args.io.out(table([['编号 no.', '时间 at', '谁 who', '用途 purpose', '事项 matter', '所见 shown'], ...rows]))
    if (more) args.io.out(`…  --before ${accesses.at(-1)?.access ?? ''}\n`)
    return EXIT.ok
  })

export const archiveCommands: Command[] = [
  {
    name: 'archive',
    summary: {
      zh: '查询档案：按账号身份，本人、经办人、复核机关或法院',
      en: 'Read an archive as its person, an officer, a review body or a court',
    },
    takes: '[NUMBER | -]',
    count: [0, 1],
    options: {
      as: OPTIONS.as,
      purpose: { type: 'string', value: 'PURPOSE', help: { zh: '用途（经办人必填）', en: 'purpose (officers)' } },
      matter: OPTIONS.matter,
      kind: OPTIONS.kind,
      at: {
        type: 'string',
        value: 'INSTANT',
        help: {
          zh: '还原过去某一时点（本人、复核机关、法院）',
          en: 'as it stood then (the person, a review body, a court)',
        },
      },
      json: OPTIONS.json,
    },
    example: 'xinheng archive --as wang --at 2026-03-01T12:00:00+08:00',
    run: archive,
  },
  {
    name: 'look-ups',
    summary: { zh: '谁查过我：谁、何时、为何、看了什么', en: 'Who looked at me: who, when, why, what they saw' },
    options: {
      as: OPTIONS.as,
      limit: { type: 'string', value: 'COUNT', help: { zh: '条数（默认 50）', en: 'how many (default: 50)' } },
      before: { type: 'string', value: 'NUMBER', help: { zh: '此编号以前的', en: 'those before this number' } },
      json: OPTIONS.json,
    },
    example: 'xinheng look-ups --as wang',
    run: lookUps,
  },
]
