import {
  CHANNELS,
  isContact,
  LETTER_REASONS,
  LETTER_WAYS,
  maskContact,
  type Channel,
  type ContactChannel,
} from '#domain/notice.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { contactBound, insertContact, readContacts, readInbox, type ContactRow, type Served } from '#store/notice.ts'
import { withActing } from '#store/rights.ts'
import { readArchiveFor } from '../archive.ts'
import { recordId } from '../archive-decode.ts'
import { caseId } from '../case-id.ts'
import type { System } from '../system.ts'
import { wordsOfRecord } from './record-notice.ts'

export type NoticeView = {
  notice: string
  at: string
  title: Text
  text: Text
  record?: string
  case?: string
  /** how it is proven that it got to the person */
  service: ServiceView[]
}
export type ServiceView = { channel: string; name: Text; at: string; ok: boolean; reference: string }

const PAPER_WAYS = { ...LETTER_WAYS, own: LETTER_REASONS.own }
const isWay = (id: string): id is keyof typeof PAPER_WAYS => Object.hasOwn(PAPER_WAYS, id)
const isChannel = (id: string): id is Channel => Object.hasOwn(CHANNELS, id)

export const viewService = ({ channel, at, ok, by, reference }: Served): ServiceView => ({
  channel,
  name:
    channel === 'paper' && isWay(by)
      ? PAPER_WAYS[by]
      : isChannel(channel)
        ? CHANNELS[channel]
        : { zh: channel, en: channel },
  at,
  ok,
  reference,
})

/**
 * Everything the person was told, newest first. The notice of a record is made from it now: it was there from the instant the
 * record was on file, whatever ran or did not (B16). What is shown here is served.
 */
export async function listNotices(
  system: System,
  of: { actor: number; subject: string },
): Promise<NoticeView[] | Refusal> {
  const rows = await readInbox(system.pool, of.actor, of.subject)
  const told = rows.some(({ nk }) => nk !== null) ? await readArchiveFor(system, of) : undefined
  if (isRefusal(told)) return told
  return rows.map((row) => {
    const { nk } = row
    const id = nk === null ? undefined : recordId(nk)
    const version = nk === null ? 0 : Number(nk & 1023n) + 1
    const record = told?.records.find((one) => one.id === id && one.version === version)
    const words =
      nk === null ? { title: row.title ?? NONE, text: row.text ?? NONE } : wordsOfRecord(system, record, row.at)
    return {
      notice: String(row.num),
      at: row.at,
      ...words,
      ...(id === undefined ? {} : { record: id }),
      ...(row.file === null ? {} : { case: caseId(of.subject, row.file) }),
      service: row.service.map(viewService),
    }
  })
}
const NONE: Text = { zh: '', en: '' }

const CONTACT_CHANNELS = ['sms', 'mail', 'paper'] as const satisfies readonly ContactChannel[]

function openContact(system: System, subject: string, sealed: Buffer): string {
  return sealed.length === 0 ? '' : system.cipher.open(sealed, contactBound(subject))
}

/** On which channels the person wants notices besides the inbox; addresses masked. */
export async function listContacts(system: System, subject: string) {
  return viewContacts(system, subject, await withActing(system.pool, { subject }, readContacts))
}

/** Rows of contacts as they are shown: every channel, addresses masked. */
export function viewContacts(system: System, subject: string, rows: readonly ContactRow[]) {
  return CONTACT_CHANNELS.map((channel) => {
    const row = rows.find((one) => one.channel === channel)
    const address = row ? openContact(system, subject, row.sealed) : ''
    return {
      channel,
      name: CHANNELS[channel],
      since: row && address !== '' ? row.at : undefined,
      address: address === '' ? undefined : maskContact(channel, address),
    }
  })
}

/** Sets where notices go on a channel; empty: not any more. Refuses an address that is none. */
export async function setContact(
  system: System,
  of: { subject: string; channel: ContactChannel; address: string },
): Promise<{ contacts: Awaited<ReturnType<typeof listContacts>> } | Refusal> {
  const { subject, channel } = of
  const sealed = sealContact(system, of)
  if (isRefusal(sealed)) return sealed
  await withActing(system.pool, { subject }, (client) => insertContact(client, { subject, channel, sealed }))
  return { contacts: await listContacts(system, subject) }
}

/** An address sealed to its person, empty where there is none any more. Refuses one that is none. */
export function sealContact(
  system: System,
  of: { subject: string; channel: ContactChannel; address: string },
): Buffer | Refusal {
  const address = of.address.trim()
  if (address === '') return Buffer.alloc(0)
  return isContact(of.channel, address)
    ? system.cipher.seal(address, contactBound(of.subject))
    : refuse('contact-unreadable', { field: 'address' })
}
