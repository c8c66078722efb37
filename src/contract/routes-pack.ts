import { Type } from 'typebox'
import { closed, Id, type Route } from './route.ts'
import { REVIEW_ROUTES } from './routes-review.ts'
import { Day, Instant, Words } from './shapes.ts'

const Num = Type.Integer({ minimum: 1 })
const DraftId = Type.Object({ draft: Num }, closed)
const State = Type.Enum(['save', 'submit', 'approve', 'return', 'withdraw'])

const Differences = Type.Object({
  differences: Type.Array(
    Type.Object({
      section: Type.String(),
      sectionName: Words,
      id: Type.String(),
      name: Words,
      change: Type.Enum(['added', 'removed', 'changed']),
      changes: Type.Array(Words),
      whom: Words,
    }),
  ),
})

const DraftShape = Type.Object({
  draft: Num,
  layer: Type.String(),
  title: Type.String(),
  author: Words,
  mine: Type.Boolean(),
  state: State,
  step: Num,
  at: Instant,
  effective: Type.Optional(Day),
  digest: Type.Optional(Type.String()),
})

const DraftWhole = Type.Object({
  ...DraftShape.properties,
  files: Type.Array(Type.Object({ name: Type.String(), text: Type.String() })),
  problems: Type.Array(
    Type.Object({
      code: Type.String(),
      file: Type.String(),
      line: Type.Integer(),
      column: Type.Optional(Type.Integer()),
      message: Words,
      remedy: Words,
    }),
  ),
  steps: Type.Array(
    Type.Object({
      kind: State,
      step: Num,
      at: Instant,
      by: Words,
      note: Type.String(),
      effective: Type.Optional(Day),
      digest: Type.Optional(Type.String()),
    }),
  ),
})

/** The law as data: which pack judges, what it said before, and drafts of the next one. */
export const PACK_ROUTES = {
  packs: {
    method: 'GET',
    url: '/api/v1/desk/packs',
    summary: { zh: '现行政策包及各版本', en: 'The pack in force, its layers and every version' },
    roles: ['admin', 'auditor', 'reviewer', 'clerk'],
    reply: Type.Object({
      pack: Type.Object({ id: Type.String(), name: Words, version: Type.String() }),
      layers: Type.Array(Type.Object({ id: Type.String(), name: Words, version: Type.String() })),
      versions: Type.Array(
        Type.Object({
          load: Num,
          id: Type.String(),
          version: Type.String(),
          digest: Type.String(),
          from: Instant,
          draft: Type.Optional(Num),
          state: Type.Enum(['past', 'in-force', 'coming']),
        }),
      ),
      documents: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Words,
          paragraphs: Type.Integer(),
          covered: Type.Integer(),
          complete: Type.Boolean(),
          superseded: Type.Array(Words),
        }),
      ),
      unverified: Type.Array(Type.Object({ section: Words, id: Type.String(), name: Words, basis: Type.Array(Words) })),
      passedOver: Type.Array(Type.Object({ layer: Type.String(), draft: Num, title: Type.String() }), {
        description: 'layers edited here that an update of the program changed since: what it brought is not in force',
      }),
      drafts: Type.Array(DraftShape),
    }),
  },
  packDiff: {
    method: 'GET',
    url: '/api/v1/desk/packs/diff',
    summary: { zh: '两个版本的差别：对谁改变了什么', en: 'What two versions have differently, and for whom' },
    roles: ['admin', 'auditor', 'reviewer', 'clerk'],
    query: Type.Object({ from: Num, until: Num }, closed),
    reply: Differences,
  },
  openDraft: {
    method: 'POST',
    url: '/api/v1/desk/pack-drafts',
    summary: { zh: '起草政策包的一层', en: 'Begin a draft of one layer of the pack' },
    roles: ['admin'],
    body: Type.Object({ layer: Id, title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) }, closed),
    reply: Type.Object({ draft: Num }),
  },
  draft: {
    method: 'GET',
    url: '/api/v1/desk/pack-drafts/:draft',
    summary: { zh: '草案：文件、检查结果和每一步', en: 'A draft: its files, what the check says, every step' },
    roles: ['admin', 'auditor'],
    params: DraftId,
    reply: DraftWhole,
  },
  saveDraft: {
    method: 'POST',
    url: '/api/v1/desk/pack-drafts/:draft/files',
    summary: { zh: '保存草案的一个文件', en: 'Save one file of a draft' },
    roles: ['admin'],
    params: DraftId,
    body: Type.Object(
      {
        step: Num,
        name: Type.String({ minLength: 1, maxLength: 80 }),
        text: Type.Union([Type.String({ maxLength: 80_000 }), Type.Null()], { description: 'null takes the file out' }),
      },
      closed,
    ),
    reply: DraftWhole,
  },
  draftDiff: {
    method: 'GET',
    url: '/api/v1/desk/pack-drafts/:draft/diff',
    summary: { zh: '草案改变什么、影响谁', en: 'What a draft changes, and for whom' },
    roles: ['admin', 'auditor'],
    params: DraftId,
    reply: Differences,
  },
  draftDryRun: {
    method: 'POST',
    url: '/api/v1/desk/pack-drafts/:draft/dry-run',
    summary: { zh: '草案试算：只有数字', en: 'Dry run of a draft: numbers only' },
    roles: ['admin', 'auditor'],
    params: DraftId,
    reply: REVIEW_ROUTES.simulate.reply,
  },
  stepDraft: {
    method: 'POST',
    url: '/api/v1/desk/pack-drafts/:draft/steps',
    summary: { zh: '提交、审批、退回或撤回草案', en: 'Submit, approve, return or withdraw a draft' },
    roles: ['admin'],
    params: DraftId,
    body: Type.Object(
      {
        kind: Type.Enum(['submit', 'approve', 'return', 'withdraw']),
        step: Num,
        effective: Type.Optional(Day),
        note: Type.Optional(Type.String({ maxLength: 1000 })),
      },
      closed,
    ),
    reply: DraftWhole,
  },
} as const satisfies Record<string, Route>
