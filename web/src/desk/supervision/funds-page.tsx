import { FUNDS_TABLE, moneyRows, type MoneyRow } from '#contract/tables-supervision.ts'
import { formatPercent } from '../../format.ts'
import { useWords, type Language } from '../../i18n.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { Adding } from './adding.tsx'
import { EntryForm, type EntryField } from './entry-form.tsx'
import { EntryList, type Entry } from './entry-list.tsx'
import { nameIn, useArea, useMay, usePlan, type Plan } from './plan.ts'
import '../../style/supervision.css'

const FIELDS: readonly EntryField[] = ['stage', 'amount', 'year', 'task', 'text', 'document']

/** An amount of yuan as it is written in accounts: ¥1,204,500.50. */
export const formatYuan = (amount: number, language: Language): string =>
  `¥${new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount)}`

/** Money recorded against tasks: sums by head, task and year, and each entry behind them. */
export function FundsPage() {
  const { t, pick, language } = useWords()
  const plan = usePlan()
  const area = useArea('funds')
  const may = useMay()
  if (plan.isPending || area.isPending) return <Skeleton lines={8} />
  if (plan.isError) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />
  if (area.isError) return <Failure error={area.error} onRetry={() => void area.refetch()} />
  const rows = moneyRows(area.data.money, plan.data)
  const form = (onSaved: () => void, replaces?: Entry) => (
    <EntryForm
      kind="fund"
      fields={FIELDS}
      about={replaces?.about ?? plan.data.funds}
      tasks={plan.data.tasks}
      {...(replaces ? { replaces, of: replaces.unit.id } : {})}
      onSaved={onSaved}
    />
  )
  return (
    <div className="stack-l">
      {may.office ? <Adding title={t('funds.add')}>{(done) => form(done)}</Adding> : null}
      {rows.length === 0 ? (
        <Empty icon="chart" title={t('funds.empty')}>
          <p>{t('funds.emptyText')}</p>
        </Empty>
      ) : (
        <>
          <Totals rows={rows} />
          <DataTable
            table={FUNDS_TABLE}
            rows={rows}
            rowKey={(row) => `${row.about} ${row.task ?? ''} ${row.year}`}
            input={{ params: { area: 'funds' } }}
            renderCell={(column, row) =>
              column === 'allocated' || column === 'spent' ? formatYuan(row[column], language) : undefined
            }
          />
          <details className="fold">
            <summary>{t('funds.entries')}</summary>
            <EntryList
              entries={area.data.entries}
              nameOf={({ about, content }) => {
                const task = plan.data.tasks.find(({ id }) => id === content.task)
                return [nameIn(plan.data.funds, about), ...(task ? [task.title] : [])].map(pick).join(' · ')
              }}
              correct={(entry, onDone) => (may.office ? form(onDone, entry) : null)}
            />
          </details>
        </>
      )}
    </div>
  )
}

/** The sums of each year. */
function Totals({ rows }: { rows: readonly MoneyRow[] }) {
  const { t, language } = useWords()
  const years = [...new Set(rows.map(({ year }) => year))]
  const sum = (year: number, of: 'allocated' | 'spent') =>
    rows.filter((row) => row.year === year).reduce((cents, row) => cents + Math.round(row[of] * 100), 0) / 100
  return (
    <ul className="figures">
      {years.map((year) => {
        const [allocated, spent] = [sum(year, 'allocated'), sum(year, 'spent')]
        return (
          <li key={year} className="card">
            <p className="faint num">{year}</p>
            <dl>
              <div>
                <dt>{t('funds.allocated')}</dt>
                <dd className="num">{formatYuan(allocated, language)}</dd>
              </div>
              <div>
                <dt>{t('funds.spent')}</dt>
                <dd className="num">{formatYuan(spent, language)}</dd>
              </div>
              <div>
                <dt>{t('funds.rate')}</dt>
                <dd className="num">
                  {allocated === 0 ? t('shared.unknown') : formatPercent(spent / allocated, language)}
                </dd>
              </div>
            </dl>
          </li>
        )
      })}
    </ul>
  )
}

/** The money of one task, a line a year and head. */
export function MoneyLines({ money, plan }: { money: Parameters<typeof moneyRows>[0]; plan: Plan }) {
  const { t, pick, language } = useWords()
  return (
    <ul>
      {moneyRows(money, plan).map((row) => (
        <li key={`${row.about} ${row.year}`} className="num">
          {row.year} {pick(row.head)}: {t('funds.allocated')} {formatYuan(row.allocated, language)}, {t('funds.spent')}{' '}
          {formatYuan(row.spent, language)}
        </li>
      ))}
    </ul>
  )
}
