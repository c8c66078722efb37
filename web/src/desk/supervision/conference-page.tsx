import type { Reply } from '../../api.ts'
import { useWords } from '../../i18n.ts'
import { Empty, Failure, Skeleton } from '../../ui/note.tsx'
import { Adding } from './adding.tsx'
import { Duties } from './duty-card.tsx'
import { Dated, EntryForm } from './entry-form.tsx'
import { EntrySaid, newestFirst, type Entry } from './entry-list.tsx'
import { nameIn, useArea, useMay, usePlan, type Plan } from './plan.ts'
import '../../style/supervision.css'

type Area = Reply<'supervisionArea'>
type Body = Plan['bodies'][number]

/** Leading groups and joint conferences: members, meetings, decisions, and what became of each. */
export function ConferencePage() {
  const { t } = useWords()
  const plan = usePlan()
  const area = useArea('conference')
  if (plan.isPending || area.isPending) return <Skeleton lines={8} />
  if (plan.isError) return <Failure error={plan.error} onRetry={() => void plan.refetch()} />
  if (area.isError) return <Failure error={area.error} onRetry={() => void area.refetch()} />
  const met = (body: Body) => area.data.entries.filter(({ about }) => about === body.id).length
  const bodies = [...plan.data.bodies].sort((a, b) => met(b) - met(a)) // oxlint-disable-line unicorn/no-array-sort -- a copy; toSorted is too new
  if (bodies.length === 0) return <Empty icon="folder" title={t('conference.empty')} />
  return (
    <div className="stack-l">
      {bodies.map((body) => (
        <BodyView key={body.id} body={body} plan={plan.data} area={area.data} />
      ))}
    </div>
  )
}

function BodyView({ body, plan, area }: { body: Body; plan: Plan; area: Area }) {
  const { t, pick } = useWords()
  const may = useMay()
  const own = area.entries.filter(({ about }) => about === body.id)
  const replaced = new Set(own.map(({ replaces }) => replaces))
  const meetings = newestFirst(own.filter(({ kind, num }) => kind === 'meeting' && !replaced.has(num)))
  const loose = own.filter(({ kind, follows }) => kind === 'decision' && follows === undefined)
  const names = (units: Plan['units']) => units.map(({ name }) => pick(name)).join(t('shared.list'))
  return (
    <section className="stack" aria-labelledby={`body-${body.id}`}>
      <div className="card stack">
        <h2 id={`body-${body.id}`}>{pick(body.name)}</h2>
        <dl className="facts">
          {body.chair ? (
            <div className="fact">
              <dt>{t('conference.chair')}</dt>
              <dd>{pick(body.chair)}</dd>
            </div>
          ) : null}
          <div className="fact">
            <dt>{t('conference.lead')}</dt>
            <dd>{names(body.lead)}</dd>
          </div>
          {body.office.length > 0 ? (
            <div className="fact">
              <dt>{t('conference.office')}</dt>
              <dd>{names(body.office)}</dd>
            </div>
          ) : null}
          <div className="fact">
            <dt>{t('tasks.basis')}</dt>
            <dd>{body.basis.map(({ document, article = '' }) => `${document} ${article}`).join('；')}</dd>
          </div>
        </dl>
        <details className="fold">
          <summary>{t('conference.members', { count: body.members.length })}</summary>
          <p>
            {body.everyUnit ? `${t('conference.every')}${t('shared.list')}` : ''}
            {names(body.members)}
          </p>
        </details>
      </div>
      {may.office ? (
        <Adding title={t('conference.addMeeting')}>
          {(done) => (
            <EntryForm
              kind="meeting"
              fields={['text', 'document', 'link', 'present']}
              about={body.id}
              units={body.members}
              onSaved={done}
            />
          )}
        </Adding>
      ) : null}
      <h3>{t('conference.meetings')}</h3>
      {meetings.length === 0 ? <p className="soft">{t('conference.noMeetings')}</p> : null}
      {meetings.map((meeting) => (
        <Meeting key={meeting.num} meeting={meeting} plan={plan} area={area} members={body.members} />
      ))}
      {loose.length > 0 ? (
        <>
          <h3>{t('conference.other')}</h3>
          <Duties entries={area.entries} duties={area.duties} fits={(entry) => loose.includes(entry)} />
        </>
      ) : null}
    </section>
  )
}

function Meeting({ meeting, plan, area, members }: { meeting: Entry; plan: Plan; area: Area; members: Plan['units'] }) {
  const { t, pick } = useWords()
  const may = useMay()
  const { present = [] } = meeting.content
  return (
    <section className="stack meeting">
      <div className="stack-s">
        <p>
          <strong>
            <Dated day={meeting.day} />
          </strong>
        </p>
        <EntrySaid entry={meeting} />
        <details className="fold">
          <summary>{t('conference.present', { count: present.length })}</summary>
          <p>{present.map((id) => pick(nameIn(plan.units, id))).join(t('shared.list'))}</p>
        </details>
      </div>
      <Duties
        entries={area.entries}
        duties={area.duties}
        fits={({ kind, follows }) => kind === 'decision' && follows === meeting.num}
      />
      {may.office ? (
        <Adding title={t('conference.addDecision')}>
          {(done) => (
            <EntryForm
              kind="decision"
              fields={['of', 'text', 'due']}
              about={meeting.about}
              follows={meeting.num}
              units={members}
              onSaved={done}
            />
          )}
        </Adding>
      ) : null}
    </section>
  )
}
