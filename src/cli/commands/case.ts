import { markOf } from '#domain/pack-words.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import type { StepContent } from '#domain/step.ts'
import { findRecordKey } from '#operations/record-key.ts'
import { startCaseAtDesk, startOwnCase, stepCaseAtDesk, stepOwnCase, type Receipt } from '#operations/case-act.ts'
import {
  getOwnSteps,
  listOwnCases,
  listQueue,
  openCaseAtDesk,
  viewCase,
  type CaseView,
  type QueueLine,
  type Reader,
} from '#operations/case-view.ts'
import type { System } from '#operations/system.ts'
import { findActor, OPTIONS, type Actor } from '../acting.ts'
import { EXIT, findText, need, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { withSystem } from '../installation.ts'
import { both, table } from '../table.ts'
import { askSecrets, tell } from './account.ts'

const readerOf = ({ actor, unit, subject, roles }: Actor): Reader => ({ account: actor, unit, subject, roles })

/** Runs for the account of `--as`, and tells what came of it: JSON where asked, words else. */
function asSomebody<result>(
  args: Args,
  act: (system: System, reader: Reader) => Promise<result | Refusal>,
  show: (done: result) => string,
): Promise<Exit> {
  return withSystem(args.io, async (system, owner) => {
    const who = await findActor(system, owner, args)
    if (isRefusal(who)) return tell(args.io, who)
    const done = await act(system, readerOf(who))
    if (isRefusal(done)) return tell(args.io, done)
    args.io.out(args.values['json'] === true ? `${JSON.stringify(done)}\n` : show(done))
    return EXIT.ok
  })
}

type Dated = Pick<QueueLine, 'closed' | 'overdue' | 'suspended'> & { due?: string; window?: string; silence?: string }

/** The clocks of a case, as they are read today. */
function clocksOf({ due, window, silence, closed, overdue, suspended }: Dated): string {
  if (closed) return '已结 closed'
  const parts = [
    suspended ? '已暂停展示和使用 suspended' : '',
    due === undefined ? '' : `${overdue ? '逾期 LATE' : '限期 due'} ${due}`,
    window === undefined ? '' : `陈述申辩至 heard until ${window}`,
    silence === undefined || suspended ? '' : `逾期不答复自 ${silence} 起暂停 silence suspends`,
  ]
  return parts.filter((part) => part !== '').join('，')
}

const lineOf = (line: QueueLine): string[] => [
  line.case,
  both(line.name),
  both(line.state.name),
  line.opened,
  clocksOf(line),
]

const asLine = (one: CaseView): QueueLine => {
  const { case: id, machine, name, state, owner, opened, overdue, suspended, closed } = one
  const { due, window, silence } = state
  return {
    case: id,
    machine,
    name,
    state,
    owner,
    opened,
    overdue,
    suspended,
    closed,
    ...(due === undefined ? {} : { due }),
    ...(window === undefined ? {} : { window }),
    ...(silence === undefined ? {} : { silence }),
  }
}

const list = (args: Args): Promise<Exit> =>
  asSomebody(
    args,
    async (system, reader) => {
      const machine = findText(args, 'machine')
      const all =
        reader.subject === undefined
          ? await listQueue(system, { actor: reader.account, ...(machine === undefined ? {} : { machine }) })
          : (await listOwnCases(system, { ...reader, subject: reader.subject }))
              .map(asLine)
              .filter((line) => machine === undefined || line.machine === machine)
      return { cases: args.values['open'] === true ? all.filter(({ closed }) => !closed) : all }
    },
    ({ cases }) =>
      cases.length === 0
        ? '没有案件 · No cases\n'
        : table([['编号 case', '类型 kind', '状态 state', '开始 opened', '期限 clocks'], ...cases.map(lineOf)]),
  )

function showCase(view: CaseView): string {
  const steps = view.steps.map(({ step, day, name, unit, content }) => [
    `  ${step}`,
    day,
    both(name),
    both(unit.name),
    [content.reason, content.statement, content.facts, content.document]
      .filter((text) => text !== undefined)
      .join('；'),
  ])
  const remedies = view.steps.at(-1)?.content.remedies ?? []
  const marks = markOf([view.steps.at(-1)?.content.clock ?? {}])
  const next = view.next.map(({ kind, act, needs, may }) => [
    `  ${kind}`,
    both(act),
    needs.length === 0 ? '' : `须填 needs ${needs.join(' ')}`,
    may.length === 0 ? '' : `可填 may ${may.join(' ')}`,
  ])
  return [
    `${both(view.name)}  ${view.case}\n`,
    `${both(view.state.name)}  ${clocksOf(asLine(view))}${marks.zh}${marks.en}\n`,
    table(steps),
    remedies.length === 0 ? '' : '救济 Remedies\n',
    table(
      remedies.map((remedy) => {
        const mark = markOf([remedy])
        return [`  ${both(remedy.name)}`, `${remedy.until ?? ''}${mark.zh}${mark.en}`]
      }),
    ),
    next.length === 0 ? '' : '可以办理 What may follow\n',
    table(next),
  ].join('')
}

const show = (args: Args): Promise<Exit> =>
  asSomebody(
    args,
    async (system, reader) => {
      const [id = ''] = args.positionals
      if (reader.subject === undefined) {
        const opened = await openCaseAtDesk(system, reader, id)
        return isRefusal(opened) ? opened : { case: opened.case, subject: opened.subject, access: opened.access }
      }
      const rows = await getOwnSteps(system, reader, id)
      return isRefusal(rows) ? rows : { case: viewCase(system, rows, reader) }
    },
    (done) => {
      const subject = 'subject' in done ? done.subject : undefined
      return `${showCase(done.case)}${subject ? `${subject.name}  ${subject.number}\n` : ''}`
    },
  )

const SAYS = ['reason', 'statement', 'facts', 'basis', 'document', 'outcome', 'day'] as const

/**
 * What the step says, and where asked the number of whom it is about; `-` reads a line from standard input, so that no list of
 * processes shows it. The number comes first.
 */
async function readSaid(args: Args, whom: boolean): Promise<{ content: StepContent; number: string }> {
  const content: StepContent = {}
  const asked = SAYS.filter((field) => findText(args, field) === '-')
  const questions = [...(whom ? ['证件号码 Number: '] : []), ...asked.map((field) => `${field}: `)]
  const lines = questions.length === 0 ? [] : await askSecrets(args.io, questions)
  const [number, read] = whom ? [lines[0]?.trim() ?? '', lines.slice(1)] : ['', lines]
  for (const field of SAYS) {
    const given = findText(args, field)
    const text = given === '-' ? read[asked.indexOf(field)] : given
    if (text !== undefined) content[field] = text
  }
  const fields = findText(args, 'fields')
  if (fields !== undefined) content.fields = parseFields(fields)
  return { content, number }
}

function parseFields(text: string): Record<string, string> {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    said = undefined
  }
  if (typeof said !== 'object' || said === null || !Object.values(said).every((value) => typeof value === 'string'))
    throw new UsageError(`--fields '{"FIELD":"VALUE"}'`)
  return Object.fromEntries(Object.entries(said).map(([id, value]) => [id, String(value)]))
}

const showReceipt = (receipt: Receipt): string =>
  `${receipt.case}  第 ${receipt.step} 步 step ${receipt.step}  ${receipt.at}\n`

const step = (args: Args): Promise<Exit> =>
  asSomebody(
    args,
    async (system, reader) => {
      const [id = '', kind = ''] = args.positionals
      const after = Number(need(args, 'after'))
      if (!Number.isInteger(after) || after < 1) throw new UsageError('--after 1, 2, 3 …')
      const { content } = await readSaid(args, false)
      const of = { case: id, step: after, kind, content }
      return reader.subject === undefined ? stepCaseAtDesk(system, reader, of) : stepOwnCase(system, reader, of)
    },
    showReceipt,
  )

const start = (args: Args): Promise<Exit> =>
  asSomebody(
    args,
    async (system, reader) => {
      const [machine = '', kind = ''] = args.positionals
      const target = findText(args, 'target')
      const { content, number } = await readSaid(args, reader.subject === undefined)
      const of = { machine, kind, content, ...(target === undefined ? {} : { target }) }
      if (reader.subject !== undefined) {
        const record = findText(args, 'record')
        return startOwnCase(
          system,
          { ...reader, subject: reader.subject },
          { ...of, ...(record === undefined ? {} : { record }) },
        )
      }
      if (reader.unit === undefined) return refuse('not-allowed')
      const idKind = findText(args, 'kind')
      const item = findText(args, 'item')
      const { unit } = reader
      const naturalKey = item === undefined ? [] : need(args, 'key').split('|')
      const key =
        item === undefined ? undefined : findRecordKey(system, { item, unit, number, kind: idKind, naturalKey })
      if (isRefusal(key)) return key
      return startCaseAtDesk(
        system,
        { ...reader, unit },
        {
          ...of,
          number,
          ...(idKind === undefined ? {} : { idKind }),
          ...(key === undefined ? {} : { nk: key.nk }),
        },
      )
    },
    showReceipt,
  )

const option = (value: string, zh: string, en: string) => ({ type: 'string' as const, value, help: { zh, en } })
const CONTENT = {
  reason: option('TEXT', '理由（- 从标准输入读）', 'the reasons (-: from standard input)'),
  statement: option('TEXT', '本人陈述（- 从标准输入读）', "the person's own words (-: from standard input)"),
  facts: option('TEXT', '事实（- 从标准输入读）', 'the facts (-: from standard input)'),
  basis: option('TEXT', '依据', 'the legal basis'),
  document: option('TEXT', '文书号或者证据', 'number of the document, or the evidence'),
  outcome: option('TEXT', '事项或者方式', 'what it is about, or by which way'),
  day: option('DAY', '日期', 'the day'),
  fields: option('JSON', '应当更正的数据项', 'fields as they should read'),
}

export const caseCommands: Command[] = [
  {
    name: 'case list',
    summary: {
      zh: '案件：本单位的待办和期限；本人账号列出自己的案件',
      en: "Cases: a unit's queue with its clocks; of a person's account, their own",
    },
    options: {
      as: OPTIONS.as,
      machine: option('KIND', '只列一类（objection、repair、listing …）', 'of one kind (objection, repair, listing …)'),
      open: { type: 'boolean', help: { zh: '只列未结的', en: 'only what is not closed' } },
      json: OPTIONS.json,
    },
    example: 'xinheng case list --as market-reviewer --open',
    run: list,
  },
  {
    name: 'case show',
    summary: {
      zh: '一个案件的全部步骤、期限、救济和下一步；单位查看即留查询记录',
      en: 'One case: its steps, clocks, remedies and what may follow; at a unit it is a look-up that is logged',
    },
    takes: 'CASE',
    count: [1, 1],
    options: { as: OPTIONS.as, json: OPTIONS.json },
    example: 'xinheng case show CASE --as market-reviewer',
    run: show,
  },
  {
    name: 'case step',
    summary: {
      zh: '办理下一步；--after 是您看到的最后一步，别人先办的会被拒绝',
      en: 'Take the next step; --after is the last step you saw: refused where somebody was first',
    },
    takes: 'CASE KIND',
    count: [2, 2],
    options: {
      as: OPTIONS.as,
      after: option('STEP', '您看到的最后一步的序号', 'the number of the last step you saw'),
      ...CONTENT,
      json: OPTIONS.json,
    },
    example: 'xinheng case step CASE reject --as market-reviewer --after 1 --reason 核查属实 --basis 条例第十条',
    run: step,
  },
  {
    name: 'case start',
    summary: {
      zh: '开始案件：本人对记录或决定提出异议、申请修复等；单位对证件号码（从标准输入读）',
      en: 'Begin a case: a person about a record or a decision; a unit about a number, read from standard input',
    },
    takes: 'MACHINE KIND',
    count: [2, 2],
    options: {
      as: OPTIONS.as,
      record: option('RECORD', '档案中的记录编号', 'number of a record in the archive'),
      target: option('CASE', '所针对的案件', 'the case it is about'),
      kind: OPTIONS.kind,
      item: option(
        'CODE',
        '单位：所针对的本单位记录的目录事项',
        'at a unit: catalogue item of the own record it is about',
      ),
      key: option('VALUE|VALUE', '单位：该记录的自然主键各栏', 'at a unit: fields of the natural key of that record'),
      ...CONTENT,
      json: OPTIONS.json,
    },
    example: 'xinheng case start objection open --as wang --record RECORD --statement 与事实不符',
    run: start,
  },
]
