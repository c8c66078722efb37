import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts'
import type { Archive } from './archive-shape.ts'
import { readOwnArchive } from './archive.ts'
import { listOwnCases } from './case-view.ts'
import { listConsents } from './consent.ts'
import { listAuthorities } from './objection/authority.ts'
import { listNotices } from './notice/inbox.ts'
import { listOwnAccesses, type AccessSeen } from './own-accesses.ts'
import { listReports } from './report/issue.ts'
import type { System } from './system.ts'

/** Name and version of the file's shape; a change of shape is a new version. */
const SCHEMA = 'xinheng-my-data/1'
const PAGE = 500
/** More look-ups than a file holds are on the page. */
const MOST_LOOKS = 20_000
const HOUR = 3_600_000
const MOST_FILES = 5

const asked = new WeakMap<System, Map<number, number[]>>()

/** A few files an hour for one account: each reads everything. */
function within(system: System, actor: number): boolean {
  const now = system.now().epochMilliseconds
  const times = asked.get(system) ?? new Map<number, number[]>()
  asked.set(system, times)
  const recent = (times.get(actor) ?? []).filter((at) => now - at < HOUR && at <= now)
  if (recent.length >= MOST_FILES) return false
  times.set(actor, [...recent, now])
  return true
}

async function everyLook(system: System, actor: number): Promise<{ looks: AccessSeen[]; more: boolean }> {
  const looks: AccessSeen[] = []
  for (;;) {
    const last = looks.at(-1)?.access
    const page = await listOwnAccesses(system, { actor, limit: PAGE, ...(last === undefined ? {} : { before: last }) })
    looks.push(...page.accesses)
    if (!page.more || looks.length >= MOST_LOOKS) return { looks, more: page.more }
  }
}

/** Everything that is here about a person, in one piece. */
export type OwnData = {
  schema: typeof SCHEMA
  archive: Archive
  looks: AccessSeen[]
  /** there are more look-ups than the file holds */
  more: boolean
  consents: Awaited<ReturnType<typeof listConsents>>
  authorities: Awaited<ReturnType<typeof listAuthorities>>
  cases: Awaited<ReturnType<typeof listOwnCases>>
  notices: Exclude<Awaited<ReturnType<typeof listNotices>>, Refusal>
  reports: Awaited<ReturnType<typeof listReports>>
}

/**
 * The person takes everything about them along (个人信息保护法 art 45: to read, to copy, to move): records with what was
 * ended, look-ups with that of this file, consents, authorities, cases, notices, reports. It is a look-up like any other.
 * Refuses: too-many-requests after five in an hour.
 */
export async function readOwnData(
  system: System,
  { account, subject }: { account: number; subject: string },
): Promise<OwnData | Refusal> {
  if (!within(system, account)) return refuse('too-many-requests')
  const archive = await readOwnArchive(system, { actor: account, subject })
  if (isRefusal(archive)) return archive
  const [consents, authorities, cases, notices, reports] = await Promise.all([
    listConsents(system, subject),
    listAuthorities(system, account),
    listOwnCases(system, { account, subject, roles: [] }),
    listNotices(system, { actor: account, subject }),
    listReports(system, account),
  ])
  if (isRefusal(notices)) return notices
  // last, so that what this file itself read stands in it
  const { looks, more } = await everyLook(system, account)
  return { schema: SCHEMA, archive, looks, more, consents, authorities, cases, notices, reports }
}
