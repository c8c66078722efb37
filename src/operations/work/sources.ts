import { isOperator } from '#domain/jurisdiction.ts'
import { MACHINES } from '#domain/machines.ts'
import type { Text } from '#domain/refusal.ts'
import { nameRoles } from '#domain/roles.ts'
import { listAccountLosses, listDeskAccounts } from '../account-desk.ts'
import { CAMPAIGN_WORK } from '../campaign/work.ts'
import { nextSteps } from '../case.ts'
import { listQueue } from '../case-view.ts'
import { listHeld } from '../intake/submit.ts'
import { listLetters } from '../notice/letters.ts'
import { listDrafts } from '../packs/draft.ts'
import { listContents } from '../public/content.ts'
import { readPublicityBoard } from '../public/publicity.ts'
import { listTips } from '../public/tips.ts'
import { listOverdueRecalls, listRecalls } from '../recall/recall.ts'
import { listIncidents, listUnusual } from '../review.ts'
import { SUPERVISION_WORK } from '../supervision/work.ts'
import { dayOf, findUnit, today } from '../system.ts'
import type { WorkSource } from './source.ts'

const words = (zh: string, en: string): Text => ({ zh, en })
const joined = (one: Text, other: string | Text): Text =>
  typeof other === 'string'
    ? words(`${one.zh} · ${other}`, `${one.en} · ${other}`)
    : words(`${one.zh} · ${other.zh}`, `${one.en} · ${other.en}`)

const PRINTED = words('已打印，待登记送达', 'Printed, delivery to be recorded')

/** Pages where the cases of a machine are handled, where that is not the page of all cases. */
const PAGES: Readonly<Record<string, string>> = {}

const STAFF = ['officer', 'counter', 'clerk', 'reviewer', 'admin', 'review-body', 'court']
/** The publicity board of the last weeks: what came late longer ago is no work any more. */
const LATE_DAYS = 30

/**
 * Everything at the desk that can wait for somebody, one entry an area: the queue is put together from these. Each is read
 * by the area's own operation, so that nobody is told of work whose page would turn them away.
 */
export const WORK_SOURCES: readonly WorkSource[] = [
  {
    id: 'held',
    area: words('待复核的文件', 'Files to review'),
    path: '/desk/held',
    roles: ['reviewer'],
    async read(system, { account, unit }) {
      if (unit === undefined) return []
      const held = await listHeld(system, { unit, actor: account })
      return held
        .filter(({ mine }) => !mine)
        .map(({ held: num, item, at, rows }) => {
          const name = system.reference.pack.items.findLast(({ id }) => id === item)?.name ?? words(item, item)
          return {
            title: joined(name, String(num)),
            state: words(`${rows} 行待复核`, `${rows} rows to review`),
            since: dayOf(at),
          }
        })
    },
  },
  {
    id: 'case',
    area: words('案件', 'Cases'),
    path: '/desk/cases',
    roles: ['clerk', 'reviewer', 'admin', 'review-body', 'court'],
    async read(system, { account, unit, roles }) {
      const kind = unit === undefined ? undefined : findUnit(system.reference.pack, unit)?.kind
      return (await listQueue(system, { actor: account })).flatMap((line) => {
        const machine = MACHINES[line.machine]
        if (line.closed || !machine) return []
        const owns = unit === line.owner.id
        const next = nextSteps(machine, line.state.kind, {
          stands: false,
          owns,
          unitKind: kind,
          roles,
          proposed: false,
        })
        if (next.length === 0) return []
        return [
          {
            title: joined(line.name, line.case.split('.')[1] ?? ''),
            state: line.suspended
              ? words(`${line.state.name.zh}，已暂停展示`, `${line.state.name.en}, suspended`)
              : line.state.name,
            since: line.opened,
            due: line.due,
            late: line.overdue,
            path: PAGES[line.machine],
          },
        ]
      })
    },
  },
  {
    id: 'recall',
    area: words('停止使用通知', 'Recalls to acknowledge'),
    path: '/desk/recalls',
    roles: STAFF,
    async read(system, { account, unit }) {
      if (unit === undefined) return []
      const { recalls } = await listRecalls(system, { actor: account, unit, month: undefined })
      return recalls
        .filter(({ received }) => received === undefined)
        .map(({ recall, name, day, due, overdue }) => ({
          title: joined(name, recall.split('.')[1] ?? ''),
          since: day,
          due,
          late: overdue,
        }))
    },
  },
  {
    id: 'recall-overdue',
    area: words('逾期未回执', 'Recalls others owe an answer to'),
    path: '/desk/recalls',
    roles: ['admin'],
    read: async (system, { account }) =>
      (await listOverdueRecalls(system, account)).map(({ recall, unit, day, due }) => ({
        title: joined(unit.name, recall.split('.')[1] ?? ''),
        since: day,
        due,
        late: true,
      })),
  },
  {
    id: 'letter',
    area: words('待送达的通知书', 'Letters to deliver'),
    path: '/desk/letters',
    roles: ['clerk', 'reviewer', 'counter', 'admin'],
    // a file of records is a heap of letters: they wait by what is to be done with them, not one by one
    async read(system, { account }) {
      const { letters } = await listLetters(system, account)
      const lines = letters.map(({ about, why, told, printed, failed }) => ({
        about,
        state: failed > 0 ? words('退回，待重新送达', 'Came back, to be served again') : printed ? PRINTED : why,
        since: dayOf(told),
      }))
      return [...Map.groupBy(lines, ({ about, state }) => `${about.zh} ${state.zh}`).values()].flatMap((same) => {
        const [first] = same
        const since = same.map((line) => line.since).toSorted()[0]
        const title = first && joined(first.about, words(`${same.length} 封`, `${same.length} to deliver`))
        return first && title && since !== undefined ? [{ title, state: first.state, since }] : []
      })
    },
  },
  {
    id: 'pack-draft',
    area: words('待批准的规则草案', 'Drafts of rules to approve'),
    path: '/desk/packs',
    roles: ['admin'],
    async read(system, who) {
      if (!isOperator(system.reference.pack, who.unit)) return []
      return (await listDrafts(system, who.account))
        .filter(({ state, mine }) => state === 'submit' && !mine)
        .map(({ title, draft, at, effective }) => ({
          title: words(`${title} · ${draft}`, `${title} · ${draft}`),
          state: words('等待第二名管理员批准', 'Waits for a second administrator'),
          since: dayOf(at),
          due: effective,
        }))
    },
  },
  {
    id: 'tip',
    area: words('举报投诉', 'Tips and complaints'),
    path: '/desk/tips',
    roles: ['clerk', 'reviewer'],
    read: async (system, { account }) =>
      (await listTips(system, account))
        .filter(({ answered }) => !answered)
        .map(({ num, at }) => ({
          title: words(`举报投诉 · ${num}`, `Tip or complaint · ${num}`),
          state: words('待答复', 'To be answered'),
          since: dayOf(at),
        })),
  },
  {
    id: 'content',
    area: words('网站内容', 'Texts of the public site'),
    path: '/desk/content',
    roles: ['reviewer'],
    read: async (system, { account, unit }) =>
      (await listContents(system, { actor: account, unit })).contents
        .filter(({ state, mine }) => state === 'submit' && !mine)
        .map(({ title, at }) => ({ title, state: words('待审核', 'To be reviewed'), since: dayOf(at) })),
  },
  {
    id: 'publicity',
    area: words('公示逾期', 'Published late'),
    path: '/desk/publicity',
    roles: ['clerk', 'reviewer'],
    async read(system, { account }) {
      const from = Temporal.PlainDate.from(today(system)).subtract({ days: LATE_DAYS }).toString()
      const board = await readPublicityBoard(system, { actor: account, from })
      return board.units
        .filter(({ late }) => late > 0)
        .map(({ item, late }) => ({
          title: item.name,
          state: words(`近30天有 ${late} 条逾期公示`, `${late} published late in 30 days`),
          late: true,
        }))
    },
  },
  {
    id: 'unusual',
    area: words('异常查询', 'Unusual look-ups'),
    path: '/desk/unusual',
    roles: ['auditor'],
    read: async (system, { account }) =>
      (await listUnusual(system, { actor: account }))
        .filter(({ review }) => review === undefined)
        .map(({ why, at, unit, count }) => ({
          title: joined(why, unit.name),
          state: words(`${count} 次查询待复核`, `${count} look-ups to review`),
          since: dayOf(at),
        })),
  },
  {
    id: 'incident',
    area: words('安全事件', 'Incidents'),
    path: '/desk/incidents',
    roles: ['auditor'],
    read: async (system, { account }) =>
      (await listIncidents(system, account))
        .filter(({ state }) => state !== 'closed')
        .map(({ incident, title, openedAt }) => ({
          title: words(`${title} · ${incident}`, `${title} · ${incident}`),
          state: words('处置中', 'Being handled'),
          since: dayOf(openedAt),
        })),
  },
  {
    id: 'account',
    area: words('账号', 'Accounts'),
    path: '/desk/accounts',
    roles: ['admin'],
    read: async (system, who) =>
      (await listDeskAccounts(system, who)).changes
        .filter(({ decided, mine }) => decided === undefined && !mine)
        .map(({ name, at }) => ({
          title: words(`账号 · ${name}`, `Account · ${name}`),
          state: words('等待第二名管理员决定', 'Waits for a second administrator'),
          since: dayOf(at),
        })),
  },
  {
    id: 'account-loss',
    area: words('由一人撤销的重要岗位', 'Strong roles that one person took away'),
    path: '/desk/unusual',
    roles: ['admin', 'auditor'],
    read: async (system, { account, roles }) =>
      (await listAccountLosses(system, account))
        .filter(({ seen, mine }) => seen === undefined && !mine)
        .map(({ name, roles: lost, at }) => ({
          title: joined(words(`账号 · ${name}`, `Account · ${name}`), nameRoles(lost)),
          state: words('等待第二人知悉', 'Waits to be seen by a second person'),
          since: dayOf(at),
          path: roles.includes('admin') ? '/desk/accounts' : undefined,
        })),
  },
  ...CAMPAIGN_WORK,
  ...SUPERVISION_WORK,
]
