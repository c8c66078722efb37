import { dueDate } from '#domain/calendar.ts'
import { findTerm } from '#domain/case.ts'
import { signNote, type NoteSigner } from '#domain/note.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { RECORD_STATES } from '#domain/step.ts'
import { refusalOf, unpackRecords } from '#store/archive.ts'
import { findLog } from '#store/ledger.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'
import {
  acknowledgeEnd,
  acknowledgeRecall,
  readOpenRecalls,
  readOwnRecalls,
  readRecallQueue,
  readReceived,
  readRecallVersions,
  type RecallRow,
} from '#store/recall.ts'
import { decodeWithTerms, foldOf, recordId } from '../archive-decode.ts'
import { calendarOf } from '../calendar-of.ts'
import { caseId } from '../case-id.ts'
import { dayOf, nameOfUnit, today, type System } from '../system.ts'

const hexOf = (subject: string) => subject.replaceAll('-', '')
const uuidOfHex = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const nameOfKind = (kind: string): Text =>
  Object.entries(RECORD_STATES).find(([id]) => id === kind)?.[1] ?? { zh: kind, en: kind }

/** By when a recall of a day is to be acknowledged, by the term in force that day; undefined where it is not known. */
function dueOf(system: System, day: string): string | undefined {
  const term = findTerm(system.reference.pack, 'recall-acknowledge', day)
  const end = term && dueDate(calendarOf(system), day, term.period).day
  return end === 'unknown' ? undefined : end
}

const signers = new WeakMap<System, Promise<NoteSigner | undefined>>()

/** The key of the ledger signs recalls too; none where the ledger has no name yet. */
async function signerOf(system: System): Promise<NoteSigner | undefined> {
  const known = signers.get(system)
  if (known) return known
  const log = await findLog(system.pool)
  if (!log) return undefined
  const signer = getLedgerSigner(system.keys, log.origin)
  signers.set(system, signer)
  return signer
}

/**
 * The text of a recall notice, the same whenever it is made: numbers, kind and day, nothing of the person. Of a correction
 * the version that takes the place of what was given.
 */
export const recallText = (of: {
  recall: string
  record: string
  case?: string | undefined
  kind: string
  day: string
  to: string
  version?: number | undefined
}): string =>
  `xinheng recall v1\nrecall ${of.recall}\nrecord ${of.record}\ncase ${of.case ?? '-'}\nkind ${of.kind}\nday ${of.day}\nto ${of.to}\n${of.version === undefined ? '' : `version ${of.version}\n`}`

async function viewRecall(
  system: System,
  unit: string,
  signer: NoteSigner | undefined,
  versions: ReadonlyMap<string, number>,
  row: RecallRow,
) {
  const version = versions.get(`${row.subject}.${row.num}`)
  const recall = `${hexOf(row.subject)}.${row.num}`
  const due = dueOf(system, row.day)
  const file = row.file === null ? undefined : caseId(row.subject, row.file)
  const text = recallText({
    recall,
    record: recordId(row.nk),
    case: file,
    kind: row.kind,
    day: row.day,
    to: unit,
    version,
  })
  return {
    recall,
    record: recordId(row.nk),
    case: file,
    kind: row.kind,
    name: nameOfKind(row.kind),
    version,
    day: row.day,
    due,
    overdue: row.received_at === null && due !== undefined && due < today(system),
    via: row.via,
    given: row.given,
    access: row.access === null ? undefined : String(row.access),
    matter: matterOf(row.matter),
    received:
      row.received_at === null
        ? undefined
        : { at: row.received_at, by: row.received_by ?? { zh: '', en: '' }, did: row.did ?? '' },
    note: signer && (await signNote(text, signer)),
  }
}

/** What a record was given in: the unit's own number of the matter, or the campaign it was drawn into, in words. */
const matterOf = (matter: string): string =>
  matter.replace(/^campaign (\d+)$/, (_, num: string) => `专项治理${num} Campaign ${num}`)

/** The first instants of a month YYYY-MM and of the next, in Asia/Shanghai. */
function monthOf(month: string): [string, string] {
  const first = Temporal.PlainDate.from(`${month}-01`)
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime('Asia/Shanghai').toInstant().toString()
  return [start(first), start(first.add({ months: 1 }))]
}

/**
 * Records given in the look-ups of a month whose term has ended since, as of today: clocks are read, not run. Nothing of
 * a record but its number and its last day comes out.
 */
async function endedOf(system: System, of: { actor: number; month: string }) {
  const date = today(system)
  const ended = []
  for (const row of await readReceived(system.pool, of.actor, ...monthOf(of.month))) {
    const stored = await decodeWithTerms(system, unpackRecords(row.records), row.subject, undefined)
    if (isRefusal(stored)) continue
    for (const record of foldOf(system, system.reference.pack)(stored, { date, granted: 'all', ended: true })) {
      // what had ended before was not given
      if (record.state !== 'ended' || record.until === undefined || record.until <= dayOf(row.given)) continue
      ended.push({
        recall: `${hexOf(row.subject)}.e${record.id}`,
        record: record.id,
        kind: 'ended',
        name: nameOfKind('ended'),
        day: record.until,
        due: dueOf(system, record.until),
        given: row.given,
        access: String(row.access),
        matter: matterOf(row.matter),
      })
    }
  }
  return ended
}

/**
 * A unit's recalls: those it was told of, and those that follow from the end of a term (G10, B4). A look-up keeps the items it
 * showed and not each record (350 bytes a look-up would not hold them), so that a unit is told of every record of such an item
 * that ends after it looked: also of one that was hidden that day. It learns a number, a kind and a day; what it may have is
 * never left out.
 */
export async function listRecalls(system: System, of: { actor: number; unit: string; month?: string }) {
  const signer = await signerOf(system)
  const rows = await readRecallQueue(system.pool, of.actor)
  const versions = rows.some(({ kind }) => kind === 'superseded')
    ? await readRecallVersions(system.pool, of.actor)
    : new Map<string, number>()
  const recalls = await Promise.all(rows.map((row) => viewRecall(system, of.unit, signer, versions, row)))
  return { recalls, ended: await endedOf(system, { actor: of.actor, month: of.month ?? today(system).slice(0, 7) }) }
}

/** The unit acknowledges one, with what it did. */
export async function acknowledge(
  system: System,
  of: { actor: number; recall: string; did: string; month?: string | undefined },
): Promise<{ acknowledged: true } | Refusal> {
  const [, hex = '', ended, number = ''] = /^([0-9a-f]{32})\.(e?)(\d{1,18})$/.exec(of.recall) ?? []
  if (hex === '') return refuse('not-found')
  const subject = uuidOfHex(hex)
  const outcome = ended
    ? await acknowledgeEnded(system, { ...of, subject, number })
    : await acknowledgeRecall(system.pool, { actor: of.actor, subject, num: BigInt(number), did: of.did })
  return refusalOf(outcome) ?? { acknowledged: true }
}

async function acknowledgeEnded(
  system: System,
  of: { actor: number; recall: string; subject: string; number: string; did: string; month?: string | undefined },
): Promise<number> {
  const month = of.month ?? today(system).slice(0, 7)
  const one = (await endedOf(system, { actor: of.actor, month })).find(({ recall }) => recall === of.recall)
  if (!one) return 6
  const nk = BigInt.asIntN(64, BigInt(of.number) << 10n)
  return acknowledgeEnd(system.pool, { actor: of.actor, subject: of.subject, nk, day: one.day, did: of.did })
}

/** What nobody has acknowledged in time, for the operator of the platform. */
export async function listOverdueRecalls(system: System, actor: number) {
  const date = today(system)
  return (await readOpenRecalls(system.pool, actor)).flatMap((row) => {
    const due = dueOf(system, row.day)
    if (due === undefined || due >= date) return []
    const unit = nameOfUnit(system, row.unit)
    return [
      {
        recall: `${hexOf(row.subject)}.${row.num}`,
        kind: row.kind,
        name: nameOfKind(row.kind),
        day: row.day,
        due,
        unit,
        via: row.via,
      },
    ]
  })
}

/** The person: what was recalled, from whom, who has acknowledged and what they did. */
export async function listOwnRecalls(system: System, of: { actor: number; subject: string }) {
  const rows = await readOwnRecalls(system.pool, of.actor, of.subject)
  const versions = await readRecallVersions(system.pool, of.actor, of.subject)
  const nums = [...new Set(rows.map(({ num }) => num))]
  return nums.flatMap((num) => {
    const own = rows.filter((row) => row.num === num)
    const [first] = own
    if (!first) return []
    const recipients = own.flatMap(({ via, unit, given, received_at, did }) =>
      via === null
        ? []
        : [
            {
              via,
              unit: nameOfUnit(system, unit ?? 0),
              given: given ?? '',
              acknowledged: received_at ?? undefined,
              did: did ?? undefined,
            },
          ],
    )
    return [
      {
        recall: `${hexOf(of.subject)}.${num}`,
        record: recordId(first.nk),
        case: first.file === null ? undefined : caseId(of.subject, first.file),
        kind: first.kind,
        name: nameOfKind(first.kind),
        version: versions.get(`${of.subject}.${num}`),
        day: first.day,
        due: dueOf(system, first.day),
        recipients,
      },
    ]
  })
}
