import type { Page } from '#contract/pages.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Empty } from '../ui/note.tsx'
import { addressOf, Choose, expand, Filters, Pager, type Shown } from './records.tsx'
import { Reading, SearchBox, To } from './site.tsx'

/** What organisations promised, and whether they kept it: a column of its own (R15). */
export function CommitmentsPage({ filter, list, units }: Extract<Page, { page: 'commitments' }>) {
  const { t, pick, language } = useWords()
  const records = expand(list)
  return (
    <Reading title={t('site.commitmentsTitle')} intro={t('site.commitmentsText')}>
      <SearchBox />
      <Filters to="/commitments" filter={filter}>
        <Choose name="unit" label={t('public.filterUnit')} options={units} chosen={filter.unit} />
      </Filters>
      {records.length === 0 ? (
        <Empty icon="file" title={t('site.commitmentsNone')} />
      ) : (
        <ul className="listing">
          {records.map((record) => (
            <li key={addressOf(record)} className="entry neutral">
              <div className="entry-main">
                <h2 className="entry-title">
                  <To to={addressOf(record)}>{record.organisation.name}</To>
                </h2>
                <p className="entry-line">
                  <State record={record} />
                  <span>{saidOf(record, 'CNSX')}</span>
                </p>
              </div>
              <p className="entry-side">
                <span>{pick(record.source.name)}</span>
                <time dateTime={record.decided} title={t('site.commitmentOn')}>
                  {formatDay(record.decided, language)}
                </time>
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager to="/commitments" filter={filter} next={list.next} />
    </Reading>
  )
}

const saidOf = (record: Shown, id: string): string => record.fields.find((field) => field.id === id)?.value ?? ''
const PERFORMED = '2'

function State({ record }: { record: Shown }) {
  const { pick } = useWords()
  const field = record.fields.find(({ id }) => id === 'LXZT')
  if (!field?.shown) return null
  return <span className={`tag ${field.value === PERFORMED ? 'good' : 'brand'}`}>{pick(field.shown)}</span>
}
