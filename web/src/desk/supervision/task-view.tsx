import { useQuery } from '@tanstack/react-query'
import { call, type Reply } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useWords, type Words } from '../../i18n.ts'
import { Failure, Skeleton } from '../../ui/note.tsx'
import { Adding } from './adding.tsx'
import { EntryForm, type EntryField } from './entry-form.tsx'
import { EntryList, TONES, type Entry } from './entry-list.tsx'
import { MoneyLines } from './funds-page.tsx'
import { nameIn, useMay, usePlan, type Plan } from './plan.ts'
import { Left } from './left.tsx'

type Task = Reply<'task'>

/** What each kind of row about a task says. */
const FORMS = {
  progress: ['state', 'text', 'document', 'link'],
  evidence: ['text', 'document', 'link'],
  inspection: ['of', 'year', 'text', 'document'],
  accountability: ['of', 'text', 'due', 'document'],
} as const satisfies Record<string, readonly EntryField[]>
type Kind = keyof typeof FORMS
const isKind = (text: string): text is Kind => text in FORMS

/** One task: what the document says of it, how it stands, all that was said, and what may be added. */
export function TaskView({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useWords()
  const plan = usePlan()
  const task = useQuery({
    queryKey: ['supervision', 'task', id],
    queryFn: ({ signal }) => call('task', { params: { task: id } }, signal),
  })
  return (
    <div className="stack-l">
      <div className="row no-print">
        <button type="button" className="button quiet" onClick={onBack}>
          {t('tasks.back')}
        </button>
        <button type="button" className="button quiet" onClick={() => print()}>
          {t('tasks.print')}
        </button>
      </div>
      {task.isPending || plan.isPending ? <Skeleton lines={9} /> : null}
      {task.isError ? <Failure error={task.error} onRetry={() => void task.refetch()} /> : null}
      {plan.isError ? <Failure error={plan.error} onRetry={() => void plan.refetch()} /> : null}
      {task.data && plan.data ? <Body data={task.data} plan={plan.data} /> : null}
    </div>
  )
}

function Body({ data, plan }: { data: Task; plan: Plan }) {
  const { t, pick } = useWords()
  const may = useMay()
  const { task, entries } = data
  const taking = [...task.lead, ...task.joint]
  const units = plan.units.filter(({ id }) => taking.includes(id))
  const answers = may.unit !== undefined && may.say && taking.includes(may.unit)
  const form = (kind: Kind, onSaved: () => void, replaces?: Entry) => (
    <EntryForm
      key={`${kind} ${replaces?.num ?? ''}`}
      kind={kind}
      fields={FORMS[kind]}
      about={task.id}
      units={units}
      {...(replaces ? { replaces: { ...replaces, of: replaces.unit.id }, of: replaces.unit.id } : {})}
      onSaved={onSaved}
    />
  )
  const correct = (entry: Entry, onDone: () => void) => {
    if (!isKind(entry.kind)) return null
    const own = entry.kind === 'progress' || entry.kind === 'evidence'
    return (own ? answers && entry.unit.id === may.unit : may.office) ? form(entry.kind, onDone, entry) : null
  }
  return (
    <>
      <article className="card stack">
        <header className="stack-s">
          <p className="row-tight">
            <span className={`tag ${TONES[task.state]}`}>{t(`supervise.state_${task.state}`)}</span>
            {task.late ? <span className="tag bad">{t('tasks.late')}</span> : null}
            <span className="faint">
              {t('tasks.number', { document: pick(nameIn(plan.documents, task.document)), number: task.number })}
            </span>
          </p>
          <h2>{pick(task.title)}</h2>
        </header>
        <Facts data={data} plan={plan} />
      </article>
      {answers ? (
        <div className="adding-list">
          <Adding title={t('supervise.addProgress')}>{(done) => form('progress', done)}</Adding>
          <Adding title={t('supervise.addEvidence')}>{(done) => form('evidence', done)}</Adding>
        </div>
      ) : (
        <p className="soft no-print">{t('tasks.onlyLead')}</p>
      )}
      {may.office ? (
        <div className="adding-list">
          <Adding title={t('supervise.addInspection')}>{(done) => form('inspection', done)}</Adding>
          <Adding title={t('supervise.addAccountability')}>{(done) => form('accountability', done)}</Adding>
        </div>
      ) : null}
      <section className="stack" aria-labelledby="history">
        <h2 id="history">{t('tasks.history')}</h2>
        {entries.length === 0 ? <p className="soft">{t('tasks.noHistory')}</p> : null}
        <EntryList entries={entries} correct={correct} />
      </section>
    </>
  )
}

function Facts({ data: { task, text, evidence, basis, money }, plan }: { data: Task; plan: Plan }) {
  const { t, pick, language } = useWords()
  const named = (ids: readonly string[]) => ids.map((id) => pick(nameIn(plan.units, id))).join(t('shared.list'))
  const list = (texts: readonly Words[]) => texts.map(pick).join(language === 'zh' ? '；' : '; ')
  return (
    <dl className="facts">
      <div className="fact">
        <dt>{t('tasks.text')}</dt>
        <dd className="measure">{pick(text)}</dd>
      </div>
      <div className="fact">
        <dt>{t('tasks.lead')}</dt>
        <dd>{named(task.lead)}</dd>
      </div>
      {task.joint.length > 0 ? (
        <div className="fact">
          <dt>{t('tasks.joint')}</dt>
          <dd>{named(task.joint)}</dd>
        </div>
      ) : null}
      <div className="fact">
        <dt>{t('tasks.due')}</dt>
        <dd>
          {task.due.length === 0 ? t(task.continuing ? 'tasks.continuing' : 'tasks.noDue') : null}
          <ul>
            {task.due.map(({ date, what }) => (
              <li key={date}>
                {formatDay(date, language)}
                {what ? `${language === 'zh' ? '：' : ': '}${pick(what)}` : ''}{' '}
                {task.next?.date === date ? <Left days={task.next.days} /> : null}
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div className="fact">
        <dt>{t('tasks.evidence')}</dt>
        <dd>{list(evidence)}</dd>
      </div>
      <div className="fact">
        <dt>{t('tasks.basis')}</dt>
        <dd>
          {basis.map(({ document, article, unverified }) => (
            <span key={`${document} ${article ?? ''}`} className="block">
              {document} {article ?? ''} {unverified ? <span className="soft">{t('record.unverified')}</span> : null}
            </span>
          ))}
        </dd>
      </div>
      {money.length > 0 ? (
        <div className="fact">
          <dt>{t('tasks.money')}</dt>
          <dd>
            <MoneyLines money={money} plan={plan} />
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
