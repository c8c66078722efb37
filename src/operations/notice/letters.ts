import { maskNumber } from '#domain/identity/identifier.ts'
import { LETTER_REASONS, type LetterWay } from '#domain/notice.ts'
import { MACHINES, nameOfStep } from '#domain/machines.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { refusalOf, unpackRecords } from '#store/archive.ts'
import { KIND_NUMBERS } from '#store/cipher.ts'
import { withTransaction } from '#store/db.ts'
import {
  contactBound,
  noteLetter,
  printLetter,
  readLetterHistory,
  readLetters,
  readServedLetters,
  type LetterRow,
} from '#store/notice.ts'
import { decodeWithTerms, foldOf, openIdentity } from '../archive-decode.ts'
import { caseId, parseCaseId } from '../case-id.ts'
import { nameOfUnit, today, type System } from '../system.ts'
import { viewService, type ServiceView } from './inbox.ts'
import { wordsOfRecord } from './record-notice.ts'

const ABOUT_RECORD: Text = { zh: '记录列入档案的通知', en: 'Notice that a record is on file' }
const ABOUT_ELSE: Text = { zh: '其他通知', en: 'Other notice' }

const isReason = (why: string): why is keyof typeof LETTER_REASONS => Object.hasOwn(LETTER_REASONS, why)

/** What a letter is about and why it is on paper; nothing of the person. */
const lineOf = (row: Omit<LetterRow, 'printed_at' | 'failed' | 'waiting'>) => ({
  letter: caseId(row.subject, row.num),
  about: row.of_record
    ? ABOUT_RECORD
    : row.machine === null || row.kind === null
      ? ABOUT_ELSE
      : titleOf(row.machine, nameOfStep(row.machine, row.kind)),
  case: row.file === null ? undefined : caseId(row.subject, row.file),
  why: isReason(row.why) ? LETTER_REASONS[row.why] : { zh: row.why, en: row.why },
  at: row.at,
  told: row.told_at,
})

/** The print queue of the unit, oldest first, and what was served of a year, with how often each letter was opened. */
export async function listLetters(system: System, actor: number) {
  const [rows, done] = await Promise.all([readLetters(system.pool, actor), readServedLetters(system.pool, actor)])
  const letters = rows.map((row) => ({
    ...lineOf(row),
    printed: row.printed_at ?? undefined,
    failed: Number(row.failed),
  }))
  const served = done.map((row) => ({
    ...lineOf(row),
    opened: Number(row.opened),
    openedAt: row.opened_at ?? undefined,
    service: row.service.map((one) => viewService({ ...one, reference: '' })),
  }))
  return { letters, waiting: Number(rows[0]?.waiting ?? 0n), served }
}
const titleOf = (machine: string, step: Text): Text => {
  const name = MACHINES[machine]?.name ?? { zh: machine, en: machine }
  return { zh: `${name.zh}：${step.zh}`, en: `${name.en}: ${step.en}` }
}

export type Letter = {
  letter: string
  at: string
  told: string
  unit: Text
  to: { name: string; number: string; address?: string | undefined }
  title: Text
  text: Text
  /** number of the look-up that this opening is */
  access: string
  /** every opening, this one the last */
  opened: { at: string; by: Text }[]
  service: ServiceView[]
}

/** One letter, to print: to whom, what it says. A look-up that the person sees (G4). */
export async function openLetter(system: System, of: { actor: number; letter: string }): Promise<Letter | Refusal> {
  const named = parseCaseId(of.letter)
  if (!named) return refuse('not-found')
  const { subject } = named
  const letter = { actor: of.actor, subject, num: named.file }
  const { row, history } = await withTransaction(system.pool, async (client) => ({
    row: await printLetter(client, letter),
    history: await readLetterHistory(client, letter),
  }))
  const refusal = refusalOf(row.outcome)
  if (refusal) return refusal
  const kind = KIND_NUMBERS[row.kind ?? 0] ?? 'citizen'
  const identity = openIdentity(system, row.identity, subject, kind)
  const words =
    row.nk === null ? { title: row.title ?? EMPTY, text: row.text ?? EMPTY } : await ofRecord(system, subject, row)
  if (isRefusal(words)) return words
  return {
    letter: of.letter,
    at: row.at,
    told: row.told_at,
    unit: row.unit === 0 ? system.reference.pack.name : nameOfUnit(system, row.unit).name,
    to: {
      name: identity?.name ?? '',
      number: maskNumber(identity?.number ?? ''),
      address: row.address?.length ? system.cipher.open(row.address, contactBound(subject)) : undefined,
    },
    ...words,
    access: String(history?.access ?? ''),
    opened: history?.opened ?? [],
    service: (history?.service ?? []).map(viewService),
  }
}
const EMPTY: Text = { zh: '', en: '' }

async function ofRecord(system: System, subject: string, row: { records: Buffer | null; told_at: string }) {
  const stored = await decodeWithTerms(system, unpackRecords(row.records ?? Buffer.alloc(0)), subject, undefined)
  if (isRefusal(stored)) return stored
  const [record] = foldOf(system, system.reference.pack)(stored, { date: today(system), granted: 'all', ended: true })
  return wordsOfRecord(system, record, row.told_at)
}

/** Records what became of a letter: who, which day, how, the number of the receipt. Refuses with letter-day, letter-done. */
export async function recordDelivery(
  system: System,
  of: { actor: number; letter: string; day: string; how: LetterWay; receipt: string; delivered: boolean },
): Promise<{ recorded: true } | Refusal> {
  const named = parseCaseId(of.letter)
  if (!named) return refuse('not-found')
  const receipt = of.receipt.replace(/^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g, '')
  if (receipt === '') return refuse('step-says-too-little', { field: 'receipt' })
  const outcome = await noteLetter(system.pool, {
    actor: of.actor,
    subject: named.subject,
    num: named.file,
    day: of.day,
    how: of.how,
    receipt,
    ok: of.delivered,
  })
  if (outcome === 8) return refuse('letter-day', { field: 'day' })
  if (outcome === 9) return refuse('letter-done')
  return refusalOf(outcome) ?? { recorded: true }
}
