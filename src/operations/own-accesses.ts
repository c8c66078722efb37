import { deriveGrants, isWithinLevel } from '#domain/catalog.ts'
import type { Text } from '#domain/refusal.ts'
import { accessesSelf, GROUNDS, refusalOf, withheldCount, type AccessRow } from '#store/archive.ts'
import { dayOf, nameOfPurpose, nameOfUnit, packAt, type System } from './system.ts'

const SELF = { zh: '本人', en: 'Myself' }
const REPRESENTATIVE: Text = { zh: '代您办理的人', en: 'Whoever stands for you' }
const OWN_READING = { id: '', name: { zh: '本人查阅', en: 'My own reading' } }
const AT_COUNTER = { id: '', name: { zh: '服务窗口，本人在场', en: 'At the counter, with me present' } }
const NOBODY = { zh: '', en: '' }

/**
 * What a look-up without a purpose of the pack was for, in words: the database keeps the area and a number. Matters of a
 * purpose, of an erasure and of a form signed at the counter are what somebody wrote, and stay as they wrote them.
 */
const INTERNAL: readonly [RegExp, (found: string) => Text][] = [
  [/^case (\d+)$/, (num) => ({ zh: `案件${num}`, en: `Case ${num}` })],
  [/^letter (\d+)$/, (num) => ({ zh: `给您的信件${num}`, en: `Letter ${num} to you` })],
  [/^campaign (\d+)$/, (num) => ({ zh: `专项治理${num}`, en: `Campaign ${num}` })],
  [
    /^refuted (\S+)$/,
    (entry) => ({ zh: `核对此前被推翻的名单条目${entry}`, en: `Compared with list entry ${entry}, which was refuted` }),
  ],
  [/^dry run of a rule$/, () => ({ zh: '规则试算', en: 'Dry run of a rule' })],
  [/^case$/, () => ({ zh: '案件', en: 'Cases' })],
  [/^notices$/, () => ({ zh: '通知', en: 'Notices' })],
  [/^contacts$/, () => ({ zh: '联系方式', en: 'Contact details' })],
  [/^consents$/, () => ({ zh: '授权', en: 'Consents' })],
  [/^recall$/, () => ({ zh: '谁收到过、谁已停止使用', en: 'Who was given it, and who has stopped using it' })],
  [/^measure$/, () => ({ zh: '措施', en: 'Measures' })],
]
/** The words of an internal matter; undefined: what stands there was written by somebody. */
export function nameMatter({
  purpose,
  ground,
  matter,
}: Pick<AccessRow, 'purpose' | 'ground' | 'matter'>): Text | undefined {
  if (purpose !== 0 || (ground !== 1 && ground !== 3)) return undefined
  for (const [pattern, words] of INTERNAL) {
    const found = pattern.exec(matter)
    if (found) return words(found[1] ?? '')
  }
  return undefined
}

/** Item numbers as the access row keeps them: two bytes each. */
function itemsIn(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16BE(at * 2))
}

/** One look-up as the person sees it (G4, B1). */
export type AccessSeen = {
  access: string
  at: string
  unit: Named
  actor: Text
  purpose: Named
  ground: Exclude<(typeof GROUNDS)[number], ''>
  matter: string
  /** the matter in words, where the database names it by itself */
  about?: Text
  outcome: 'answered' | 'refused'
  reason: Text | undefined
  shown: number
  items: { item: string; name: Text; fields: Text[] }[]
}
type Named = { id: string; name: Text }

async function shape(system: System, row: AccessRow): Promise<AccessSeen> {
  const own = row.ground === 3
  const about = nameMatter(row)
  const unit = nameOfUnit(system, row.unit)
  const purpose = nameOfPurpose(system, row.purpose)
  const pack = await packAt(system, Temporal.Instant.from(row.at))
  const reader = pack.units.find(({ id }) => id === unit.id)
  const granted = reader ? deriveGrants(pack, purpose.id, reader, dayOf(row.at)) : []
  // reads without a purpose: of a case or a letter, the whole record; of a campaign, open and internal fields
  const inner = row.ground === 1 && row.purpose === 0
  const level = inner && row.matter.startsWith('campaign ') ? 'internal' : undefined
  const all = inner || row.ground === 3 || row.ground === 4 || row.ground === 5 || row.ground === 7
  return {
    access: String(row.num),
    at: row.at,
    unit: own ? { id: '', name: row.self ? SELF : row.actor ? REPRESENTATIVE : NOBODY } : unit,
    actor: own && row.self ? SELF : (row.actor ?? NOBODY),
    purpose: own ? OWN_READING : row.ground === 7 ? AT_COUNTER : purpose,
    ground: GROUNDS[row.ground] || 'statutory',
    matter: row.matter,
    ...(about ? { about } : {}),
    outcome: row.outcome === 0 ? 'answered' : 'refused',
    reason: refusalOf(row.outcome)?.message,
    shown: row.shown,
    items: itemsIn(row.items).map((num) => {
      const id = system.reference.itemOf.get(num)?.id ?? ''
      const item = pack.items.findLast((one) => one.id === id)
      const whole = item?.fields.filter(({ sensitivity }) => !level || isWithinLevel(sensitivity, level))
      const fields = all ? whole?.map((field) => field.id) : granted.find((one) => one.item === id)?.fields
      return {
        item: id,
        name: item?.name ?? { zh: id, en: id },
        fields: (item?.fields ?? []).filter((field) => fields?.includes(field.id)).map((field) => field.name),
      }
    }),
  }
}

/** Who looked at the person, newest first: who, when, why, which fields, refused ones too (G4, B1). */
export async function listOwnAccesses(
  system: System,
  of: { actor: number; before?: string; limit: number },
): Promise<{ accesses: AccessSeen[]; more: boolean }> {
  const rows = await accessesSelf(
    system.lanes,
    of.actor,
    of.before === undefined ? null : BigInt(of.before),
    of.limit + 1,
  )
  const accesses: AccessSeen[] = []
  for (const row of rows.slice(0, of.limit)) accesses.push(await shape(system, row))
  return { accesses, more: rows.length > of.limit }
}

/** How many look-ups are withheld from the persons for a time, by statute: a public count (G4). */
export async function countWithheld(system: System) {
  return (await withheldCount(system.lanes)).map(({ ground, count }) => ({ ground, count: Number(count) }))
}
