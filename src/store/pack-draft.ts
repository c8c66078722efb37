import type { Pack } from '#domain/pack.ts'
import type { Text } from '#domain/refusal.ts'
import type { Queryable } from './db.ts'

/** The texts of a layer's files, by name. */
export type Texts = Readonly<Record<string, string>>

export type DraftKind = 'save' | 'submit' | 'approve' | 'return' | 'withdraw'
/** One step of a draft; `files` is left out where only the steps are asked for. */
export type DraftStepRow = {
  draft: number
  step: number
  kind: DraftKind
  actor: number
  author: number
  at: string
  day: string
  digest: string | null
  effective: string | null
  base: number | null
  pack: number | null
  note: string
  layer: string
  title: string
  display: Text
}

/** Every step of every draft, or of one, oldest first. */
export async function readDraftSteps(db: Queryable, draft?: number): Promise<DraftStepRow[]> {
  const { rows } = await db.query<DraftStepRow>(
    `select s.draft, s.step, s.kind, s.actor, s.author, s.at, s.day::text, encode(s.digest, 'hex') as digest,
       s.effective::text, s.base, s.pack, s.note, d.layer, d.title, a.display
     from xinheng.pack_draft_step s join xinheng.pack_draft d on d.num = s.draft join xinheng.account a on a.num = s.actor
     where $1::integer is null or s.draft = $1::integer order by s.draft, s.step`,
    [draft ?? null],
  )
  return rows
}

/** The files of a draft as last saved. */
export async function readDraftFiles(db: Queryable, draft: number): Promise<Texts | undefined> {
  const { rows } = await db.query<{ files: Texts }>(
    `select files from xinheng.pack_draft_step where draft = $1::integer and kind = 'save' order by step desc limit 1`,
    [draft],
  )
  return rows[0]?.files
}

/** The layers that were approved at the desk and are in force by an instant; 'all' takes those of a later day too. */
export async function readApprovedLayers(db: Queryable, by: string): Promise<Map<string, Texts>> {
  const { rows } = await db.query<{ layer: string; files: Texts }>(
    'select layer, files from xinheng.approved_layers($1::timestamptz)',
    [by === 'all' ? 'infinity' : by],
  )
  return new Map(rows.map(({ layer, files }) => [layer, files]))
}

export type ApprovedFrom = { layer: string; draft: number; title: string; folder: Buffer | null; files: Texts | null }

/** The layers in force as approved at the desk by an instant, and the program's text that each was begun from. */
export async function readApprovedFrom(db: Queryable, by: string): Promise<ApprovedFrom[]> {
  const { rows } = await db.query<ApprovedFrom>(
    'select layer, draft, title, folder, files from xinheng.approved_from($1::timestamptz) order by layer',
    [by],
  )
  return rows
}

/** A load: which pack, from when, by which draft; `at` where it is in force from the load on. */
export type LoadRow = {
  num: number
  pack: number
  id: string
  version: string
  digest: string
  from: string
  draft: number | null
}

export async function readLoads(db: Queryable): Promise<LoadRow[]> {
  const { rows } = await db.query<LoadRow>(
    `select l.num, l.pack, p.id, p.version, encode(p.digest, 'hex') as digest, coalesce(l.effective, l.at) as "from", l.draft
     from xinheng.pack_load l join xinheng.pack p on p.num = l.pack order by 6, l.num`,
  )
  return rows
}

/** The load that takes effect last, and its pack: what a submission is made after. */
export async function readLastLoad(db: Queryable): Promise<{ num: number; pack: Pack; digest: string }> {
  const { rows } = await db.query<{ num: number; pack: Pack; digest: string }>(
    `select l.num, p.content as pack, encode(p.digest, 'hex') as digest
     from xinheng.last_load() l join xinheng.pack p on p.num = l.pack`,
  )
  const [last] = rows
  if (!last) throw new Error('no pack was ever loaded')
  return last
}

export async function readPack(db: Queryable, num: number): Promise<Pack | undefined> {
  const { rows } = await db.query<{ content: Pack }>('select content from xinheng.pack where num = $1::smallint', [num])
  return rows[0]?.content
}

/** Opens a draft with the files it begins with; null where the actor may not. */
export async function openDraftRow(
  db: Queryable,
  of: { actor: number; layer: string; title: string; files: Texts; folder: Buffer | undefined },
): Promise<number | null> {
  const { rows } = await db.query<{ num: number | null }>(
    'select xinheng.open_pack_draft($1::integer, $2::text, $3::text, $4::jsonb, $5::bytea) as num',
    [of.actor, of.layer, of.title, JSON.stringify(of.files), of.folder ?? null],
  )
  return rows[0]?.num ?? null
}

export type DraftOutcome = '' | 'not-allowed' | 'own' | 'not-possible' | 'base-moved' | 'too-early'

/** Takes one step of a draft; '' where it was taken, else why not. */
export async function stepDraftRow(
  db: Queryable,
  of: {
    actor: number
    draft: number
    step: number
    kind: DraftKind
    note?: string | undefined
    files?: Texts
    submission?: {
      base: number
      effective: string
      id: string
      version: string
      content: string
      reference: string
    }
  },
): Promise<DraftOutcome> {
  const { submission: sent } = of
  const { rows } = await db.query<{ outcome: DraftOutcome }>(
    `select xinheng.step_pack_draft($1::integer, $2::integer, $3::integer, $4::text, $5::text, $6::jsonb, $7::integer, $8::date,
       $9::text, $10::text, $11::jsonb, $12::jsonb) as outcome`,
    [
      of.actor,
      of.draft,
      of.step,
      of.kind,
      of.note ?? null,
      of.files === undefined ? null : JSON.stringify(of.files),
      sent?.base ?? null,
      sent?.effective ?? null,
      sent?.id ?? null,
      sent?.version ?? null,
      sent?.content ?? null,
      sent?.reference ?? null,
    ],
  )
  return rows[0]?.outcome ?? 'not-possible'
}
