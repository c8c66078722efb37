import { isRefusal } from '#domain/refusal.ts'
import { dateOfDays } from '#domain/values.ts'
import { uuidOf } from '#store/cipher.ts'
import type { Queryable } from '#store/db.ts'
import { listAccounts } from '../accounts.ts'
import { lookUpArchive, readOwnArchive } from '../archive.ts'
import { startCaseAtDesk, startOwnCase, stepCaseAtDesk, type Receipt } from '../case-act.ts'
import { decideHeld } from '../intake/submit.ts'
import { submitRecord } from '../intake/record.ts'
import { propose } from '../listing/propose.ts'
import { openMatter } from '../matter.ts'
import { listMeasures } from '../measure/measures.ts'
import { putEvidence } from '../objection/evidence.ts'
import { openDraft, saveDraft } from '../packs/draft.ts'
import { findRecordKey } from '../record-key.ts'
import { today, type System } from '../system.ts'
import { openChance } from './chance.ts'
import { DEMO_PEOPLE, DEMO_SEED, demoOrganisations } from './people.ts'
import { MAKERS } from './records.ts'

type Who = keyof typeof DEMO_PEOPLE
type Unit = { account: number; unit: string; roles: string[] }

/**
 * Due process in the demo city, by the ordinary operations: a repair under way, a list proposal in its window, a nomination
 * in its publicity, the court's entry with a measure in force and others that wait, a recall to acknowledge, and a draft of a
 * rule to try. Each stands where its clock was today; nothing is dated back.
 */
export async function beginDemoProcesses(system: System, owner: Queryable): Promise<void> {
  const accounts = new Map((await listAccounts(system, owner)).map((account) => [account.name, account.num]))
  const desk = (unit: string, role: 'clerk' | 'reviewer'): Unit => ({
    account: accounts.get(`${unit}-${role}`) ?? 0,
    unit: `demo-${unit}`,
    roles: [role],
  })
  const person = (who: Who) => {
    const subject = uuidOf(system.subjectKey('citizen', DEMO_PEOPLE[who].number))
    return { account: accounts.get(who) ?? 0, subject, roles: ['person'] }
  }
  const step = async (by: Unit, made: Receipt, kind: string, content: object): Promise<Receipt> => {
    const taken = await stepCaseAtDesk(system, by, { case: made.case, step: made.step, kind, content })
    return isRefusal(taken) ? made : taken
  }
  await repair(system, person('li'), desk)
  await listing(system, desk, step)
  await nomination(system, desk, step)
  await courtEntry(system, desk, step)
  await recall(system, person('chen'), accounts.get('approval-officer') ?? 0, desk, step)
  await draftRule(system, accounts.get('admin') ?? 0)
}

type Desk = (unit: string, role: 'clerk' | 'reviewer') => Unit
type Step = (by: Unit, made: Receipt, kind: string, content: object) => Promise<Receipt>
type Person = { account: number; subject: string; roles: string[] }

/** Li applies for repair of the first record that can be, with proof. */
async function repair(system: System, li: Person, desk: Desk): Promise<void> {
  const archive = await readOwnArchive(system, { actor: li.account, subject: li.subject })
  if (isRefusal(archive)) return
  const record = archive.records.find(
    (one) =>
      one.unit === 'demo-transport' &&
      'ways' in one &&
      JSON.stringify(one.ways).includes('"repair"') &&
      one.marks === undefined,
  )
  if (!record) return
  const made = await startOwnCase(system, li, {
    machine: 'repair',
    kind: 'apply',
    record: record.id,
    content: {
      facts: '罚款已于当月缴清，车辆营运证已补办，并参加了法规培训。',
      statement: '本人承诺：已纠正违法行为并履行全部义务；今后严格遵守法律法规，诚实守信；如有违反，依法承担责任。',
      fields: { conditions: '达到最短公示期；纠正违法行为并履行全部义务；公开作出信用承诺' },
    },
  })
  if (isRefusal(made)) return
  await putEvidence(system, {
    actor: li.account,
    case: made.case,
    about: 'performance',
    contentType: 'text/plain',
    source: (async function* () {
      yield Buffer.from('缴款凭证（演示）：罚款 2000 元，已缴清。\n')
    })(),
  })
  await stepCaseAtDesk(system, desk('transport', 'clerk'), {
    case: made.case,
    step: made.step,
    kind: 'accept',
    content: {},
  })
}

/** Wang is proposed for a list, told in writing and served: the window for statement and defence is open. */
async function listing(system: System, desk: Desk, step: Step): Promise<void> {
  const clerk = desk('emergency', 'clerk')
  const made = await propose(system, clerk, {
    list: 'serious-work-safety-person',
    criterion: 'work-safety-person',
    ...DEMO_PEOPLE.wang,
    facts: '检查时发现其负责的作业现场未按规定设置防护，责令改正后逾期未改。',
    document: '衡应急检〔2026〕7号',
  })
  if (isRefusal(made)) return
  const told = await step(clerk, made, 'notify', {
    facts: '检查时发现您负责的作业现场未按规定设置防护，责令改正后逾期未改。',
  })
  await step(clerk, told, 'serve', { document: '送达回证（演示）衡应急送〔2026〕7号' })
}

/** Chen is nominated for the youth list, checked by somebody else, and publicised. */
async function nomination(system: System, desk: Desk, step: Step): Promise<void> {
  const clerk = desk('youth', 'clerk')
  const made = await propose(system, clerk, {
    list: 'red-youth',
    criterion: 'youth-volunteer',
    ...DEMO_PEOPLE.chen,
    facts: '三年来参加志愿服务二十余次，无不良信用记录。',
  })
  if (isRefusal(made)) return
  const checked = await step(desk('youth', 'reviewer'), made, 'check', { reason: '已核对志愿服务证明和信用记录。' })
  await step(clerk, checked, 'publicise', {})
}

/** The court's clerk reports an entry about Li and takes it up; one unit carries its measure out, the others have the task. */
async function courtEntry(system: System, desk: Desk, step: Step): Promise<void> {
  const [clerk, reviewer] = [desk('court', 'clerk'), desk('court', 'reviewer')]
  const now = Math.trunc(Date.parse(today(system)) / 86_400_000)
  const [firm] = demoOrganisations(DEMO_SEED)
  if (!firm) return
  const row = MAKERS.enforcement({
    person: DEMO_PEOPLE.li,
    firm,
    unit: 'demo-court',
    serial: 13_001,
    day: now - 40,
    today: now,
    chance: openChance(DEMO_SEED, 'process'),
  })
  const sent = await submitRecord(system, {
    item: 'enforcement',
    unit: clerk.unit,
    actor: clerk.account,
    key: 'demo:process enforcement',
    values: {
      ...Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])),
      SXQX: '违反财产报告制度',
      JDRQ: dateOfDays(now - 40),
    },
  })
  if (!isRefusal(sent) && 'held' in sent)
    await decideHeld(system, {
      actor: reviewer.account,
      unit: reviewer.unit,
      num: sent.held,
      approve: true,
      reason: '已与决定书核对。',
    })
  const key = findRecordKey(system, {
    item: 'enforcement',
    unit: clerk.unit,
    number: DEMO_PEOPLE.li.number,
    naturalKey: [String(row['AH']), String(row['ZXFY'])],
  })
  if (isRefusal(key)) return
  const taken = await startCaseAtDesk(system, clerk, {
    machine: 'received',
    kind: 'receive',
    number: DEMO_PEOPLE.li.number,
    nk: key.nk,
    content: { document: `${String(row['AH'])}决定书` },
  })
  if (isRefusal(taken)) return
  const [doer, second] = [desk('approval', 'clerk'), desk('approval', 'reviewer')]
  const { measures } = await listMeasures(system, doer.account)
  const task = measures.find(({ cause, unit }) => cause === taken.case && unit.id === doer.unit)
  if (!task) return
  const up = await step(doer, { case: task.case, step: 1, at: '', day: '' }, 'respond', {})
  await step(second, up, 'carry', { reason: '申请人在法院的失信被执行人名单上，本单位办理的事项不适用告知承诺。' })
}

/** Chen's record was given to the approval bureau; an objection is upheld, so it goes back to everyone who had it. */
async function recall(system: System, chen: Person, officer: number, desk: Desk, step: Step): Promise<void> {
  const matter = { purpose: 'approval', number: '审2026-0102', title: '导游证延续' }
  await openMatter(system, { actor: officer, unit: 'demo-approval', ...matter })
  const seen = await lookUpArchive(system, {
    actor: officer,
    unit: 'demo-approval',
    number: DEMO_PEOPLE.chen.number,
    purpose: 'approval',
    matter: matter.number,
  })
  if (isRefusal(seen)) return
  const record = seen.records.find(({ unit }) => unit === 'demo-hr')
  if (!record) return
  const made = await startOwnCase(system, chen, {
    machine: 'objection',
    kind: 'open',
    record: record.id,
    content: { statement: '这张证书不是我的，姓名相同，证书编号对应另一人。' },
  })
  if (isRefusal(made)) return
  await step(desk('hr', 'reviewer'), made, 'uphold-withdraw', {
    reason: '经核对发证底册，证书属同名的另一人，记录撤销。',
  })
}

/** A rule that somebody is drafting: it can be run dry, and names nobody. */
const DRAFT = `# 演示草案：三年内两条以上行政处罚的，列为核查线索。只供试算，未经审批不生效。
lists:
  - id: draft-repeat-penalties
    name: { zh: 多次受处罚人员重点关注（草案）, en: Repeated penalties (draft) }
    kind: sector
    origin: determined
    item: list-entry-person
    units: ['kind:emergency']
    subjects: [person]
    criteria:
      - id: repeat-penalties
        text: { zh: 三年内受到两次以上行政处罚, en: Two administrative penalties or more within three years }
        flag: { items: [penalty-person], count: 2, within: P3Y }
        basis: &DRAFT [ { document: 衡州市社会信用条例（演示草案）, rank: local-regulation, unverified: true } ]
    window: list-window
    hearing: true
    term: P1Y
    removal: [term, repair, review, revocation]
    basis: *DRAFT
    from: '2026-01-01'
`

async function draftRule(system: System, admin: number): Promise<void> {
  const draft = await openDraft(system, {
    actor: admin,
    layer: 'demo',
    title: '多次受处罚人员重点关注名单（演示草案）',
  })
  if (isRefusal(draft)) return
  await saveDraft(system, { actor: admin, draft: draft.draft, step: 1, name: 'lists.yaml', text: DRAFT })
}
