import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { Evidence } from '../case/evidence.tsx'
import { StepForm } from '../case/step-form.tsx'
import { CaseState, CaseTimeline, type CaseBody } from '../case/timeline.tsx'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Empty, Failure, Note, Skeleton } from '../ui/note.tsx'

const ABOUT: readonly string[] = ['listing', 'exemplar', 'received', 'measure']

/** Everything under way and decided about the person: where it stands, what is due, what they can do. */
export function MyCases() {
  const { t } = useWords()
  const cases = useQuery({ queryKey: ['my-cases'], queryFn: ({ signal }) => call('myCases', { query: {} }, signal) })
  if (cases.isPending) return <Skeleton lines={6} />
  if (cases.isError) return <Failure error={cases.error} onRetry={() => void cases.refetch()} />
  // what others decide about the person has its page; what they began themselves is here
  const own = cases.data.cases.filter(({ machine }) => !ABOUT.includes(machine))
  const about = cases.data.cases.filter((one) => ABOUT.includes(one.machine) && !one.closed)
  const open = own.filter(({ closed }) => !closed)
  const closed = own.filter((one) => one.closed)
  if (cases.data.cases.length === 0)
    return (
      <Empty icon="flag" title={t('me.casesEmpty')}>
        <p>{t('me.casesEmptyText')}</p>
        <Link to="/me">{t('me.archive')}</Link>
      </Empty>
    )
  return (
    <div className="stack-l">
      {about.length > 0 ? (
        <Note
          tone="brand"
          icon="alert"
          title={t('me.casesAbout', { count: about.length })}
          actions={
            <Link className="button second" to="/me/decisions">
              {t('decided.title')}
            </Link>
          }
        />
      ) : null}
      <ul className="stack">
        {open.map((one) => (
          <li key={one.case}>
            <MyCase body={one} open />
          </li>
        ))}
      </ul>
      {closed.length > 0 ? (
        <section className="stack">
          <h2 className="h-small">{t('me.casesClosed')}</h2>
          <ul className="stack">
            {closed.map((one) => (
              <li key={one.case}>
                <MyCase body={one} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function MyCase({ body, open = false }: { body: CaseBody; open?: boolean }) {
  const { t, pick, language } = useWords()
  const client = useQueryClient()
  const read = () => {
    for (const key of ['my-cases', 'my-archive', 'my-notices']) void client.invalidateQueries({ queryKey: [key] })
  }
  return (
    <article className="card stack">
      <header className="stack-s">
        <h2 className="h-small">
          {pick(body.name)} · {pick(body.owner.name)}
        </h2>
        <CaseState {...body} />
        <p className="faint">{t('case.openedOn', { day: formatDay(body.opened, language) })}</p>
      </header>
      <details className="fold" open={open}>
        <summary>{t('case.history')}</summary>
        <CaseTimeline body={body} />
      </details>
      <details className="fold">
        <summary>{t('paper.title')}</summary>
        <Evidence id={body.case} side="person" open={!body.closed} />
      </details>
      <StepForm
        key={body.steps.length}
        next={body.next}
        onDone={read}
        send={(kind, content) =>
          call('stepMyCase', { params: { case: body.case }, body: { kind, step: body.steps.length, content } })
        }
      />
    </article>
  )
}
