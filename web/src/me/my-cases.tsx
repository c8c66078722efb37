import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { StepForm } from '../case/step-form.tsx'
import { CaseState, CaseTimeline, type CaseBody } from '../case/timeline.tsx'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

/** Everything under way and decided about the person: where it stands, what is due, what they can do. */
export function MyCases() {
  const { t } = useWords()
  const cases = useQuery({ queryKey: ['my-cases'], queryFn: ({ signal }) => call('myCases', { query: {} }, signal) })
  if (cases.isPending) return <Skeleton lines={6} />
  if (cases.isError) return <Failure error={cases.error} onRetry={() => void cases.refetch()} />
  const open = cases.data.cases.filter(({ closed }) => !closed)
  const closed = cases.data.cases.filter((one) => one.closed)
  if (cases.data.cases.length === 0)
    return (
      <Empty icon="flag" title={t('me.casesEmpty')}>
        <p>{t('me.casesEmptyText')}</p>
        <Link to="/me">{t('me.archive')}</Link>
      </Empty>
    )
  return (
    <div className="stack-l">
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
      <StepForm
        next={body.next}
        onDone={read}
        send={(kind, content) =>
          call('stepMyCase', { params: { case: body.case }, body: { kind, step: body.steps.length, content } })
        }
      />
    </article>
  )
}
