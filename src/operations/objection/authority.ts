import { isAdult, maskName, maskNumber } from '#domain/identity/identifier.ts'
import { isRefusal, refuse, type Refusal, type Text } from '#domain/refusal.ts'
import {
  authorityBound,
  endAuthority,
  grantAuthority,
  readAuthorities,
  type AuthorityKind,
  type AuthorityRow,
} from '#store/authority.ts'
import { uuidOf } from '#store/cipher.ts'
import { readIdentifier } from '../archive.ts'
import { nameOfUnit, today, type System } from '../system.ts'

type Who = { kind?: string; number: string; name: string }
type Masked = { name: string; number: string }
/** What is kept of an authority, sealed: whose it is in stars, and the document that was seen. */
type Said = { person: Masked; representative: Masked; document: string }

const KINDS: Record<AuthorityKind, Text> = {
  agent: { zh: '委托代理人', en: 'representative' },
  guardian: { zh: '监护人', en: 'guardian' },
}

const masked = ({ name, number }: Who): Masked => ({ name: maskName(name), number: maskNumber(number) })

/** A person is named outside by the hexadecimal of their key, which means nothing elsewhere. */
export const personId = (subject: string): string => subject.replaceAll('-', '')

/**
 * The counter records that somebody stands for a person (民法典 arts 34, 161–173): with the document it saw, for its dates.
 * Both are told. Whoever says so is present: the person who gives an authority, the guardian who has one. Both are of age, for
 * of a minor nothing is held that somebody could stand for; a guardian may stand for an adult without full capacity (art 28),
 * until a court finds that they have it again (art 39).
 */
export async function recordAuthority(
  system: System,
  of: {
    actor: number
    person: Who
    representative: Who
    kind: AuthorityKind
    document: string
    from: string
    until: string
  },
): Promise<{ authority: string; at: string } | Refusal> {
  const date = today(system)
  const person = readIdentifier(system, of.person.kind, of.person.number)
  if (isRefusal(person)) return { ...person, field: 'person' }
  if (person.birth !== undefined && !isAdult(person.birth, date))
    return refuse('nothing-of-minors', { field: 'person' })
  const other = readIdentifier(system, of.representative.kind, of.representative.number)
  if (isRefusal(other)) return { ...other, field: 'representative' }
  if (other.birth !== undefined && !isAdult(other.birth, date)) return refuse('minor', { field: 'representative' })
  if (of.until <= of.from || of.until <= date) return refuse('authority-dates', { field: 'until' })
  const [subject, representative] = [person, other].map(({ kind, number }) => uuidOf(system.subjectKey(kind, number)))
  if (subject === undefined || representative === undefined || subject === representative)
    return refuse('authority-own', { field: 'representative' })
  const said: Said = { person: masked(of.person), representative: masked(of.representative), document: of.document }
  const granted = await grantAuthority(system.pool, {
    ...of,
    subject,
    representative,
    sealed: system.cipher.seal(JSON.stringify(said), authorityBound(subject)),
    notice: noticeOf(KINDS[of.kind], { zh: `自${of.from}至${of.until}`, en: `from ${of.from} until ${of.until}` }),
  })
  if (granted.outcome === 12)
    return refuse('presence-needed', { field: of.kind === 'guardian' ? 'representative' : 'person' })
  if (granted.outcome === 13) return refuse('guardian-over', { field: 'person' })
  return granted.outcome === 0 ? { authority: String(granted.num), at: granted.at } : refuse('not-allowed')
}

const noticeOf = (kind: Text, dates: Text): { title: Text; text: Text } => ({
  title: { zh: `${kind.zh}已登记`, en: `A ${kind.en} was recorded` },
  text: {
    zh: `服务窗口核对证明文件后登记了${kind.zh}，${dates.zh}。在此期间${kind.zh}可以代为查看档案、提出异议和申请。详情见“我的”页面，委托可以随时解除。`,
    en: `The counter saw the document and recorded a ${kind.en}, ${dates.en}. Until then they may read the file, object and apply on the person's behalf. See “Me” for details; an agency can be ended at any time.`,
  },
})

const ENDED: { title: Text; text: Text } = {
  title: { zh: '代理已终止', en: 'An authority has ended' },
  text: { zh: '一项代理或监护登记自即日起终止。', en: 'An agency or guardianship on record has ended as of now.' },
}

/** Ended by the person, by whoever holds it, or by the counter, which names the person. A ward does not end a guardianship. */
export async function cancelAuthority(
  system: System,
  of: { actor: number; authority: string; person?: { kind?: string; number: string } },
): Promise<{ ended: true; at: string } | Refusal> {
  const identifier = of.person && readIdentifier(system, of.person.kind, of.person.number)
  if (isRefusal(identifier)) return identifier
  const at = await endAuthority(system.pool, {
    actor: of.actor,
    subject: identifier ? uuidOf(system.subjectKey(identifier.kind, identifier.number)) : null,
    num: BigInt(of.authority),
    notice: ENDED,
  })
  return at === null ? refuse('not-found') : { ended: true, at }
}

function open(system: System, row: AuthorityRow): Said {
  // sealed by this file alone: what opens was written as this
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- authenticated with the person's key
  return JSON.parse(system.cipher.open(row.sealed, authorityBound(row.subject))) as Said
}

/** Who stands for me, and for whom I stand. */
export async function listAuthorities(system: System, actor: number) {
  const rows = await readAuthorities(system.pool, actor)
  const view = (row: AuthorityRow) => {
    const { person, representative, document } = open(system, row)
    return {
      authority: String(row.num),
      kind: row.kind,
      from: row.from_day,
      until: row.until_day,
      live: row.live,
      unit: nameOfUnit(system, row.unit),
      document,
      who: row.held ? person : representative,
      person: row.held && row.live ? personId(row.subject) : undefined,
    }
  }
  return { given: rows.filter(({ held }) => !held).map(view), held: rows.filter(({ held }) => held).map(view) }
}
