import type { ReactNode } from 'react'
import { expandArchive, type ArchiveRecordBody } from '#contract/archive.ts'
import type { Page } from '#contract/pages.ts'
import type { PublishedRow } from '#contract/public.ts'
import type { Archive } from '#contract/shapes.ts'
import type { Static } from 'typebox'
import { formatAmount, formatDay, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Basis } from '../record-card.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty } from '../ui/note.tsx'
import { Reading, SearchBox, To, useHref, useSite } from './site.tsx'

export type Listed = Pick<Static<typeof Archive>, 'items' | 'units' | 'displays'> & { records: PublishedRow[] }
export type Shown = ArchiveRecordBody & Pick<PublishedRow, 'organisation' | 'published'>

/** Records with their legends put back in. */
export function expand({ records, ...legends }: Listed): Shown[] {
  const plain = expandArchive({
    ...legends,
    records,
    access: '',
    at: '',
    subject: { kind: 'organisation', name: '', number: '', found: true },
  })
  return plain.flatMap((record, at) => {
    const { organisation, published } = records[at] ?? {}
    return organisation ? [{ ...record, organisation, published }] : []
  })
}

export const addressOf = ({ organisation, id }: Shown): string => `/organisations/${organisation.code}/${id}`
const TONES = { adverse: 'bad', favourable: 'good', neutral: 'brand' } as const

/** Under objection, under repair: the mark goes wherever the record goes. */
function Marks({ record }: { record: Shown }) {
  const { pick } = useWords()
  return record.marks?.map((mark) => (
    <span className="tag warn" key={mark.file}>
      {pick(mark.name)}
    </span>
  ))
}

type Listing = {
  records: Shown[]
  /** by their organisations; else by their documents */
  named?: boolean
  /** the heading above says which kind they are of */
  sorted?: boolean
  level?: 2 | 3
}

/** Published records as a list one can scan: whose, what, by whom, when. */
export function RecordList({ records, named = true, sorted = false, level = 2 }: Listing) {
  const { t, pick, language } = useWords()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <ul className="listing">
      {records.map((record) => (
        <li key={addressOf(record)} className={`entry ${record.nature}`}>
          <div className="entry-main">
            <Heading className="entry-title">
              <To to={addressOf(record)}>
                {named ? record.organisation.name : (record.document ?? pick(record.itemName))}
              </To>
            </Heading>
            <p className="entry-line">
              {sorted ? null : <span className={`tag ${TONES[record.nature]}`}>{pick(record.itemName)}</span>}
              <Marks record={record} />
              {named && record.document ? <span>{record.document}</span> : null}
            </p>
          </div>
          <p className="entry-side">
            <span>{pick(record.source.name)}</span>
            <time dateTime={record.decided} title={t('record.decided')}>
              {formatDay(record.decided, language)}
            </time>
          </p>
        </li>
      ))}
    </ul>
  )
}

type Filter = Extract<Page, { page: 'records' }>['filter']

/** The address of a page of a filtered list. */
function addressIn(to: string, filter: Filter, after?: string): string {
  const all = { item: filter.item, unit: filter.unit, sort: filter.oldest ? 'oldest' : undefined, after }
  const search = new URLSearchParams(
    Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
  return `${to}${search.size > 0 ? `?${search.toString()}` : ''}`
}

/** One choice of a filter. */
export function Choose({
  name,
  label,
  options,
  chosen,
}: {
  name: string
  label: string
  options: Extract<Page, { page: 'records' }>['units']
  chosen: string | undefined
}) {
  const { t, pick } = useWords()
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} className="input" defaultValue={chosen ?? ''}>
        <option value="">{t('public.all')}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {pick(option.name)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The filter of a list, as a form that works without script. */
export function Filters({ to, filter, children }: { to: string; filter: Filter; children: ReactNode }) {
  const { t, language } = useWords()
  const { of } = useSite()
  return (
    <form className="filters card no-print" method="get" action={to}>
      {children}
      <div className="field">
        <label htmlFor="sort">{t('public.sort')}</label>
        <select id="sort" name="sort" className="input" defaultValue={filter.oldest ? 'oldest' : ''}>
          <option value="">{t('public.newestFirst')}</option>
          <option value="oldest">{t('public.oldestFirst')}</option>
        </select>
      </div>
      {language === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
      {of === undefined ? null : <input type="hidden" name="of" value={of} />}
      <button type="submit" className="button second">
        {t('public.filterGo')}
      </button>
    </form>
  )
}

export function Pager({ to, filter, next }: { to: string; filter: Filter; next: string | undefined }) {
  const { t } = useWords()
  return (
    <nav className="pager no-print" aria-label={t('public.pages')}>
      {filter.after === undefined ? null : (
        <To className="button second" to={addressIn(to, filter)}>
          {t('public.firstPage')}
        </To>
      )}
      {next === undefined ? null : (
        <To className="button second" to={addressIn(to, filter, next)}>
          {t('public.nextPage')}
        </To>
      )}
    </nav>
  )
}

/** Decisions about organisations, a page of them. */
export function RecordsPage({ filter, list, items, units }: Extract<Page, { page: 'records' }>) {
  const { t } = useWords()
  return (
    <Reading title={t('public.recordsTitle')} intro={t('public.recordsText')}>
      <SearchBox />
      <Filters to="/records" filter={filter}>
        <Choose name="item" label={t('public.filterItem')} options={items} chosen={filter.item} />
        <Choose name="unit" label={t('public.filterUnit')} options={units} chosen={filter.unit} />
      </Filters>
      {list.records.length === 0 ? (
        <Empty icon="file" title={t('public.recordsNone')} />
      ) : (
        <RecordList records={expand(list)} />
      )}
      <Pager to="/records" filter={filter} next={list.next} />
    </Reading>
  )
}

/** What a search found. */
export function SearchPage({ text, found }: Extract<Page, { page: 'search' }>) {
  const { t, language } = useWords()
  return (
    <Reading title={t('public.searchTitle')} intro={t('public.searchText')}>
      <SearchBox text={text} />
      {text === '' ? null : found.length === 0 ? (
        <Empty icon="search" title={t('public.searchNone')}>
          <p>{t('public.searchNoneText')}</p>
        </Empty>
      ) : (
        <>
          <p className="soft">{t('public.searchFound', { number: formatNumber(found.length, language) })}</p>
          <ul className="listing">
            {found.map(({ name, code, records, adverse }) => (
              <li key={code} className="entry">
                <div className="entry-main">
                  <h2 className="entry-title">
                    <To to={`/organisations/${code}`}>{name}</To>
                  </h2>
                  <p className="entry-line mono">{code}</p>
                </div>
                <p className="entry-side">
                  <span>{t('public.recordCount', { number: formatNumber(records, language) })}</span>
                  {adverse > 0 ? (
                    <span>{t('public.adverseCount', { number: formatNumber(adverse, language) })}</span>
                  ) : null}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Reading>
  )
}

/** All that is published of one organisation. */
export function OrganisationPage({ organisation }: Extract<Page, { page: 'organisation' }>) {
  const { t, language } = useWords()
  const { today } = useSite()
  const records = expand(organisation)
  const groups = [
    { nature: 'adverse', word: 'public.groupAdverse' },
    { nature: 'favourable', word: 'public.groupFavourable' },
    { nature: 'neutral', word: 'public.groupNeutral' },
  ] as const
  return (
    <Reading
      title={organisation.name}
      trail={[{ to: '/records', title: t('public.navRecords') }]}
      intro={
        <>
          {t('public.creditCode')} <span className="mono">{organisation.code}</span>
        </>
      }
    >
      <dl className="tally">
        {groups.map(({ nature, word }) => (
          <div key={nature}>
            <dt>{t(word)}</dt>
            <dd className="num">
              {formatNumber(records.filter((record) => record.nature === nature).length, language)}
            </dd>
          </div>
        ))}
      </dl>
      {groups.map(({ nature, word }) => {
        const own = records.filter((record) => record.nature === nature)
        return own.length === 0 ? null : (
          <section key={nature} className="stack" aria-labelledby={nature}>
            <h2 id={nature}>{t(word)}</h2>
            <RecordList records={own} named={false} level={3} />
          </section>
        )
      })}
      <Extent>{t('public.organisationText', { day: formatDay(today, language) })}</Extent>
    </Reading>
  )
}

/** What a page does not say. */
function Extent({ children }: { children: ReactNode }) {
  return (
    <div className="note calm extent">
      <Icon name="info" />
      <div>
        <p>{children}</p>
      </div>
    </div>
  )
}

/** One published record: what was decided, on which basis, until when it is here, how to contest it. */
export function RecordPage({ organisation, record: id }: Extract<Page, { page: 'record' }>) {
  const { t, pick, language } = useWords()
  const href = useHref()
  const record = expand(organisation).find((one) => one.id === id)
  if (!record) return null
  const show = ({ value, shown, type, unit }: Shown['fields'][number]): string => {
    if (shown) return pick(shown)
    if (type === 'date') return formatDay(value, language)
    if (type === 'money') return `${formatAmount(value, language)}${unit ? ` ${pick(unit)}` : ''}`
    return unit ? `${value} ${pick(unit)}` : value
  }
  return (
    <Reading
      title={pick(record.itemName)}
      intro={
        <a href={href(`/organisations/${organisation.code}`)}>
          {organisation.name} <span className="mono">{organisation.code}</span>
        </a>
      }
      trail={[
        { to: '/records', title: t('public.navRecords') },
        { to: `/organisations/${organisation.code}`, title: organisation.name },
      ]}
      actions={
        <p className="row">
          <span className={`tag ${TONES[record.nature]}`}>{t(`record.${record.nature}`)}</span>
          <Marks record={record} />
        </p>
      }
    >
      <div className="record-page">
        <section className="card stack" aria-labelledby="decision">
          <h2 id="decision">{t('public.decision')}</h2>
          <dl className="facts">
            {record.fields.map((field) => (
              <div className="fact" key={field.id}>
                <dt>{pick(field.name)}</dt>
                <dd>{show(field)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <aside className="stack">
          <section className="card stack" aria-labelledby="term">
            <h2 id="term">{t('public.term')}</h2>
            <dl className="facts">
              <div className="fact">
                <dt>{t('record.decided')}</dt>
                <dd>{formatDay(record.decided, language)}</dd>
              </div>
              {record.published ? (
                <div className="fact">
                  <dt>{t('public.published')}</dt>
                  <dd>{formatDay(record.published, language)}</dd>
                </div>
              ) : null}
              <div className="fact">
                <dt>{t('public.ends')}</dt>
                <dd>
                  {record.display.until
                    ? t('record.untilLast', { day: formatDay(record.display.until, language) })
                    : t('record.noEnd')}
                </dd>
              </div>
              <div className="fact">
                <dt>{t('record.displayClass')}</dt>
                <dd>{pick(record.display.class)}</dd>
              </div>
              <div className="fact">
                <dt>{t('record.source')}</dt>
                <dd>{pick(record.source.name)}</dd>
              </div>
            </dl>
          </section>
          <section className="card stack" aria-labelledby="basis">
            <h2 id="basis">{t('record.basis')}</h2>
            <Basis list={record.basis} />
            <h3>{t('record.displayBasis')}</h3>
            <Basis list={record.display.basis} />
          </section>
          {record.remedy ? (
            <div className="note brand">
              <Icon name="flag" />
              <div>
                <strong>{t('record.remedy')}</strong>
                <p>{pick(record.remedy)}</p>
              </div>
            </div>
          ) : null}
        </aside>
      </div>
    </Reading>
  )
}
