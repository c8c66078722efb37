import { TRAINING_TABLE, trainedRows } from '#contract/tables-supervision.ts'
import { formatDay, today } from '../../format.ts'
import { useWords, type Language } from '../../i18n.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { Adding } from './adding.tsx'
import { EntryForm, type EntryField } from './entry-form.tsx'
import { EntryList, type Entry } from './entry-list.tsx'
import { nameIn, useArea, useMay, usePlan, type Plan } from './plan.ts'
import '../../style/supervision.css'

const FIELDS = {
  training: ['people', 'hours', 'passed', 'text', 'document', 'link'],
  activity: ['people', 'text', 'document', 'link'],
} as const satisfies Record<string, readonly EntryField[]>

/** Programmes and who completed them, in counts; the campaign calendar; what units recorded of both. */
export function TrainingPage() {
  const { t, pick } = useWords()
  const plan = usePlan()
  const area = useArea('training')
  const may = useMay()
  if (plan.isPending || area.isPending) return <Skeleton lines={8} />
  if (plan.isError) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />
  if (area.isError) return <Failure error={area.error} onRetry={() => void area.refetch()} />
  const rows = trainedRows(area.data.trained, plan.data)
  const rules = [...plan.data.programmes, ...plan.data.campaigns]
  const form = (kind: keyof typeof FIELDS, onSaved: () => void, replaces?: Entry) => (
    <EntryForm
      kind={kind}
      fields={FIELDS[kind]}
      about={replaces?.about ?? (kind === 'training' ? plan.data.programmes : plan.data.campaigns)}
      {...(replaces ? { replaces } : {})}
      onSaved={onSaved}
    />
  )
  return (
    <div className="stack-l">
      {may.say ? (
        <div className="adding-list">
          <Adding title={t('training.add')}>{(done) => form('training', done)}</Adding>
          <Adding title={t('training.addActivity')}>{(done) => form('activity', done)}</Adding>
        </div>
      ) : null}
      <section className="stack" aria-labelledby="done">
        <h2 id="done">{t('training.done')}</h2>
        {rows.length === 0 ? (
          <Empty icon="book" title={t('training.empty')}>
            <p>{t('training.emptyText')}</p>
          </Empty>
        ) : (
          <>
            <DataTable
              table={TRAINING_TABLE}
              rows={rows}
              rowKey={(row) => `${row.about} ${row.unit.id} ${row.year}`}
              input={{ params: { area: 'training' } }}
            />
            <details className="fold">
              <summary>{t('training.entries')}</summary>
              <EntryList
                entries={area.data.entries}
                nameOf={({ about }) => pick(nameIn(rules, about))}
                correct={(entry, onDone) =>
                  may.say && entry.unit.id === may.unit && (entry.kind === 'training' || entry.kind === 'activity')
                    ? form(entry.kind, onDone, entry)
                    : null
                }
              />
            </details>
          </>
        )}
      </section>
      <Calendar plan={plan.data} />
      <Programmes plan={plan.data} />
    </div>
  )
}

function Programmes({ plan }: { plan: Plan }) {
  const { t, pick } = useWords()
  return (
    <section className="stack" aria-labelledby="programmes">
      <h2 id="programmes">{t('training.programmes')}</h2>
      <ul className="cards tight">
        {plan.programmes.map(({ id, name, kind, audience, units }) => (
          <li key={id} className="card stack-s">
            <p>
              <span className="tag brand">{t(`training.${kind}`)}</span>
            </p>
            <h3 className="h-small">{pick(name)}</h3>
            <p className="soft small">
              {t('training.audience')}: {pick(audience)}
            </p>
            <p className="soft small">
              {t('training.units')}:{' '}
              {units.length > 4 ? t('training.everyUnit') : units.map((unit) => pick(unit.name)).join(t('shared.list'))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The next time a day of the year comes (its last day, where it lasts several). */
export function nextOf(on: string, to: string | undefined, day: string): string {
  const year = Number(day.slice(0, 4))
  return `${`${year}-${to ?? on}` >= day ? year : year + 1}-${on}`
}

const dayWords = (date: string, to: string | undefined, language: Language): string =>
  to ? `${formatDay(date, language)} – ${formatDay(`${date.slice(0, 4)}-${to}`, language)}` : formatDay(date, language)

function Calendar({ plan }: { plan: Plan }) {
  const { t, pick, language } = useWords()
  const day = today()
  const dated = plan.campaigns
    .map((campaign) => ({ ...campaign, next: campaign.on ? nextOf(campaign.on, campaign.to, day) : undefined }))
    .sort((a, b) => ((a.next ?? '9') < (b.next ?? '9') ? -1 : 1)) // oxlint-disable-line unicorn/no-array-sort -- made just now; toSorted is too new
  return (
    <section className="stack" aria-labelledby="calendar">
      <h2 id="calendar">{t('training.calendar')}</h2>
      <ul className="calendar">
        {dated.map(({ id, name, next, to, note }) => (
          <li key={id}>
            <strong>{pick(name)}</strong>
            <span className="soft small">
              {next ? dayWords(next, to, language) : note ? pick(note) : t('training.moves')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
