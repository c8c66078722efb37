import { operatorOf } from '#domain/jurisdiction.ts'
import { randomBytes } from 'node:crypto'
import { isTipKind, type TipKind } from '#domain/public-kinds.ts'
import { refuse, type Refusal, type Text } from '#domain/refusal.ts'
import {
  fileTip,
  findTip,
  nextTip,
  readTip,
  readTipQueue,
  stepTip,
  tipBound,
  unitsWithClerks,
  type TipRow,
} from '#store/content.ts'
import { withTransaction } from '#store/db.ts'
import { EVERYWHERE, isIn, type Scope } from '../places.ts'
import { nameOfUnit, type System } from '../system.ts'

/** Crockford's letters: none that is read as another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

/** A follow-up code: 100 random bits as five groups of four. Whoever has it sees the answer; nobody else can ask. */
function makeCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte & 31]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** A code as people type it: small letters, spaces, O for 0, I and L for 1. Undefined where it cannot be one. */
function readCode(text: string): string | undefined {
  const clean = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return clean.length === LENGTH && [...clean].every((letter) => LETTERS.includes(letter)) ? clean : undefined
}

const hashOf = (system: System, code: string): Buffer =>
  Buffer.from(system.hmac(`tip:${code.replaceAll('-', '')}`), 'hex')

type Said = { text: string; contact?: string }
const isSaid = (said: unknown): said is Said => typeof said === 'object' && said !== null && 'text' in said

function openSaid(system: System, { tip, num, sealed }: TipRow): Said {
  if (!sealed) return { text: '' }
  const said: unknown = JSON.parse(system.cipher.open(sealed, tipBound(tip, num)))
  if (!isSaid(said)) throw new Error('not the text of a tip')
  return said
}

const seal = (system: System, tip: number, num: number, said: Said): Buffer =>
  system.cipher.seal(JSON.stringify(said), tipBound(tip, num))

/** Where what names no unit goes: the unit that runs the instance. */
const leadUnit = (system: System): string | undefined => operatorOf(system.reference.pack)

/** Whom one may write to: the units where somebody is there to answer. */
export async function tipUnits(system: System, scope: Scope = EVERYWHERE): Promise<{ id: string; name: Text }[]> {
  const staffed = new Set(await unitsWithClerks(system.pool))
  return system.reference.pack.units.flatMap(({ id, name }) =>
    isIn(scope, id) && staffed.has(system.reference.unitNum.get(id) ?? 0) ? [{ id, name }] : [],
  )
}

/**
 * Takes in a tip, a complaint, a question or a suggestion (R42). Its text is sealed; its sender may stay anonymous and
 * follows it by the code. It names no subject and can never become a record by itself: somebody has to find out first.
 */
export async function sendTip(
  system: System,
  of: { kind: TipKind; unit?: string | undefined; text: string; contact?: string | undefined },
): Promise<{ code: string; at: string; unit: Text } | Refusal> {
  const unit = of.unit ?? leadUnit(system)
  const to = unit === undefined ? undefined : system.reference.unitNum.get(unit)
  if (to === undefined || (of.unit !== undefined && !(await tipUnits(system)).some(({ id }) => id === unit)))
    return refuse('unknown-unit', { field: 'unit' })
  const code = makeCode()
  const contact = of.contact?.trim()
  const num = await nextTip(system.pool)
  const sealed = seal(system, num, 1, { text: of.text.trim(), ...(contact ? { contact } : {}) })
  const at = await fileTip(system.pool, { num, codeHash: hashOf(system, code), kind: of.kind, unit: to, sealed })
  return { code, at, unit: nameOfUnit(system, to).name }
}

const kindOf = (kind: string): TipKind => (isTipKind(kind) ? kind : 'tip')

/** Where a tip stands, for who has its code: what they wrote, who has it, what was answered. */
export async function followTip(system: System, text: string) {
  const code = readCode(text)
  const rows = code === undefined ? [] : await findTip(system.pool, hashOf(system, code))
  const [first] = rows
  if (!first) return refuse('not-found', { field: 'code' })
  return { kind: kindOf(first.kind), filedAt: first.at, steps: rows.map((row) => viewStep(system, row)) }
}

const viewStep = (system: System, row: TipRow) => ({
  kind: row.step,
  at: row.at,
  unit: nameOfUnit(system, row.unit).name,
  text: row.sealed ? openSaid(system, row).text : undefined,
})

/** What lies with a unit: open ones first. */
export async function listTips(system: System, actor: number) {
  return (await readTipQueue(system.pool, actor)).map(({ tip, kind, at, since, state }) => ({
    num: tip,
    kind: kindOf(kind),
    at,
    since,
    answered: state === 'answer',
  }))
}

/** The unit that has it reads a tip; the reading is in the log. Another unit's is not found. */
export async function openTip(system: System, of: { actor: number; num: number }) {
  const rows = await withTransaction(system.pool, (client) => readTip(client, of.actor, of.num))
  const [first] = rows
  if (!first) return refuse('not-found', { field: 'num' })
  const { text, contact = '' } = openSaid(system, first)
  return { num: of.num, kind: kindOf(first.kind), text, contact, steps: rows.map((row) => viewStep(system, row)) }
}

/** Passes a tip on to another unit, with a word to it, or answers it: whoever has the code reads the answer. */
export async function actOnTip(
  system: System,
  of: { actor: number; num: number; kind: 'route' | 'answer'; step: number; unit?: string | undefined; text: string },
): Promise<{ num: number; kind: string } | Refusal> {
  const to = of.unit === undefined ? undefined : system.reference.unitNum.get(of.unit)
  if (of.kind === 'route' && (to === undefined || !(await tipUnits(system)).some(({ id }) => id === of.unit)))
    return refuse('unknown-unit', { field: 'unit' })
  const sealed = seal(system, of.num, of.step, { text: of.text.trim() })
  switch (await stepTip(system.pool, { ...of, unit: to ?? null, sealed })) {
    case 0:
      return { num: of.num, kind: of.kind }
    case 8:
      return refuse('step-not-possible')
    case 9:
      return refuse('step-taken-first')
    default:
      return refuse('not-found', { field: 'num' })
  }
}
