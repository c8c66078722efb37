import { isRefusal, type Refusal } from '#domain/refusal.ts'
import { lookUpArchive, readOwnArchive } from '#operations/archive.ts'
import { startCaseAtDesk, startOwnCase, stepCaseAtDesk, stepOwnCase } from '#operations/case-act.ts'
import { listOwnCases } from '#operations/case-view.ts'
import { propose } from '#operations/listing/propose.ts'
import { listOwnMeasures } from '#operations/measure/measures.ts'
import { acknowledge, listOwnRecalls } from '#operations/recall/recall.ts'
import { findRecordKey } from '#operations/record-key.ts'
import type { System } from '#operations/system.ts'
import { withdraw } from '#operations/withdraw.ts'
import type { Answer, Client } from '#test/api.ts'
import type { Actor } from './oracle.fixture.ts'

/** Who acts, through whichever door: `client` where it is the public API. */
export type Person = Actor & { subject?: string; client?: Client }
type Content = Record<string, unknown>
type Named = { item: string; naturalKey: string[] }

/** What both doors answer: what came, or the code of the refusal. */
export type Came = { ok: boolean; code: string; body: any } // oxlint-disable-line typescript/no-explicit-any -- tests read what came

export type Door = {
  startOwn: (
    who: Person,
    of: { machine: string; kind: string; record?: string; target?: string; for?: string; content: Content },
  ) => Promise<Came>
  startDesk: (
    who: Person,
    of: { machine: string; kind: string; number: string; record: Named; content: Content },
  ) => Promise<Came>
  step: (who: Person, of: { case: string; step: number; kind: string; content: Content }) => Promise<Came>
  propose: (
    who: Person,
    of: { list: string; criterion: string; number: string; name: string; facts: string; document?: string },
  ) => Promise<Came>
  lookUp: (who: Person, of: { number: string; purpose: string; matter: string }) => Promise<Came>
  withdraw: (who: Person, of: Named & { number: string; reason: string }) => Promise<Came>
  archive: (who: Person) => Promise<Came>
  cases: (who: Person) => Promise<Came>
  measures: (who: Person) => Promise<Came>
  recalls: (who: Person) => Promise<Came>
  acknowledge: (who: Person, recall: string) => Promise<Came>
}

const came = (answer: object | Refusal | undefined): Came =>
  answer !== undefined && isRefusal(answer)
    ? { ok: false, code: answer.code, body: answer }
    : { ok: true, code: '', body: answer }
const answered = ({ status, body }: Answer): Came => ({ ok: status === 200, code: body?.code ?? '', body })

/** The operations themselves. */
export function byOperations(system: System): Door {
  const reader = ({ account, subject, unit, roles }: Person) => ({ account, subject, unit, roles })
  const own = (who: Person) => ({ actor: who.account, subject: who.subject ?? '' })
  return {
    startOwn: async (who, of) =>
      who.subject === undefined
        ? { ok: false, code: 'not-allowed', body: undefined }
        : came(await startOwnCase(system, { ...reader(who), subject: of.for ?? who.subject }, of)),
    async startDesk(who, { record, ...of }) {
      if (who.unit === undefined) return { ok: false, code: 'not-allowed', body: undefined }
      const key = findRecordKey(system, { ...record, unit: who.unit, number: of.number })
      if (isRefusal(key)) return came(key)
      return came(await startCaseAtDesk(system, { ...reader(who), unit: who.unit }, { ...of, nk: key.nk }))
    },
    step: async (who, of) =>
      came(await (who.unit === undefined ? stepOwnCase : stepCaseAtDesk)(system, reader(who), of)),
    propose: async (who, of) =>
      who.unit === undefined
        ? { ok: false, code: 'not-allowed', body: undefined }
        : came(await propose(system, { ...reader(who), unit: who.unit }, of)),
    lookUp: async (who, of) => came(await lookUpArchive(system, { actor: who.account, unit: who.unit ?? '', ...of })),
    withdraw: async (who, of) => came(await withdraw(system, { actor: who.account, unit: who.unit ?? '', ...of })),
    archive: async (who) => came(await readOwnArchive(system, own(who))),
    cases: async (who) => came({ cases: await listOwnCases(system, { ...reader(who), subject: who.subject ?? '' }) }),
    measures: async (who) => came({ measures: await listOwnMeasures(system, own(who)) }),
    recalls: async (who) => came({ recalls: await listOwnRecalls(system, own(who)) }),
    acknowledge: async (who, recall) =>
      came(await acknowledge(system, { actor: who.account, recall, did: 'destroyed' })),
  }
}

/** The public API, signed in. */
export function byHttp(): Door {
  const call = async (who: Person, ...of: Parameters<Client['call']>) => {
    if (!who.client) throw new Error('not signed in')
    return answered(await who.client.call(...of))
  }
  return {
    startOwn: (who, { for: whom, ...of }) =>
      call(who, 'startMyCase', { body: { ...of, ...(whom && { for: whom.replaceAll('-', '') }) } }),
    startDesk: (who, body) => call(who, 'startCase', { body }),
    step: (who, { case: id, ...body }) =>
      call(who, who.unit === undefined ? 'stepMyCase' : 'stepCase', { params: { case: id }, body }),
    propose: (who, body) => call(who, 'propose', { body }),
    lookUp: (who, body) => call(who, 'lookUp', { body }),
    withdraw: (who, body) => call(who, 'withdraw', { body }),
    archive: (who) => call(who, 'myArchive'),
    cases: (who) => call(who, 'myCases'),
    measures: (who) => call(who, 'myMeasures'),
    recalls: (who) => call(who, 'myRecalls'),
    acknowledge: (who, recall) => call(who, 'acknowledgeRecall', { params: { recall }, body: { did: 'destroyed' } }),
  }
}
