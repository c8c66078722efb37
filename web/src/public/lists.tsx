import { expandArchive } from '#contract/archive.ts'
import type { Page } from '#contract/pages.ts'
import type { ListPageBody, ListViewBody } from '#contract/public.ts'
import { formatDay, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Empty } from '../ui/note.tsx'
import { Reading, To } from './site.tsx'

/** A term in words: P3Y → 3 years. */
function useTerm(): (period: string) => string {
  const { t } = useWords()
  return (period) => {
    const [, number = '', unit] = /^P(\d+)([YM])$/.exec(period) ?? []
    if (unit === undefined) return period
    return unit === 'Y' ? t('site.years', { number }) : t('site.months', { number })
  }
}

/** The lists that the law publishes: organisations', then those of natural persons whose basis says so. */
export function ListsPage({ lists }: Extract<Page, { page: 'lists' }>) {
  const { t } = useWords()
  const groups = [
    { id: 'organisations', word: t('site.listsOrganisations'), own: lists.filter(({ persons }) => !persons) },
    { id: 'persons', word: t('site.listsPersons'), own: lists.filter(({ persons }) => persons) },
  ]
  return (
    <Reading title={t('site.listsTitle')} intro={t('site.listsText')}>
      {groups.map(({ id, word, own }) =>
        own.length === 0 ? null : (
          <section key={id} className="stack chapter" aria-labelledby={id}>
            <h2 id={id}>{word}</h2>
            {id === 'persons' ? <p className="soft">{t('site.listsPersonsText')}</p> : null}
            <ul className="listing">
              {own.map((list) => (
                <ListLine key={list.id} list={list} />
              ))}
            </ul>
          </section>
        ),
      )}
    </Reading>
  )
}

function ListLine({ list }: { list: ListViewBody }) {
  const { t, pick, language } = useWords()
  return (
    <li className="entry">
      <div className="entry-main">
        <h3 className="entry-title">
          <To to={`/lists/${list.id}`}>{pick(list.name)}</To>
        </h3>
        <p className="entry-line">
          <span className="tag">{t(`site.kind.${list.kind}`)}</span>
          <span>{list.origin === 'received' ? t('site.listReceived') : t('site.listDetermined')}</span>
        </p>
      </div>
      <p className="entry-side">
        <span className="num">{t('site.listCount', { number: formatNumber(list.count, language) })}</span>
      </p>
    </li>
  )
}

/** One list: who is on it now, why and until when; and the rules it is kept by. */
export function ListPage({ list: page }: Extract<Page, { page: 'list' }>) {
  const { t, pick, language } = useWords()
  const { list } = page
  return (
    <Reading
      title={pick(list.name)}
      trail={[{ to: '/lists', title: t('site.listsTitle') }]}
      intro={list.origin === 'received' ? t('site.listReceived') : t('site.listDetermined')}
      actions={
        <p className="row">
          <span className="tag">{t(`site.kind.${list.kind}`)}</span>
          <span className="faint num">{t('site.listCount', { number: formatNumber(list.count, language) })}</span>
        </p>
      }
    >
      {list.persons ? (
        <div className="note calm">
          <Icon name="lock" />
          <div>
            <strong>{t('site.entryMasked')}</strong>
            <p>{t('site.maskedNote')}</p>
          </div>
        </div>
      ) : null}
      <div className="record-page">
        {page.entries.length === 0 ? (
          <Empty icon="check" title={t('site.listEmpty')}>
            <p>{t('site.listEmptyText')}</p>
          </Empty>
        ) : (
          <Entries page={page} />
        )}
        <aside className="stack">
          <Rules list={list} />
        </aside>
      </div>
      <nav className="pager no-print" aria-label={t('public.pages')}>
        {page.page === 1 ? null : (
          <To className="button second" to={`/lists/${list.id}`}>
            {t('public.firstPage')}
          </To>
        )}
        {page.next === undefined ? null : (
          <To className="button second" to={`/lists/${list.id}?page=${page.next}`}>
            {t('public.nextPage')}
          </To>
        )}
      </nav>
    </Reading>
  )
}

/** Fields that say what the page says already. */
const SAID = /^(?:MDBH|ZJLX|DWMC|TYSHXYDM|RDJG|RDJGDM|RDRQ|YXQZ|ZXFYDM|JDRQ|JZRQ|AH|WSH|WSMC)$/

function Entries({ page }: { page: ListPageBody }) {
  const { t, pick, language } = useWords()
  const { entries, items, units, displays } = page
  const plain = expandArchive({
    items,
    units,
    displays,
    records: entries,
    access: '',
    at: '',
    subject: { kind: 'organisation', name: '', number: '', found: true },
  })
  return (
    <ul className="listing">
      {entries.map(({ who, published }, at) => {
        const record = plain[at]
        if (!record) return null
        return (
          // entries of natural persons have no name of their own: their place on the page is all there is
          // oxlint-disable-next-line react/no-array-index-key -- drawn once by the server
          <li key={at} className="entry adverse">
            <div className="entry-main">
              <h2 className="entry-title">
                {who.code === undefined ? who.name : <To to={`/organisations/${who.code}/${record.id}`}>{who.name}</To>}
              </h2>
              <p className="entry-line">
                <span className="mono">{who.number}</span>
                {record.marks?.map((mark, n) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the same
                  <span className="tag warn" key={n}>
                    {pick(mark.name)}
                  </span>
                ))}
              </p>
              <dl className="entry-facts">
                {record.fields
                  .filter(({ id }) => !SAID.test(id))
                  .map((field) => (
                    <div key={field.id}>
                      <dt>{pick(field.name)}</dt>
                      <dd>
                        {field.shown
                          ? pick(field.shown)
                          : field.type === 'date'
                            ? formatDay(field.value, language)
                            : field.value}
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
            <p className="entry-side">
              <span>{pick(record.source.name)}</span>
              <time dateTime={record.decided}>{formatDay(record.decided, language)}</time>
              <span>
                {record.display.until
                  ? t('record.untilLast', { day: formatDay(record.display.until, language) })
                  : t('site.entryNoEnd')}
              </span>
              {published ? <span>{t('site.entryPublished', { day: formatDay(published, language) })}</span> : null}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** By which rules a list is kept: what leads to it, who determines it, how long, how one gets off it. */
function Rules({ list }: { list: ListViewBody }) {
  const { t, pick } = useWords()
  const term = useTerm()
  return (
    <section className="card stack" aria-labelledby="rules">
      <h2 id="rules">{t('site.listAbout')}</h2>
      <dl className="facts">
        <div className="fact">
          <dt>{t('site.listWhy')}</dt>
          <dd>
            <ul className="ways">
              {list.criteria.map(({ text, basis }) => (
                <li key={text.zh}>
                  {pick(text)}
                  {basis === list.basis ? null : <span className="faint"> {basis}</span>}
                </li>
              ))}
            </ul>
          </dd>
        </div>
        {list.units.length > 0 ? (
          <div className="fact">
            <dt>{t('site.listWho')}</dt>
            <dd>{list.units.map(pick).join(t('shared.list'))}</dd>
          </div>
        ) : null}
        {list.term ? (
          <div className="fact">
            <dt>{t('site.listTerm')}</dt>
            <dd>{t('site.listTermText', { term: term(list.term) })}</dd>
          </div>
        ) : null}
        <div className="fact">
          <dt>{t('site.listOut')}</dt>
          <dd>
            <ul className="ways">
              {list.removal.map((way) => (
                <li key={way}>{t(`site.removal.${way}`)}</li>
              ))}
            </ul>
          </dd>
        </div>
        <div className="fact">
          <dt>{t(list.publish === list.basis ? 'site.listBoth' : 'site.listBasis')}</dt>
          <dd>{list.basis}</dd>
        </div>
        {list.publish === list.basis ? null : (
          <div className="fact">
            <dt>{t('site.listPublish')}</dt>
            <dd>{list.publish}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
