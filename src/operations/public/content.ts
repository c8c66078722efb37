import { isOperator } from '#domain/jurisdiction.ts'
import { isContentKind, type ContentKind } from '#domain/public-kinds.ts'
import { findNames } from '#domain/text-names.ts'
import { refuse, type Refusal, type Text } from '#domain/refusal.ts'
import { readContents, readPublicContents, stepContent, writeContent, type PublicContentRow } from '#store/content.ts'
import type { System } from '../system.ts'

/** Identity numbers and mobile phone numbers: no text of the site has one, whoever wrote it. */
const IDENTITY = /(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)/

const defined = <value>(value: value | null): value | undefined => value ?? undefined

export type PublicContent = {
  num: number
  kind: ContentKind
  title: Text
  body: Text
  day?: string | undefined
  until?: string | undefined
  publishedAt: string
  person: boolean
}

const viewPublic = (row: PublicContentRow): PublicContent[] =>
  isContentKind(row.kind)
    ? [
        {
          num: row.content,
          kind: row.kind,
          title: row.title,
          body: row.body,
          day: defined(row.day),
          until: defined(row.until),
          publishedAt: row.published_at,
          person: row.person,
        },
      ]
    : []

/** The texts the public reads. */
export async function listPublicContents(system: System, kind?: ContentKind): Promise<PublicContent[]> {
  return (await readPublicContents(system.lanes, { kind })).flatMap(viewPublic)
}

export async function findPublicContent(system: System, num: number): Promise<PublicContent | undefined> {
  const [row] = await readPublicContents(system.lanes, { num })
  return row && viewPublic(row)[0]
}

type Editor = { actor: number; unit: string | undefined }
const leads = (system: System, { unit }: Editor): boolean => isOperator(system.reference.pack, unit)

const textOf = ({ title, body }: { title: Text; body: Text }) => [title.zh, title.en, body.zh, body.en].join('\n')

/** All texts, as those who edit and review them see them; for other units there are none. */
export async function listContents(system: System, editor: Editor) {
  const rows = await readContents(system.pool, editor.actor)
  return {
    editor: leads(system, editor),
    contents: rows.flatMap(({ kind, day, until, consent, published, ...row }) =>
      isContentKind(kind)
        ? [
            {
              ...row,
              // words of the text itself that read as somebody's name: for the reviewer to look at
              names: findNames(textOf(row)),
              kind,
              day: defined(day),
              until: defined(until),
              consent: defined(consent),
              published: defined(published),
            },
          ]
        : [],
    ),
  }
}

/** Writes a draft or the next version of a text (R44, R48, R49, R51). Only the lead unit; nothing is public by it. */
export async function writeText(
  system: System,
  editor: Editor,
  of: {
    num?: number | undefined
    kind: ContentKind
    title: Text
    body: Text
    day?: string | undefined
    until?: string | undefined
    consent?: string | undefined
  },
): Promise<{ num: number; version: number } | Refusal> {
  if (!leads(system, editor)) return refuse('lead-unit-only')
  if ([of.title, of.body].some(({ zh, en }) => IDENTITY.test(zh) || IDENTITY.test(en))) return refuse('text-identity')
  // a case is told without identities (R44); whoever is named elsewhere has agreed, which the reviewer confirms
  if (of.kind === 'case' && [of.title, of.body].some(({ zh, en }) => findNames(`${zh}\n${en}`).length > 0))
    return refuse('text-name', { field: 'body' })
  if (of.kind === 'campaign' && of.day === undefined) return refuse('text-day', { field: 'day' })
  if (of.kind === 'exemplar' && of.until === undefined) return refuse('text-day', { field: 'until' })
  if (of.day !== undefined && of.until !== undefined && of.day >= of.until)
    return refuse('text-day', { field: 'until' })
  if (of.kind === 'case' && of.consent !== undefined) return refuse('text-consent', { field: 'consent' })
  const { outcome, num, version } = await writeContent(system.pool, {
    ...of,
    actor: editor.actor,
    num: of.num ?? null,
    day: of.day ?? null,
    until: of.until ?? null,
    consent: of.consent ?? null,
  })
  if (outcome === 1) return refuse('lead-unit-only')
  return outcome === 0 ? { num, version } : refuse('not-found', { field: 'num' })
}

/** Submits, publishes, rejects or withdraws a text; whoever wrote a version does not decide on it. */
export async function stepText(
  system: System,
  editor: Editor,
  of: {
    num: number
    version: number
    kind: 'submit' | 'publish' | 'reject' | 'withdraw'
    reason?: string | undefined
    /** of what is published: nobody is named in it, or whoever is agreed in writing */
    checked?: 'anonymous' | 'agreed' | undefined
  },
): Promise<{ num: number; state: string } | Refusal> {
  if (!leads(system, editor)) return refuse('lead-unit-only')
  const reason = of.reason?.trim() ?? ''
  if ((of.kind === 'reject' || of.kind === 'withdraw') && reason === '')
    return refuse('reason-missing', { field: 'reason' })
  if (of.kind === 'publish' && of.checked === undefined) return refuse('text-unchecked', { field: 'checked' })
  const checked = of.checked ?? null
  switch (await stepContent(system.pool, { ...of, actor: editor.actor, reason, checked })) {
    case 0:
      return { num: of.num, state: of.kind }
    case 1:
      return refuse(of.kind === 'publish' || of.kind === 'reject' ? 'own-text' : 'lead-unit-only')
    case 6:
      return refuse('not-found', { field: 'num' })
    case 11:
      return refuse('text-unchecked', { field: 'checked' })
    default:
      return refuse('step-not-possible')
  }
}
