import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EvidenceAbout } from '#domain/evidence.ts'
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import { readArchiveFor } from '#operations/archive.ts'
import { startCaseAtDesk } from '#operations/case-act.ts'
import { parsePersonId } from '#operations/case-id.ts'
import { cancelAuthority, listAuthorities, recordAuthority } from '#operations/objection/authority.ts'
import { getEvidence, listEvidence, putEvidence } from '#operations/objection/evidence.ts'
import { findRecordKey } from '#operations/record-key.ts'
import type { Session } from '#operations/sign-in.ts'
import type { System } from '#operations/system.ts'
import type { Handlers } from '../handler.ts'
import { piecesOf } from './intake.ts'

type Names =
  | 'putMyEvidence'
  | 'myEvidence'
  | 'myEvidenceFile'
  | 'putEvidence'
  | 'caseEvidence'
  | 'caseEvidenceFile'
  | 'startCase'
  | 'recordCapacity'
  | 'recordAuthority'
  | 'endAuthority'
  | 'myAuthorities'
  | 'endMyAuthority'
  | 'representedArchive'

type Call<params> = { system: System; session: Session; params: params; request: FastifyRequest; reply: FastifyReply }

async function put({
  system,
  session,
  params,
  query,
  request,
}: Call<{ case: string }> & { query: { about?: EvidenceAbout } }) {
  const { body, headers } = request
  if (!(body instanceof Readable)) return refuse('evidence-size')
  try {
    return await putEvidence(system, {
      actor: session.account,
      case: params.case,
      about: query.about,
      contentType: headers['content-type'],
      source: piecesOf(body),
    })
  } finally {
    // what is still coming of a file that is too large is let through to nowhere
    body.resume()
  }
}

const list = async ({ system, session, params }: Omit<Call<{ case: string }>, 'reply' | 'request'>) => ({
  evidence: await listEvidence(system, { actor: session.account, ...params }),
})

async function get({
  system,
  session,
  params,
  reply,
}: Call<{ case: string; evidence: string }>): Promise<FastifyReply | Refusal> {
  const file = await getEvidence(system, { actor: session.account, ...params })
  if (isRefusal(file)) return file
  // saved, never opened in our own pages: what is in it is the sender's
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .header('content-security-policy', 'sandbox')
    .send(file.bytes)
}

/** Evidence, authorities, and cases that a unit begins. */
export const objectionRoutes: Handlers<Names> = {
  putMyEvidence: put,
  myEvidence: list,
  myEvidenceFile: get,
  putEvidence: put,
  caseEvidence: list,
  caseEvidenceFile: get,
  startCase({ system, session, body }) {
    const { account, unit, roles } = session
    if (unit === undefined) return refuse('not-allowed')
    const { record, idKind, number, ...rest } = body
    const key = record && findRecordKey(system, { ...record, unit, number, kind: idKind })
    if (isRefusal(key)) return key
    return startCaseAtDesk(system, { account, unit, roles }, { ...rest, idKind, number, nk: key?.nk })
  },
  recordCapacity({ system, session, body }) {
    const { account, unit, roles } = session
    if (unit === undefined) return refuse('not-allowed')
    const { kind: idKind, number, content } = body
    return startCaseAtDesk(
      system,
      { account, unit, roles },
      { machine: 'capacity', kind: 'determine', idKind, number, content },
    )
  },
  recordAuthority: ({ system, session, body }) => recordAuthority(system, { ...body, actor: session.account }),
  endAuthority: ({ system, session, params, body }) =>
    cancelAuthority(system, { actor: session.account, ...params, person: body }),
  myAuthorities: ({ system, session }) => listAuthorities(system, session.account),
  endMyAuthority: ({ system, session, params }) => cancelAuthority(system, { actor: session.account, ...params }),
  representedArchive: ({ system, session, params }) =>
    readArchiveFor(system, { actor: session.account, subject: parsePersonId(params.person) }),
}
