import type pg from 'pg'
import { isDrawable } from '#domain/campaign.ts'
import { deriveGrants } from '#domain/catalog.ts'
import { isAdult, parseIdentifier } from '#domain/identity/identifier.ts'
import { codesOfOthers, isOwnOrgan } from '#domain/judge.ts'
import type { Pack } from '#domain/pack.ts'
import { JOINER } from '#domain/record-layout.ts'
import { isRefusal } from '#domain/refusal.ts'
import { KIND_NUMBERS, makeMac, uuidOf } from '#store/cipher.ts'
import { withTransaction, type Queryable } from '#store/db.ts'
import type { Keys } from '#store/keys.ts'
import { readRecords, readSubmissionSums, type RecordRow } from '#store/ledger-records.ts'
import { readReference } from '#store/reference.ts'
import { countByKey } from '#store/rotation.ts'
import { readDrawn, readLooks, readPackTimes, runQuery } from '#store/verify.ts'
import { findPlan, openBooks, readContent, type Books } from './ledger-records.ts'
import { CHECKS, type Check } from './verify-checks.ts'
import { findItems, findPurposes, findSteps, findUnits, findVisible } from './verify-reference.ts'

/** What one check found: names of rows, at most `limit`; `more` where there are others. */
export type Verdict = { check: Check; findings: string[]; more: boolean; seconds: number }

/** What it is asked with; the connection is the owner's, because it reads everything. */
export type VerifyOptions = {
  keys: Keys
  /** civil date of today: what may be seen is derived for it */
  today: string
  /** ids of checks; all without */
  only?: readonly string[]
  limit?: number
  onVerdict?: (verdict: Verdict) => void
  onProgress?: (records: number) => void
}

type Swept = 'document' | 'organ' | 'minor' | 'identifier' | 'subjectName' | 'readable'

/**
 * Asks the database everything that the guarantees say must never be (G1–G5, G11, G12), as of one instant and without
 * changing anything. Rows are named by subject key, natural key or number: no finding holds personal data.
 * Records are streamed, so that memory does not grow with them.
 */
export function verify({ pool, ...options }: VerifyOptions & { pool: pg.Pool }): Promise<Verdict[]> {
  return withTransaction(pool, async (db) => {
    await db.query('set transaction isolation level repeatable read, read only')
    return verifyWithin(db, options)
  })
}

/** The same within a transaction of the caller's. */
export async function verifyWithin(db: Queryable, options: VerifyOptions): Promise<Verdict[]> {
  const { only, limit = 20, onVerdict } = options
  await db.query(`set local work_mem = '128MB'; set local jit = off`)
  const own = new Map<string, string[]>()
  const verdicts: Verdict[] = []
  for (const check of CHECKS) {
    if (only !== undefined && !only.includes(check.id)) continue
    const start = performance.now()
    if (check.query === undefined && !own.has(check.id)) {
      for (const [id, found] of await findOwn(db, check.id, options, limit + 1)) own.set(id, found)
    }
    const found = check.query === undefined ? (own.get(check.id) ?? []) : await runQuery(db, check.query, limit + 1)
    const verdict = {
      check,
      findings: found.slice(0, limit),
      more: found.length > limit,
      seconds: (performance.now() - start) / 1000,
    }
    verdicts.push(verdict)
    onVerdict?.(verdict)
  }
  return verdicts
}

/** One of the program's own checks; those that read every record are answered together. */
async function findOwn(
  db: Queryable,
  id: string,
  options: VerifyOptions,
  limit: number,
): Promise<[string, string[]][]> {
  switch (id) {
    case 'visible':
      return [[id, (await findVisible(db, options.today)).slice(0, limit)]]
    case 'items':
      return [[id, (await findItems(db)).slice(0, limit)]]
    case 'units':
      return [[id, (await findUnits(db)).slice(0, limit)]]
    case 'purposes':
      return [[id, (await findPurposes(db)).slice(0, limit)]]
    case 'steps':
      return [[id, (await findSteps(db)).slice(0, limit)]]
    case 'lookUpVisible':
      return [[id, (await findLooks(db)).slice(0, limit)]]
    case 'campaignTraders':
      return [[id, (await findTraders(db, options)).slice(0, limit)]]
    case 'keys': {
      const held = options.keys.encryption.keys
      const lost = (await countByKey(db)).filter(({ key }) => !held.has(key))
      return [[id, lost.map(({ table, key, count }) => `${table}: ${count}, key ${key}`)]]
    }
    default:
      return sweep(db, options, limit)
  }
}

/** Organisations in a campaign that are a natural person who trades: only their number says so, and it is sealed. */
async function findTraders(db: Queryable, { keys }: VerifyOptions): Promise<string[]> {
  const { cipher, subjectKey } = await openBooks(db, keys)
  return (await readDrawn(db)).flatMap(({ campaign, subject, sealed }) => {
    const [number = ''] = cipher.open(sealed, Buffer.from(subject.replaceAll('-', ''), 'hex')).split(JOINER)
    // a person under the kind of an organisation has the key of a person
    const own = uuidOf(subjectKey('organisation', number)) === subject
    return own && isDrawable({ kind: 'organisation', number }) ? [] : [`campaign ${campaign} subject ${subject}`]
  })
}

/** Every record once: who it is about, how old they were, whether it can be read, whether it has its document. */
async function sweep(
  db: Queryable,
  { keys, today, onProgress }: VerifyOptions,
  limit: number,
): Promise<[string, string[]][]> {
  const books = await openBooks(db, keys)
  const { pack: newest } = await readReference(db)
  const allowFictional = [...new Set([...books.packs.values(), newest].flatMap((pack) => pack.fictionalDivisions))]
  const mac = makeMac(keys.index)
  const nameMac = (name: string) => Buffer.from(mac(`name:${name}`), 'latin1').readBigInt64BE()
  const packOf = new Map((await readSubmissionSums(db)).map(({ num, pack }) => [num, pack]))
  const found: Record<Swept, string[]> = {
    document: [],
    organ: [],
    minor: [],
    identifier: [],
    subjectName: [],
    readable: [],
  }
  let last: { subject: string; birth: string | undefined } | undefined
  let count = 0
  for await (const rows of readRecords(db)) {
    for (const row of rows) {
      const note = (id: Swept) => {
        const list = found[id]
        if (list.length < limit) list.push(`record ${row.subject} ${row.nk}`)
      }
      if (last?.subject !== row.subject)
        last = { subject: row.subject, birth: birthOf(row, books, { today, allowFictional, nameMac }, note) }
      const facts = factsOf(row, packOf.get(row.submission) ?? -1, books, note)
      const earliest = facts.conduct !== '' && facts.conduct < row.decided ? facts.conduct : row.decided
      if (last.birth !== undefined && !isAdult(last.birth, earliest)) note('minor')
      if (facts.lacksDocument) note('document')
      if (facts.ofAnother) note('organ')
    }
    count += rows.length
    onProgress?.(count)
  }
  return Object.entries(found)
}

/** The date of birth that the subject's number carries; on the way, whether their names are what intake compares. */
function birthOf(
  row: RecordRow,
  { cipher }: Books,
  context: { today: string; allowFictional: string[]; nameMac: (name: string) => bigint },
  note: (id: 'identifier' | 'subjectName' | 'readable') => void,
): string | undefined {
  const kind = KIND_NUMBERS[row.kind ?? -1]
  if (kind === undefined || row.identity === null) return undefined
  let number: string
  let name: string
  try {
    ;[number = '', name = ''] = cipher
      .open(row.identity, Buffer.from(row.subject.replaceAll('-', ''), 'hex'))
      .split(JOINER)
  } catch {
    note('readable')
    return undefined
  }
  if (row.nameMac !== context.nameMac(name) || (row.name !== null && row.name !== name)) note('subjectName')
  const identifier = parseIdentifier(kind, number, context)
  if (!isRefusal(identifier)) return identifier.birth
  note('identifier')
  return undefined
}

/** When it happened, where the record says so, whether an adverse record has its document, whether another unit decided. */
function factsOf(
  row: RecordRow,
  packNum: number,
  books: Books,
  note: (id: 'readable') => void,
): { conduct: string; lacksDocument: boolean; ofAnother: boolean } {
  const nothing = { conduct: '', lacksDocument: false, ofAnother: false }
  const plan = findPlan(row, packNum, books)
  // erased, or found by another check already
  if (!plan || row.body.length === 0) return nothing
  const fieldOf = (role: string) => plan.item.fields.find((field) => field.role === role)?.id
  const [conduct, document] = [fieldOf('conduct-date'), fieldOf('document-number')]
  const adverse = plan.item.nature === 'adverse'
  const organ = plan.item.fields.find((field) => isOwnOrgan(field, plan.item))?.id
  if (conduct === undefined && organ === undefined && !adverse) return nothing
  try {
    const unit = books.units.get(row.unit) ?? ''
    const { values } = readContent(row, plan, unit, books)
    return {
      conduct: (conduct === undefined ? undefined : values.get(conduct)) ?? '',
      lacksDocument: adverse && (document === undefined || (values.get(document) ?? '') === ''),
      ofAnother: organ !== undefined && othersOf(books, packNum, unit).has((values.get(organ) ?? '').toUpperCase()),
    }
  } catch {
    note('readable')
    return nothing
  }
}

const others = new WeakMap<Books, Map<string, Set<string>>>()
/** The codes of units other than this one, as the pack that judged has them. */
function othersOf(books: Books, packNum: number, unitId: string): Set<string> {
  const known = others.get(books) ?? new Map<string, Set<string>>()
  others.set(books, known)
  const key = `${packNum} ${unitId}`
  const pack = books.packs.get(packNum)
  const unit = pack?.units.find(({ id }) => id === unitId)
  const codes = known.get(key) ?? (pack && unit ? codesOfOthers(pack, unit) : new Set<string>())
  known.set(key, codes)
  return codes
}

/** Answered look-ups by staff: no item beyond what a pack in force that day granted their unit for that purpose. */
async function findLooks(db: Queryable): Promise<string[]> {
  const books = await readReference(db)
  const packs = await readPackTimes(db)
  const granted = new Map<string, Set<string>>()
  const findings: string[] = []
  for (const look of await readLooks(db)) {
    const purpose = books.purposeId.get(look.purpose) ?? ''
    const unitId = books.unitId.get(look.unit) ?? ''
    // a pack loaded during the day: before and after it, both count
    const inForce = packs.filter(({ from, until }) => from <= look.day && (until === undefined || look.day <= until))
    const name = [look.day, purpose, unitId].join(' ')
    let items = granted.get(name)
    if (!items)
      granted.set(name, (items = new Set(inForce.flatMap(({ pack }) => itemsGranted(pack, purpose, unitId, look.day)))))
    for (let at = 0; at + 1 < look.items.length; at += 2) {
      const id = books.itemOf.get(look.items.readInt16BE(at))?.id ?? ''
      if (!items.has(id)) findings.push(`look-up ${look.first}: ${id}, ${purpose}, ${unitId} (${look.count})`)
    }
  }
  return findings
}

function itemsGranted(pack: Pack, purpose: string, unitId: string, day: string): string[] {
  const unit = pack.units.find(({ id }) => id === unitId)
  return unit ? deriveGrants(pack, purpose, unit, day).map(({ item }) => item) : []
}
