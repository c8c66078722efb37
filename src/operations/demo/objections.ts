import { isRefusal } from '#domain/refusal.ts'
import { uuidOf } from '#store/cipher.ts'
import type { Queryable } from '#store/db.ts'
import { listAccounts } from '../accounts.ts'
import { readOwnArchive } from '../archive.ts'
import { startOwnCase, stepCaseAtDesk, type Receipt } from '../case-act.ts'
import type { System } from '../system.ts'
import { DEMO_PEOPLE } from './people.ts'

/**
 * Two objections in the demo city: one of Wang's that waits at the desk with its clock running, one of Li's that was
 * decided, with its reasons and where it can be contested.
 */
export async function raiseDemoObjections(system: System, owner: Queryable): Promise<void> {
  const accounts = new Map((await listAccounts(system, owner)).map((account) => [account.name, account.num]))
  const object = async (
    who: 'wang' | 'li',
    statement: string,
  ): Promise<{ made: Receipt; unit: string } | undefined> => {
    const subject = uuidOf(system.subjectKey('citizen', DEMO_PEOPLE[who].number))
    const reader = { account: accounts.get(who) ?? 0, subject, roles: ['person'] }
    const archive = await readOwnArchive(system, { actor: reader.account, subject })
    if (isRefusal(archive)) return undefined
    const record = archive.records.find(
      ({ state, item, marks }) => state === 'shown' && !marks && archive.items[item]?.nature === 'adverse',
    )
    if (!record) return undefined
    const made = await startOwnCase(system, reader, {
      machine: 'objection',
      kind: 'open',
      record: record.id,
      content: { statement },
    })
    return isRefusal(made) ? undefined : { made, unit: record.unit }
  }
  await object('wang', '罚款已按期缴清，处罚内容与决定书不一致，请核对。')
  const decided = await object('li', '我当日不在本市，不是我。')
  if (!decided) return
  const reviewer = accounts.get(`${decided.unit.replace('demo-', '')}-reviewer`)
  if (reviewer === undefined) return
  await stepCaseAtDesk(
    system,
    { account: reviewer, unit: decided.unit, roles: ['reviewer'] },
    {
      case: decided.made.case,
      step: decided.made.step,
      kind: 'reject',
      content: { reason: '经调取现场笔录并核对签名，认定事实无误。', basis: '《中华人民共和国行政处罚法》第五十五条' },
    },
  )
}
