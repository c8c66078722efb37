import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type Reply } from '../../api.ts'
import { joinLegends, type ShownRecord } from '../../archive.ts'
import { Evidence } from '../../case/evidence.tsx'
import { StepForm, type Closed, type Correctable } from '../../case/step-form.tsx'
import { CaseState, CaseTimeline } from '../../case/timeline.tsx'
import { formatDay, formatInstant } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { RecordCard } from '../../record-card.tsx'
import { useSession } from '../../session.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { LawOfList, LawOfRepair } from './law.tsx'
import { DrawnFrom } from './drawn-from.tsx'
import { useLists } from './use-lists.ts'

type Opened = Reply<'openCase'>

/** One case at the desk: on one side what it is about, with papers and law; on the other its history and the next step. */
export function CaseFile({ id, onBack, back }: { id: string; onBack: () => void; back: string }) {
  const { t, language } = useWords()
  const client = useQueryClient()
  const opened = useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => call('openCase', { params: { case: id } }, signal),
    // each opening is a look-up that the person sees: not again by itself
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (opened.isPending) return <Skeleton lines={8} />
  if (opened.isError) return <Failure error={opened.error} onRetry={() => void opened.refetch()} />
  const { access, at } = opened.data
  const read = () => {
    for (const key of ['cases', 'listings', 'measures']) void client.invalidateQueries({ queryKey: [key] })
    void opened.refetch()
  }
  return (
    <div className="stack-l">
      <div className="row no-print">
        <button type="button" className="button quiet" onClick={onBack}>
          {back}
        </button>
      </div>
      <Note tone="brand" icon="eye" title={t('lookUp.recorded')}>
        <p className="num">{t('lookUp.recordedText', { access, at: formatInstant(at, language) })}</p>
      </Note>
      <div className="case-sides">
        <About opened={opened.data} />
        <History opened={opened.data} onDone={read} />
      </div>
    </div>
  )
}

/** Whose it is, the record, the papers, the law. */
function About({ opened }: { opened: Opened }) {
  const { t } = useWords()
  const { who } = useSession()
  const { case: body, subject } = opened
  const records = joinLegends({ ...opened, subject: { ...subject, found: true } })
  const [record] = records
  const own = who.unit?.id === body.owner.id && (who.roles.includes('clerk') || who.roles.includes('reviewer'))
  const [first] = body.steps
  return (
    <section className="stack" aria-label={t('caseFile.about')}>
      <section className="card subject-head">
        <div>
          <p className="faint">{t(`subject.${subject.kind}`)}</p>
          <p className="subject-name">{subject.name || t('caseFile.notOnFile')}</p>
          <p className="soft num">{subject.number}</p>
        </div>
      </section>
      {body.machine === 'repair' && record?.ways?.rule ? (
        <LawOfRepair
          rule={opened.repairs[record.ways.rule]}
          from={record.ways.from}
          met={first?.content.fields?.['conditions']}
        />
      ) : null}
      {first?.content.fields?.['list'] ? (
        <LawOfList list={first.content.fields['list']} criterion={first.content.fields['criterion'] ?? ''} />
      ) : null}
      {own ? (
        <section className="card stack">
          <h2 className="h-small">{t('paper.title')}</h2>
          <Evidence id={body.case} side="desk" open={!body.closed} />
        </section>
      ) : null}
      {body.machine === 'campaign' && own ? <DrawnFrom id={body.case} /> : null}
      {records.length === 0 && body.machine !== 'campaign' && !first?.content.fields?.['list'] ? (
        <Empty icon="file" title={t('cases.noRecord')} />
      ) : null}
      {records.map((one) => (
        <RecordCard key={one.version} record={one} level={2} open={one.state === 'shown'} />
      ))}
    </section>
  )
}

/** What has happened, and what comes next. */
function History({ opened, onDone }: { opened: Opened; onDone: () => void }) {
  const { t, pick, language } = useWords()
  const { case: body } = opened
  const [record] = joinLegends({ ...opened, subject: { ...opened.subject, found: true } })
  const closed = useClosed(body.steps[0]?.content.fields?.['list'])
  const waits = body.state.window ?? body.steps.flatMap((step) => step.window ?? []).at(-1)
  return (
    <section className="card stack" aria-label={t('cases.case')}>
      <header className="stack-s">
        <h2 className="h-small">
          {pick(body.name)} · {pick(body.owner.name)}
        </h2>
        <CaseState {...body} />
      </header>
      <CaseTimeline body={body} notices={opened.notices} />
      {body.next.length > 0 ? (
        <StepForm
          key={body.steps.length}
          next={body.next}
          machine={body.machine}
          closed={closed}
          correctable={record ? correctableOf(record, pick) : []}
          hints={{
            determine: waits ? t('caseFile.determine', { day: formatDay(waits, language) }) : t('caseFile.another'),
            notify: t('caseFile.notify'),
            serve: t('caseFile.serve'),
            grant: body.machine === 'repair' ? t('caseFile.grant') : '',
            carry: t('caseFile.carry'),
            remove: t('caseFile.remove'),
          }}
          onDone={onDone}
          send={(kind, content) =>
            call('stepCase', { params: { case: body.case }, body: { kind, step: body.steps.length, content } })
          }
        />
      ) : (
        <p className="soft">{t(body.closed ? 'caseFile.closed' : 'caseFile.notYours')}</p>
      )}
    </section>
  )
}

/** The ways out that the list of a case has. */
function useClosed(list: string | undefined): Closed {
  const { t } = useWords()
  const lists = useLists(list !== undefined)
  const found = lists.data?.lists.find(({ id }) => id === list)
  if (!found) return {}
  return {
    'remove/outcome': found.removal.flatMap((way) => {
      const known = REMOVAL.find((one) => one === way)
      return known ? [{ value: way, title: t(`caseFile.way.${known}`) }] : []
    }),
  }
}
const REMOVAL = ['term', 'performance', 'repair', 'review', 'revocation', 'source', 'request'] as const

const correctableOf = (record: ShownRecord, pick: (words: { zh: string; en: string }) => string): Correctable =>
  record.facts.map(({ field, value }) => ({ id: field.id, name: pick(field.name), value, date: field.type === 'date' }))
