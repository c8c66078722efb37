import { UNVERIFIED } from './pack-words.ts'
import { inForce, unitMatches } from './catalog.ts'
import { identifierKindOf, isAdult } from './identity/identifier.ts'
import type { Item, Pack, Unit } from './pack.ts'
import type { List } from './pack-process.ts'
import { addPeriod } from './period.ts'
import { refuse, type Refusal, type Text } from './refusal.ts'

/** Lists (R34, R35, R41, G6): who may be proposed for what by whom, and what the record of an entry says. */

type Criterion = List['criteria'][number]
type Lists = Pick<Pack, 'lists'>
export type Subject = 'person' | 'organisation'

/** The list of an id in force on a day; the lowest layer's. */
export const listAt = (pack: Lists, id: string, day: string): List | undefined =>
  pack.lists.findLast((list) => list.id === id && inForce(list, day))

/** Are records of this item entries of a list determined here? Then only a determination makes one (G6). */
export const isEntryItem = (pack: Lists, item: string): boolean =>
  pack.lists.some((list) => list.item === item && list.origin === 'determined')

/** Red lists and exemplars go the way of the good record; every other list is held against somebody. */
export const machineOf = ({ kind }: Pick<List, 'kind'>): 'listing' | 'exemplar' =>
  kind === 'red' || kind === 'exemplar' ? 'exemplar' : 'listing'

const sameArticle = (a: List['basis'], b: List['basis']): boolean =>
  a.some((one) => b.some(({ document, article }) => document === one.document && article === one.article))

/** The offices that the article of a criterion names, of organisations on other lists (R41): such a person only beside one. */
export const officesOf = (pack: Lists, criterion: Pick<Criterion, 'basis'>, day: string): Text[] =>
  pack.lists
    .filter((list) => inForce(list, day))
    .flatMap(({ officers = [] }) => officers.filter(({ basis }) => sameArticle(basis, criterion.basis)))
    .map(({ office }) => office)

/**
 * May this be proposed? The list is determined here, by this unit, for such a subject, in force, and the criterion is its
 * own. Nobody under age is (G2). Whoever answers for an organisation is proposed beside its entry, and nobody beside an
 * entry whose law names no office-holder (R41).
 */
export function decideProposal(
  pack: Pack,
  of: {
    list: string
    criterion: string
    unit: Unit
    subject: Subject
    birth?: string | undefined
    beside: boolean
    day: string
  },
): { list: List; criterion: Criterion } | Refusal {
  const list = listAt(pack, of.list, of.day)
  const criterion = list?.criteria.find(({ id }) => id === of.criterion)
  if (
    !list ||
    !criterion ||
    list.origin !== 'determined' ||
    !list.subjects.includes(of.subject) ||
    !list.units.some((pattern) => unitMatches(pattern, of.unit))
  )
    return refuse('list-not-here', { field: criterion ? 'list' : 'criterion', rule: of.list })
  if (of.birth !== undefined && !isAdult(of.birth, of.day)) return refuse('minor', { field: 'number' })
  const named =
    of.subject === 'person' && machineOf(list) === 'listing' && officesOf(pack, criterion, of.day).length > 0
  return named === of.beside ? { list, criterion } : refuse('officer-not-named', { field: 'of', rule: of.list })
}

/** Words as they are compared: what writing leaves open (spaces, width, case, punctuation) does not make them others. */
export const comparable = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')

/** An entry that was refuted, as it is quoted: its number, the case of the decision and its day. */
export type RefutedEntry = { entry: string; decision: bigint; day: string }

/** What was refuted does not come back (B5): the refusal quotes the earlier decision, and nothing of the person. */
export function decideRepeated(found: RefutedEntry | undefined): Refusal | undefined {
  if (!found) return undefined
  const { message, ...refusal } = refuse('refuted-before', { field: 'facts' })
  const { entry, decision, day } = found
  return {
    ...refusal,
    message: {
      zh: `${message.zh}：条目${entry}，${day}第${decision}号案决定`,
      en: `${message.en}: entry ${entry}, case ${decision}, ${day}`,
    },
  }
}

/** A legal basis in words: documents with their articles. */
export const citationOf = (basis: List['basis'], language: keyof Text = 'zh'): string =>
  basis
    .map(
      ({ document, article = '', unverified }) =>
        `《${document.replace(/^《|》$/g, '')}》${article}${unverified ? UNVERIFIED[language] : ''}`,
    )
    .join('；')

/** What the person is told of their rights with the written notice, made from the rule. */
export const rightsOf = ({ hearing }: Pick<List, 'hearing'>): Text =>
  hearing
    ? {
        zh: '您有权陈述、申辩，提交证据，并可以要求听证；认定须由他人在期限届满后作出，并告知救济途径。',
        en: 'You may state your case, bring evidence and ask for a hearing; somebody else decides, after the time is over, and says how to contest it.',
      }
    : {
        zh: '您有权陈述、申辩，提交证据；认定须由他人在期限届满后作出，并告知救济途径。',
        en: 'You may state your case and bring evidence; somebody else decides, after the time is over, and says how to contest it.',
      }

/** First day on which an entry is no longer in force by itself. */
export const entryEnd = (list: List, day: string, renewed: boolean): string | undefined => {
  const term = renewed ? list.renew : list.term
  return term === undefined ? undefined : addPeriod(day, term)
}

/** The field of an entry that says of which list it is; and those that no role names. */
export const LIST_FIELD = 'MDBH'
const OWN_FIELDS: Readonly<Record<string, (of: EntryFacts) => string>> = {
  [LIST_FIELD]: ({ list }) => list.id,
  TMBH: ({ entry }) => entry,
  RDQX: ({ criterion }) => criterion.text.zh,
  CD: ({ criterion }) => criterion.grade?.zh ?? '',
  RDYJ: ({ list, criterion }) => citationOf(criterion.basis.length > 0 ? criterion.basis : list.basis),
  SS: ({ facts }) => facts,
}

export type EntryFacts = {
  list: List
  criterion: Criterion
  entry: string
  facts: string
  document: string
  unit: Unit
  decided: string
  until: string
  who: { kind: string; number: string; name: string }
}

/** The row that an entry is taken in as, by the ordinary intake; the words of a document, as a department writes them. */
export function entryValues(pack: Pack, item: Item, of: EntryFacts): Record<string, string> {
  const codes = item.fields.find(({ role }) => role === 'subject-number-kind')?.codes
  const words = pack.codes.find(({ id }) => id === codes)?.values.flatMap(({ code, name }) => [code, name.zh]) ?? []
  const byRole: Readonly<Record<string, string>> = {
    'subject-name': of.who.name,
    'subject-number': of.who.number,
    'subject-number-kind': words.find((word) => identifierKindOf(word) === of.who.kind) ?? '',
    'document-name': '认定决定书',
    'document-number': of.document,
    authority: of.unit.name.zh,
    'authority-code': of.unit.code ?? '',
    'decision-date': of.decided,
    'display-until': Temporal.PlainDate.from(of.until).subtract({ days: 1 }).toString(),
  }
  return Object.fromEntries(
    item.fields.map(({ id, role, length = 4000 }) => [
      id,
      (OWN_FIELDS[id]?.(of) ?? byRole[role ?? ''] ?? '').slice(0, length),
    ]),
  )
}
