import { Type } from 'typebox'
import { EVIDENCE_ABOUT } from '#domain/evidence.ts'
import { closed, Id, type Route } from './route.ts'
import { CaseId, CaseKind, CaseReceipt, StepContentShape } from './routes-case.ts'
import { Archive, Day, Instant, Words } from './shapes.ts'

const Num = Type.String({ pattern: '^[1-9]\\d{0,17}$' })
export const PersonId = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'a person one stands for; means nothing outside',
})
const ByCase = Type.Object({ case: CaseId }, closed)
const ByEvidence = Type.Object({ case: CaseId, evidence: Num }, closed)
const Who = {
  number: Type.String({ minLength: 1, maxLength: 64 }),
  kind: Type.Optional(Type.String({ description: 'kind of identifier; citizen if not given' })),
}
const Named = Type.Object({ ...Who, name: Type.String({ minLength: 1, maxLength: 100 }) }, closed)

const About = Type.Enum([...EVIDENCE_ABOUT], { description: 'what it is there to show' })
const EvidenceShape = Type.Object({
  evidence: Num,
  at: Instant,
  by: Type.Enum(['person', 'unit']),
  about: About,
  type: Type.String(),
  size: Type.Integer({ description: 'bytes' }),
})
const Evidences = Type.Object({ evidence: Type.Array(EvidenceShape) })
const Bytes = Type.String({ format: 'binary' })
const Masked = Type.Object({ name: Type.String(), number: Type.String() }, { description: 'masked' })
const AuthorityShape = Type.Object({
  authority: Num,
  kind: Type.Enum(['agent', 'guardian']),
  from: Day,
  until: Type.String({ description: 'first day on which it does not hold any more' }),
  live: Type.Boolean(),
  unit: Type.Object({ id: Type.String(), name: Words }),
  document: Type.String({ description: 'what the counter saw' }),
  who: Masked,
  person: Type.Optional(PersonId),
})
const Ended = Type.Object({ ended: Type.Boolean(), at: Instant })

const put = {
  method: 'POST',
  summary: {
    zh: '提交证据材料（PDF、JPEG、PNG、纯文本，10 MB 以内）',
    en: 'Add evidence: PDF, JPEG, PNG or text, up to 10 MB',
  },
  params: ByCase,
  query: Type.Object({ about: Type.Optional(About) }, closed),
  rawBody: true,
  reply: Type.Omit(EvidenceShape, ['by']),
} as const
const list = {
  method: 'GET',
  summary: { zh: '案件的证据材料', en: 'Evidence of a case' },
  params: ByCase,
  reply: Evidences,
} as const
const get = {
  method: 'GET',
  summary: { zh: '下载证据材料', en: 'One file of evidence' },
  params: ByEvidence,
  reply: Bytes,
  bytesReply: true,
} as const

/** What objections need beside the cases: evidence, who stands for whom, and cases that a unit begins. */
export const OBJECTION_ROUTES = {
  putMyEvidence: { ...put, url: '/api/v1/me/cases/:case/evidence', roles: ['person'] },
  myEvidence: { ...list, url: '/api/v1/me/cases/:case/evidence', roles: ['person'] },
  myEvidenceFile: { ...get, url: '/api/v1/me/cases/:case/evidence/:evidence', roles: ['person'] },
  putEvidence: { ...put, url: '/api/v1/desk/cases/:case/evidence', roles: ['clerk', 'reviewer'] },
  caseEvidence: { ...list, url: '/api/v1/desk/cases/:case/evidence', roles: ['clerk', 'reviewer'] },
  caseEvidenceFile: { ...get, url: '/api/v1/desk/cases/:case/evidence/:evidence', roles: ['clerk', 'reviewer'] },
  startCase: {
    method: 'POST',
    url: '/api/v1/desk/cases',
    summary: { zh: '单位立案', en: 'A unit begins a case about somebody' },
    roles: ['clerk', 'reviewer'],
    body: Type.Object(
      {
        machine: Id,
        kind: CaseKind,
        number: Who.number,
        idKind: Who.kind,
        record: Type.Optional(
          Type.Object({ item: Id, naturalKey: Type.Array(Type.String(), { minItems: 1, maxItems: 20 }) }, closed),
        ),
        target: Type.Optional(CaseId),
        content: StepContentShape,
      },
      closed,
    ),
    reply: CaseReceipt,
  },
  recordCapacity: {
    method: 'POST',
    url: '/api/v1/desk/capacity',
    summary: {
      zh: '法院登记：认定不具有完全民事行为能力',
      en: 'A court records its finding that somebody has no full civil capacity',
    },
    roles: ['court'],
    body: Type.Object({ ...Who, content: StepContentShape }, closed),
    reply: CaseReceipt,
  },
  recordAuthority: {
    method: 'POST',
    url: '/api/v1/desk/authorities',
    summary: { zh: '登记代理人、监护人', en: 'Record who stands for a person' },
    roles: ['counter'],
    body: Type.Object(
      {
        person: Named,
        representative: Named,
        kind: Type.Enum(['agent', 'guardian']),
        document: Type.String({ minLength: 1, maxLength: 200, description: 'the document that was seen' }),
        from: Day,
        until: Day,
      },
      closed,
    ),
    reply: Type.Object({ authority: Num, at: Instant }),
  },
  endAuthority: {
    method: 'POST',
    url: '/api/v1/desk/authorities/:authority/end',
    summary: { zh: '终止代理、监护登记', en: 'End an authority at the counter' },
    roles: ['counter'],
    params: Type.Object({ authority: Num }, closed),
    body: Type.Object(Who, closed),
    reply: Ended,
  },
  myAuthorities: {
    method: 'GET',
    url: '/api/v1/me/authorities',
    summary: { zh: '谁能代表我，我代表谁', en: 'Who stands for me, and for whom I stand' },
    roles: ['person'],
    reply: Type.Object({ given: Type.Array(AuthorityShape), held: Type.Array(AuthorityShape) }),
  },
  endMyAuthority: {
    method: 'DELETE',
    url: '/api/v1/me/authorities/:authority',
    summary: { zh: '解除委托，或不再代理', en: 'End an authority given or held' },
    roles: ['person'],
    params: Type.Object({ authority: Num }, closed),
    reply: Ended,
  },
  representedArchive: {
    method: 'GET',
    url: '/api/v1/me/represented/:person/archive',
    summary: { zh: '被代理人的档案', en: 'The archive of somebody one stands for' },
    roles: ['person'],
    params: Type.Object({ person: PersonId }, closed),
    reply: Archive,
  },
} as const satisfies Record<string, Route>
