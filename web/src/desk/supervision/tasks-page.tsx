import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TASKS_TABLE, taskRows, type TaskRow } from '#contract/tables-supervision.ts'
import { call, type Reply } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { Link } from '../../router.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/field.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { PlaceSelect, usePlaceChoice } from '../place-select.tsx'
import { TONES } from './entry-list.tsx'
import { Left } from './left.tsx'
import { useMay } from './plan.ts'
import { TaskView } from './task-view.tsx'
import '../../style/supervision.css'

type Reminder = Reply<'reminders'>['reminders'][number]

/** The tasks of the policy documents: what is due, how each stands; one opens with all that was said about it. */
export function TasksPage() {
  const words = useWords()
  const { t, pick, language } = words
  const { unit } = useMay()
  const [opened, setOpened] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const place = usePlaceChoice()
  const { query } = place
  const tasks = useQuery({
    queryKey: ['supervision', 'tasks', query],
    queryFn: ({ signal }) => call('tasks', { query }, signal),
  })
  if (opened) return <TaskView id={opened} onBack={() => setOpened(undefined)} />
  if (tasks.isPending) return <Skeleton lines={8} />
  if (tasks.isError) return <Failure error={tasks.error} onRetry={() => void tasks.refetch()} />
  const all = taskRows(tasks.data)
  const isOf = (id: string) => (row: TaskRow) => row.lead.includes(id) || row.joint.includes(id)
  // a unit sees its own first; whoever has none sees them all
  const only = chosen ?? (unit !== undefined && all.some(isOf(unit)) ? unit : '')
  const rows = only === '' ? all : all.filter(isOf(only))
  const names = Object.entries(tasks.data.units).map(([id, name]) => ({ id, name: pick(name) }))
  const collator = new Intl.Collator(language === 'zh' ? 'zh-Hans-CN' : 'en')
  const units = names.sort((a, b) => collator.compare(a.name, b.name)) // oxlint-disable-line unicorn/no-array-sort -- made just now; toSorted is too new
  return (
    <div className="stack-l">
      <Reminders onOpen={setOpened} />
      <div className="filter">
        <PlaceSelect {...place} />
        <Select label={t('tasks.unit')} value={only} onChange={({ target }) => setChosen(target.value)}>
          <option value="">{t('tasks.everyUnit')}</option>
          {units.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === unit ? `${name}（${t('tasks.mine')}）` : name}
            </option>
          ))}
        </Select>
      </div>
      {rows.length === 0 ? (
        <Empty icon="check" title={t('tasks.empty')}>
          <p>{t('tasks.emptyText')}</p>
        </Empty>
      ) : (
        <DataTable
          table={TASKS_TABLE}
          rows={rows}
          rowKey={({ id }) => id}
          input={{ query }}
          renderCell={(column, row) => taskCell(column, row, setOpened, words)}
        />
      )}
    </div>
  )
}

/** What of a task is more than text. */
function taskCell(column: string, row: TaskRow, onOpen: (task: string) => void, words: ReturnType<typeof useWords>) {
  const { t, pick } = words
  switch (column) {
    case 'document':
      return <span className="nowrap">{`${row.document} ${row.number}`}</span>
    case 'title':
      return (
        <button type="button" className="link-button start" onClick={() => onOpen(row.id)}>
          {pick(row.title)}
        </button>
      )
    case 'lead':
      return <Several text={pick(row.leadNames)} count={row.lead.length} />
    case 'due':
      return <Due row={row} />
    case 'timing':
      return row.late ? <span className="tag bad">{t('tasks.late')}</span> : undefined
    case 'state':
      return <span className={`tag ${TONES[row.state]}`}>{t(`supervise.state_${row.state}`)}</span>
    default:
      return undefined
  }
}

function Due({ row }: { row: TaskRow }) {
  const { t, language } = useWords()
  if (!row.next) return <span className="soft">{row.continuing ? t('tasks.continuing') : ''}</span>
  return (
    <span className="stack-s">
      <span className="nowrap">{formatDay(row.next.date, language)}</span>
      <Left days={row.next.days} />
    </span>
  )
}

/** Names of many units do not fill the line. */
function Several({ text, count }: { text: string; count: number }) {
  return count > 3 ? (
    <span className="clamp" title={text}>
      {text}
    </span>
  ) : (
    text
  )
}

/** What the unit has to do soon and what is late; folded, what has come to the office from elsewhere. */
function Reminders({ onOpen }: { onOpen: (task: string) => void }) {
  const { t, language } = useWords()
  const list = useQuery({
    queryKey: ['supervision', 'reminders'],
    queryFn: ({ signal }) => call('reminders', { query: {} }, signal),
  })
  if (list.isPending) return <Skeleton lines={2} />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const { reminders, within } = list.data
  const own = reminders.filter((one) => one.own)
  const elsewhere = reminders.filter((one) => !one.own)
  return (
    <section className="card stack" aria-labelledby="reminders">
      <h2 id="reminders" className="h-small">
        {t('tasks.reminders')}
      </h2>
      <p className="soft">{t('tasks.remindersText', { day: formatDay(within, language) })}</p>
      {own.length === 0 ? (
        <Note tone="good" title={t('tasks.noReminders')} />
      ) : (
        <ReminderList list={own} onOpen={onOpen} />
      )}
      {elsewhere.length > 0 ? (
        <details className="fold">
          <summary>{t('tasks.elsewhere', { count: elsewhere.length })}</summary>
          <ReminderList list={elsewhere} onOpen={onOpen} />
        </details>
      ) : null}
    </section>
  )
}

function ReminderList({ list, onOpen }: { list: readonly Reminder[]; onOpen: (task: string) => void }) {
  const { t, pick } = useWords()
  const word = ({ answered, own, late }: Reminder) =>
    answered ? 'tasks.answered' : !own ? 'tasks.escalated' : late ? 'tasks.late' : 'tasks.soon'
  return (
    <ul className="reminder-list">
      {list.map((one) => (
        <li key={`${one.kind} ${one.about} ${one.entry ?? ''}`}>
          <span className={`tag ${one.late ? 'bad' : one.answered ? 'brand' : 'warn'}`}>{t(word(one))}</span>
          <span className="grow">
            {one.kind === 'task' ? (
              <button type="button" className="link-button start" onClick={() => onOpen(one.about)}>
                {pick(one.title)}
              </button>
            ) : (
              <Link to={one.kind === 'decision' ? '/desk/conference' : '/desk/assessment'}>
                {pick(one.title)} · {t(`supervise.kind_${one.kind}`)}
              </Link>
            )}
            {one.own ? null : (
              <span className="soft small block">
                {one.units
                  .slice(0, 3)
                  .map(({ name }) => pick(name))
                  .join(t('shared.list'))}
                {one.units.length > 3 ? ` +${one.units.length - 3}` : ''}
              </span>
            )}
          </span>
          {one.days === undefined ? null : <Left days={one.days} />}
        </li>
      ))}
    </ul>
  )
}
