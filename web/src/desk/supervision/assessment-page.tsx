import { INDICATORS_TABLE, indicatorRows, SCORES_TABLE, type ScoreRow } from '#contract/tables-supervision.ts'
import type { Reply } from '../../api.ts'
import { formatDay, formatNumber } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { Adding } from './adding.tsx'
import { Duties } from './duty-card.tsx'
import { EntryForm } from './entry-form.tsx'
import { EntryList, newestFirst, type Entry } from './entry-list.tsx'
import { nameIn, useArea, useMay, usePlan, type Plan } from './plan.ts'
import { SheetForm } from './sheet-form.tsx'
import '../../style/supervision.css'

type Area = Reply<'supervisionArea'>

/** Inspections and evaluations with their scores, who was called to account and what followed, and the indicators. */
export function AssessmentPage() {
  const plan = usePlan()
  const area = useArea('assessment')
  if (plan.isPending || area.isPending) return <Skeleton lines={8} />
  if (plan.isError) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />
  if (area.isError) return <Failure error={area.error} onRetry={() => void area.refetch()} />
  return (
    <div className="stack-l">
      <Scores plan={plan.data} area={area.data} />
      <Chain plan={plan.data} area={area.data} />
      <Inspections plan={plan.data} area={area.data} />
      <Indicators plan={plan.data} area={area.data} />
    </div>
  )
}

function Scores({ plan, area }: { plan: Plan; area: Area }) {
  const { t, pick } = useWords()
  const may = useMay()
  const sheets = (row: ScoreRow) => pick(nameIn(plan.sheets, row.about))
  const linesOf = (row: ScoreRow) => area.entries.find(({ num }) => num === row.num)?.content.scores ?? []
  return (
    <section className="stack">
      <h2>{t('assessment.scores')}</h2>
      {may.office ? (
        <Adding title={t('assessment.evaluate')}>{(done) => <SheetForm plan={plan} onSaved={done} />}</Adding>
      ) : null}
      {area.scores.length === 0 ? (
        <Empty icon="chart" title={t('assessment.scoresEmpty')}>
          <p>{t('assessment.scoresText')}</p>
        </Empty>
      ) : (
        <DataTable
          table={SCORES_TABLE}
          rows={area.scores}
          rowKey={({ num }) => String(num)}
          input={{ params: { area: 'assessment' } }}
          renderCell={(column, row) =>
            column === 'by' ? (
              <details className="fold lines">
                <summary>
                  {t(`supervise.${row.by}`)}
                  <span className="visually-hidden"> {t('assessment.lines')}</span>
                </summary>
                <p className="faint small">{sheets(row)}</p>
                <ul className="small">
                  {linesOf(row).map(({ title, points, of }) => (
                    <li key={title} className="num">
                      {title} {points} / {of}
                    </li>
                  ))}
                </ul>
              </details>
            ) : undefined
          }
        />
      )}
    </section>
  )
}

function Chain({ plan, area }: { plan: Plan; area: Area }) {
  const { t, pick } = useWords()
  const may = useMay()
  const isAccount = ({ kind }: Entry) => kind === 'accountability'
  const replaced = new Set(area.entries.map(({ replaces }) => replaces))
  const assessed = area.entries.filter(
    ({ kind, num }) => (kind === 'evaluation' || kind === 'inspection') && !replaced.has(num),
  )
  return (
    <section className="stack" aria-labelledby="chain">
      <h2 id="chain">{t('assessment.chain')}</h2>
      {may.office && assessed.length > 0 ? (
        <Adding title={t('assessment.account')}>
          {(done) => <AccountForm assessed={assessed} plan={plan} onSaved={done} />}
        </Adding>
      ) : null}
      {area.entries.some(isAccount) ? (
        <Duties
          entries={area.entries}
          duties={area.duties}
          fits={isAccount}
          level={3}
          titleOf={({ about }) => pick(nameIn(plan.sheets, about))}
        />
      ) : (
        <p className="soft">{t('assessment.chainEmpty')}</p>
      )}
    </section>
  )
}

/** Accountability follows an assessment, of the unit that was assessed. */
function AccountForm({ assessed, plan, onSaved }: { assessed: readonly Entry[]; plan: Plan; onSaved: () => void }) {
  const { t, pick, language } = useWords()
  return (
    <ul className="stack">
      {newestFirst(assessed).map((entry) => (
        <li key={entry.num}>
          <details className="fold">
            <summary>
              {pick(entry.unit.name)} ·{' '}
              {t(entry.kind === 'inspection' ? 'supervise.kind_inspection' : 'supervise.kind_evaluation')} ·{' '}
              {formatDay(entry.day, language)}
              {entry.score === undefined ? '' : ` · ${formatNumber(entry.score, language)}`}
            </summary>
            <p className="faint">{pick(nameIn(plan.sheets, entry.about))}</p>
            <EntryForm
              kind="accountability"
              fields={['text', 'due', 'document']}
              about={entry.about}
              of={entry.unit.id}
              follows={entry.num}
              onSaved={onSaved}
            />
          </details>
        </li>
      ))}
    </ul>
  )
}

function Inspections({ plan, area }: { plan: Plan; area: Area }) {
  const { t, pick } = useWords()
  const may = useMay()
  const about = [...plan.sheets, ...plan.tasks.map(({ id, title }) => ({ id, name: title }))]
  const own = area.entries.filter(({ kind }) => kind === 'inspection')
  return (
    <section className="stack" aria-labelledby="inspections">
      <h2 id="inspections">{t('assessment.inspections')}</h2>
      {may.office ? (
        <Adding title={t('assessment.inspect')}>
          {(done) => (
            <EntryForm
              kind="inspection"
              fields={['of', 'year', 'text', 'document']}
              about={about}
              units={plan.units}
              onSaved={done}
            />
          )}
        </Adding>
      ) : null}
      <EntryList entries={own} nameOf={(entry) => pick(nameIn(about, entry.about))} />
    </section>
  )
}

function Indicators({ plan, area }: { plan: Plan; area: Area }) {
  const { t } = useWords()
  const may = useMay()
  return (
    <section className="stack">
      <h2>{t('assessment.indicators')}</h2>
      {may.office ? (
        <Adding title={t('assessment.setValue')}>
          {(done) => <EntryForm kind="indicator" fields={['value']} about={plan.indicators} onSaved={done} />}
        </Adding>
      ) : null}
      <DataTable
        table={INDICATORS_TABLE}
        rows={indicatorRows(area.entries, plan)}
        rowKey={({ id }) => id}
        input={{ params: { area: 'assessment' } }}
        renderCell={(column, { value }) =>
          column === 'value' && value === undefined ? (
            <span className="soft">{t('assessment.noValue')}</span>
          ) : undefined
        }
      />
    </section>
  )
}
