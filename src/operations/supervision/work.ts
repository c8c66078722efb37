import type { Text } from '#domain/refusal.ts'
import type { WorkSource } from '../work/source.ts'
import { dayOf } from '../system.ts'
import { listBulletins } from './issue.ts'
import { listReminders, type Reminder } from './reminders.ts'

const words = (zh: string, en: string): Text => ({ zh, en })

const PATHS = { task: '/desk/tasks', decision: '/desk/conference', accountability: '/desk/assessment' } as const
const NAMES = {
  task: words('任务', 'Task'),
  decision: words('议定事项', 'Decision'),
  accountability: words('问责整改', 'Accountability'),
} as const

function stateOf({ own, answered, units }: Reminder): Text | undefined {
  if (answered) return words('已答复，待销号', 'Answered, to be closed')
  if (own) return undefined
  const [first] = units
  const more = units.length > 1 ? { zh: `等${units.length}个单位`, en: ` and ${units.length - 1} more` } : words('', '')
  return words(`${first?.name.zh ?? ''}${more.zh}逾期`, `Late: ${first?.name.en ?? ''}${more.en}`)
}

/** What supervision gives people to do: tasks and duties by their dates, and bulletins that wait for a second person. */
export const SUPERVISION_WORK: readonly WorkSource[] = [
  {
    id: 'task',
    area: words('督办事项', 'Supervision'),
    path: '/desk/tasks',
    roles: ['clerk', 'reviewer', 'admin'],
    async read(system, { account, unit, roles }) {
      if (unit === undefined) return []
      const { reminders } = await listReminders(system, { actor: account, unit, roles })
      return reminders.map((one) => ({
        title: words(`${NAMES[one.kind].zh} · ${one.title.zh}`, `${NAMES[one.kind].en} · ${one.title.en}`),
        state: stateOf(one),
        due: one.due,
        late: one.late,
        path: PATHS[one.kind],
      }))
    },
  },
  {
    id: 'bulletin',
    area: words('待审核的通报', 'Bulletins to review'),
    path: '/desk/bulletin',
    roles: ['reviewer', 'admin'],
    read: async (system, { account }) =>
      (await listBulletins(system, account))
        .filter(({ state, mine }) => state === 'draft' && !mine)
        .map(({ num, from, until, at }) => ({
          title: words(`通报第${num}号草稿`, `Draft bulletin ${num}`),
          state: words(`${from}至${until}`, `${from} – ${until}`),
          since: dayOf(at),
        })),
  },
]
