import { CHANNELS, type ContactChannel } from '#domain/notice.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import type { StepContent } from '#domain/step.ts'
import { isAdult } from '#domain/identity/identifier.ts'
import { uuidOf } from '#store/cipher.ts'
import { endPresence, findPresence, openPresence, type Presence } from '#store/counter.ts'
import { readPresentContacts, setPresentContact } from '#store/notice.ts'
import type { Archive } from './archive-shape.ts'
import { readArchiveFor, readIdentifier } from './archive.ts'
import { startOwnCase, type Receipt } from './case-act.ts'
import { listOwnCases } from './case-view.ts'
import { sealContact, viewContacts } from './notice/inbox.ts'
import { issueReport, type ReportSeen } from './report/issue.ts'
import { nameOfUnit, today, type System } from './system.ts'

/** What a person may have filed for them at the counter, each with a form they signed. */
export const COUNTER_MACHINES = ['objection', 'repair', 'statement'] as const
export type CounterMachine = (typeof COUNTER_MACHINES)[number]

/** Kinds of documents a counter may check; which one was seen is kept, its number is not. */
export const SEEN_DOCUMENTS = {
  'identity-card': { zh: '居民身份证', en: 'resident identity card' },
  passport: { zh: '护照', en: 'passport' },
  permit: { zh: '通行证、居住证', en: 'travel or residence permit' },
  electronic: { zh: '电子证件', en: 'electronic document' },
} as const satisfies Record<string, Text>
export type SeenDocument = keyof typeof SEEN_DOCUMENTS

export type Counter = { account: number; unit: string }

const noticeOf = (unit: Text, form: string, seen: Text): { title: Text; text: Text } => ({
  title: { zh: '您在服务窗口打开了档案', en: 'Your file was opened at the counter' },
  text: {
    zh: `${unit.zh}的窗口人员核对您的${seen.zh}后，依您签字的表单${form}为您打开档案，至多三十分钟。其间的查看、打印和代为提交都在“谁看过我”里。如果您当时不在场，请立即提出异议。`,
    en: `The counter of ${unit.en} checked your ${seen.en} and opened your file on the form ${form} that you signed, for half an hour at most. What was read, printed or filed is under “Who looked at me”. If you were not there, object at once.`,
  },
})

const contactNotice = (unit: Text, form: string, channel: Text, ended: boolean): { title: Text; text: Text } => ({
  title: { zh: '您的通知送达方式已在服务窗口更改', en: 'Where notices are sent to you was changed at the counter' },
  text: {
    zh: `${unit.zh}的窗口依您签字的表单${form}，${ended ? '停止' : '登记'}了“${channel.zh}”送达。您可以在“我的通知”核对、随时更改；如果不是您本人办理，请立即提出异议。`,
    en: `The counter of ${unit.en} ${ended ? 'ended' : 'recorded'} service “${channel.en}” on the form ${form} that you signed. Check and change it under “Notices” at any time; if it was not you, object at once.`,
  },
})

/**
 * A person is present: their document was checked and they signed a form (R25). For half an hour this account stands for
 * them; they are told at once, and every reading is in their log by the number of the form. Refuses: what an identifier
 * refuses, nothing-of-minors (nothing is held about a minor, not even that they were here), not-allowed, form-used.
 */
export async function openCounter(
  system: System,
  { account, unit }: Counter,
  of: { number: string; idKind?: string | undefined; document: SeenDocument; form: string },
): Promise<{ presence: string; until: string } | Refusal> {
  const identifier = readIdentifier(system, of.idKind, of.number)
  if (isRefusal(identifier)) return identifier
  if (identifier.kind === 'organisation') return refuse('id-kind-unknown', { field: 'idKind' })
  if (identifier.birth !== undefined && !isAdult(identifier.birth, today(system)))
    return refuse('nothing-of-minors', { field: 'number' })
  const form = of.form.trim()
  if (form === '') return refuse('form-missing', { field: 'form' })
  const name = nameOfUnit(system, system.reference.unitNum.get(unit) ?? 0).name
  const { outcome, num, until } = await openPresence(system.pool, {
    actor: account,
    subject: uuidOf(system.subjectKey(identifier.kind, identifier.number)),
    form,
    document: of.document,
    notice: noticeOf(name, form, SEEN_DOCUMENTS[of.document]),
  })
  if (outcome === 10) return refuse('form-used', { field: 'form' })
  if (outcome !== 0 || num === null || until === null) return refuse('not-allowed')
  return { presence: String(num), until }
}

type Present = { presence: string }

async function presenceOf(system: System, { account }: Counter, { presence }: Present): Promise<Presence | Refusal> {
  return (await findPresence(system.pool, account, BigInt(presence))) ?? refuse('presence-over')
}

/** The whole file of the person who is present, read to them; in their log on the ground of their presence. */
export async function readPresentArchive(system: System, counter: Counter, of: Present): Promise<Archive | Refusal> {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  return readArchiveFor(system, { actor: counter.account, subject: present.subject })
}

/** Where the cases of the person who is present stand. */
export async function listPresentCases(system: System, counter: Counter, of: Present) {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  return { cases: await listOwnCases(system, { account: counter.account, roles: [], subject: present.subject }) }
}

/** Files an objection, a repair or a statement in the name of the person, on a form of its own that they signed. */
export async function startPresentCase(
  system: System,
  counter: Counter,
  of: Present & { machine: CounterMachine; kind: string; record: string; form: string; content: StepContent },
): Promise<Receipt | Refusal> {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  const form = of.form.trim()
  if (form === '') return refuse('form-missing', { field: 'form' })
  const { machine, kind, record, content } = of
  return startOwnCase(
    system,
    { account: counter.account, roles: [], subject: present.subject },
    { machine, kind, record, content: { ...content, form } },
  )
}

/** Where notices are sent to the person who is present; read on the ground of their presence. */
export async function listPresentContacts(system: System, counter: Counter, of: Present) {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  const { subject } = present
  const rows = await readPresentContacts(system.pool, counter.account, subject)
  return { contacts: viewContacts(system, subject, rows) }
}

/** Sets where notices are sent to the person, by a form of their own; they are told. Refuses an address that is none. */
export async function setPresentContactOf(
  system: System,
  counter: Counter,
  of: Present & { channel: ContactChannel; address: string; form: string },
) {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  const form = of.form.trim()
  if (form === '') return refuse('form-missing', { field: 'form' })
  const { channel } = of
  const { subject } = present
  const sealed = sealContact(system, { subject, channel, address: of.address })
  if (isRefusal(sealed)) return sealed
  const unit = nameOfUnit(system, present.unit).name
  const notice = contactNotice(unit, form, CHANNELS[channel], sealed.length === 0)
  if (!(await setPresentContact(system.pool, { actor: counter.account, subject, channel, sealed, notice })))
    return refuse('presence-over')
  return listPresentContacts(system, counter, of)
}

/** A report for the person who is present, printed at the counter. */
export async function issuePresentReport(
  system: System,
  counter: Counter,
  of: Present & { kind: 'personal' | 'no-violations'; from?: string; to?: string; address: string },
): Promise<ReportSeen | Refusal> {
  const present = await presenceOf(system, counter, of)
  if (isRefusal(present)) return present
  const { presence: _presence, ...asked } = of
  const { account: actor, unit } = counter
  return issueReport(
    system,
    { actor, unit, reading: 'presence', subject: present.subject, matter: present.form },
    asked,
  )
}

/** The person leaves: the counter stands for them no longer. */
export async function closeCounter(
  system: System,
  { account }: Counter,
  { presence }: Present,
): Promise<{ ended: true; at: string } | Refusal> {
  const at = await endPresence(system.pool, account, BigInt(presence))
  return at === null ? refuse('presence-over') : { ended: true, at }
}
