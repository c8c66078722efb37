import { timingSafeEqual } from 'node:crypto'
import { dueDate, latestEnd } from '#domain/calendar.ts'
import { findTerm } from '#domain/case.ts'
import { itemAt } from '#domain/catalog.ts'
import { messageOf, noticeOfRecord } from '#domain/notice.ts'
import { refuse, type Refusal } from '#domain/refusal.ts'
import { contactBound, drawNotices, noteReceipt, noteService, takeNotices, type DueRow } from '#store/notice.ts'
import { calendarOf } from '../calendar-of.ts'
import { dayOf, nameOfUnit, today, type System } from '../system.ts'
import { signBody, type Sender, type Senders } from './channel.ts'

const AT_ONCE = 50
const PATIENCE = 20_000
const UNREAD = 'notice-unread'

/** What was told before this instant and nobody has read is sent on paper: the term of the pack has passed since. */
export function unreadBefore(system: System): string {
  const date = today(system)
  const term = findTerm(system.reference.pack, UNREAD, date)
  if (!term) return '-infinity'
  // the last day whose term is over: looked for backwards, day by day, by the law's own counting
  for (let back = 1; back < 400; back += 1) {
    const day = Temporal.PlainDate.from(date).subtract({ days: back }).toString()
    const end = dueDate(calendarOf(system), day, term.period).day
    if ((end === 'unknown' ? latestEnd(day, term.period) : end) < date)
      return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Asia/Shanghai').toInstant().toString()
  }
  return '-infinity'
}

/** A message is named by person, notice, channel and try: numbers that mean nothing outside. */
const messageId = ({ subject, notice, channel, try: nth }: Pick<DueRow, 'subject' | 'notice' | 'channel' | 'try'>) =>
  `${subject.replaceAll('-', '')}.${notice}.${channel}.${nth}`

function parseMessage(id: string) {
  const [, hex, notice, channel, nth] = /^([0-9a-f]{32})\.(\d{1,18})\.(sms|mail)\.([1-8])$/.exec(id) ?? []
  if (hex === undefined || notice === undefined || channel === undefined) return undefined
  const subject = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { subject, notice: BigInt(notice), channel, try: Number(nth) }
}

/** The words of what goes out: of a record no more than its kind and who reported it; the rest is read after signing in. */
function wordsOf(system: System, row: DueRow) {
  if (row.title && row.text) return { title: row.title, text: row.text }
  const { pack, itemOf } = system.reference
  const id = itemOf.get(row.item ?? 0)?.id ?? ''
  const item = itemAt(pack, id, today(system)) ?? pack.items.findLast((one) => one.id === id)
  if (!item) return undefined
  const unit = nameOfUnit(system, row.unit ?? 0).name
  return noticeOfRecord({ item, unit, day: dayOf(row.at), corrected: false, state: 'shown' })
}

async function sendOne(system: System, sender: Sender, row: DueRow, link: string) {
  const tried = { subject: row.subject, notice: row.notice, channel: row.channel, try: row.try }
  const words = wordsOf(system, row)
  const channel = row.channel === 'sms' ? 'sms' : 'mail'
  const { pack } = system.reference
  const sent = words
    ? await sender.send(
        {
          message: messageId(row),
          to: system.cipher.open(row.sealed, contactBound(row.subject)),
          ...messageOf(channel, words, { platform: pack.name, link }),
        },
        AbortSignal.timeout(PATIENCE),
      )
    : { state: 'refused' as const, reference: 'no words' }
  await noteService(system.pool, { ...tried, ...sent, by: sender.by })
  return sent.state
}

export type Round = { submissions: number; letters: number; sent: number; failed: number }

/**
 * One round of telling: draws up what is to be told, sends what is due, and puts on paper what cannot be sent or was not
 * read. Nobody's right waits for it. A channel that is down is tried again later; what was not finished is taken up again.
 */
export async function tellAll(
  system: System,
  of: { senders: Senders; link: string; onError?: (error: unknown) => void },
): Promise<Round> {
  const unread = unreadBefore(system)
  const drawn = await drawNotices(system.pool, unread)
  const round: Round = { ...drawn, sent: 0, failed: 0 }
  const channels = Object.keys(of.senders)
  if (channels.length === 0) return round
  for (;;) {
    const rows = await takeNotices(system.pool, channels, AT_ONCE)
    for (const row of rows) {
      const sender = row.channel === 'sms' ? of.senders.sms : of.senders.mail
      if (!sender) continue
      try {
        const state = await sendOne(system, sender, row, of.link)
        if (state === 'delivered' || state === 'accepted') round.sent += 1
        else round.failed += 1
      } catch (error) {
        round.failed += 1
        of.onError?.(error)
        const { subject, notice, channel, try: nth } = row
        const reason = error instanceof Error ? error.name : 'error'
        await noteService(system.pool, {
          subject,
          notice,
          channel,
          try: nth,
          state: 'failed',
          by: sender.by,
          reference: reason,
        })
      }
    }
    if (rows.length < AT_ONCE) break
  }
  // what failed for good goes on paper in the same round
  const more = round.failed > 0 ? await drawNotices(system.pool, unread) : { letters: 0 }
  return { ...round, letters: round.letters + more.letters }
}

/** A gateway says what became of a message it had taken, under the shared secret. To whoever has not got that, there is no such message. */
export async function takeReceipt(
  system: System,
  of: { secret: string; signature: string; message: string; delivered: boolean; reference: string },
): Promise<{ noted: true } | Refusal> {
  const { message, delivered, reference } = of
  const expected = Buffer.from(signBody(of.secret, `${message}\n${delivered}\n${reference}`))
  const given = Buffer.from(of.signature)
  if (of.secret === '' || given.length !== expected.length || !timingSafeEqual(given, expected))
    return refuse('not-found')
  const tried = parseMessage(message)
  if (!tried || !(await noteReceipt(system.pool, { ...tried, delivered, reference }))) return refuse('not-found')
  return { noted: true }
}
