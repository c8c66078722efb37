import { useWords } from '../../i18n.ts'
import { Adding } from './adding.tsx'
import { Dated, EntryForm } from './entry-form.tsx'
import { DUTY_TONES, EntryList, EntrySaid, type Duty, type Entry } from './entry-list.tsx'
import { useMay } from './plan.ts'

/**
 * What a unit was asked to do, by a meeting or after an inspection: how it stands, what the unit answered, and the next
 * step, for whoever may take it: the unit answers, the office closes.
 */
export function DutyCard({
  entry,
  duty,
  entries,
  title,
  level,
}: {
  entry: Entry
  duty: Duty
  entries: readonly Entry[]
  title?: string
  /** of its heading, under those of the page */
  level: 3 | 4
}) {
  const { t, pick } = useWords()
  const may = useMay()
  const after = entries.filter(({ follows }) => follows === entry.num)
  const answers = may.say && may.unit === entry.unit.id && duty.state !== 'closed'
  const closes = may.office && duty.state !== 'closed'
  const Heading = `h${level}` as const
  const { due: _, ...said } = entry.content
  return (
    <article className="card stack">
      <header className="stack-s">
        <p className="row-tight">
          <span className={`tag ${DUTY_TONES[duty.state]}`}>{t(`supervise.duty_${duty.state}`)}</span>
          {duty.late ? <span className="tag bad">{t('supervise.late')}</span> : null}
          {duty.due ? (
            <span className={`small ${duty.late ? 'bad' : 'soft'}`}>
              {t('supervise.due')} <Dated day={duty.due} />
            </span>
          ) : null}
        </p>
        <Heading className="h-small">{t('supervise.asked', { unit: pick(entry.unit.name) })}</Heading>
        {title ? <p className="faint">{title}</p> : null}
      </header>
      <EntrySaid entry={{ ...entry, content: said }} />
      {after.length > 0 ? <EntryList entries={after} /> : null}
      {answers ? (
        <Adding title={t('supervise.answer')}>
          {(done) => (
            <EntryForm
              kind="follow-up"
              fields={['state', 'text', 'document', 'link']}
              about={entry.about}
              follows={entry.num}
              onSaved={done}
            />
          )}
        </Adding>
      ) : null}
      {closes ? (
        <Adding title={t('supervise.close')}>
          {(done) => (
            <EntryForm
              kind="closing"
              fields={['text', 'document']}
              about={entry.about}
              follows={entry.num}
              onSaved={done}
            />
          )}
        </Adding>
      ) : null}
    </article>
  )
}

/** The duties of some rows, most pressing first: late, open, answered, closed. */
export function Duties({
  entries,
  duties,
  fits,
  titleOf,
  level = 4,
}: {
  entries: readonly Entry[]
  duties: readonly Duty[]
  fits: (entry: Entry) => boolean
  titleOf?: (entry: Entry) => string
  level?: 3 | 4
}) {
  const rank = ({ late, state }: Duty) => (late ? 0 : state === 'open' ? 1 : state === 'answered' ? 2 : 3)
  const shown = duties
    .flatMap((duty) => {
      const entry = entries.find(({ num }) => num === duty.entry)
      return entry && fits(entry) ? [{ entry, duty }] : []
    })
    .sort((a, b) => rank(a.duty) - rank(b.duty)) // oxlint-disable-line unicorn/no-array-sort -- made just now; toSorted is too new
  return (
    <ul className="cards">
      {shown.map(({ entry, duty }) => (
        <li key={entry.num}>
          <DutyCard
            entry={entry}
            duty={duty}
            entries={entries}
            level={level}
            {...(titleOf ? { title: titleOf(entry) } : {})}
          />
        </li>
      ))}
    </ul>
  )
}
