import { formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Basis } from '../record-card.tsx'
import { useCatalog } from '../shell.tsx'
import { Icon } from '../ui/icon.tsx'
import { Failure, Skeleton } from '../ui/note.tsx'

/** What the catalogue lets departments record, and what nobody may. */
export function CatalogSection() {
  const { t, pick, language } = useWords()
  const catalog = useCatalog()
  const units = new Map(catalog.data?.units.map((unit) => [unit.id, unit.name]))
  const figures = [
    { word: t('public.catalogItems'), count: catalog.data?.items.length },
    { word: t('public.catalogUnits'), count: catalog.data?.units.length },
    { word: t('public.catalogPurposes'), count: catalog.data?.purposes.length },
  ]
  return (
    <section className="band" aria-labelledby="catalogue">
      <div className="band-head">
        <h2 id="catalogue">{t('public.catalogTitle')}</h2>
        <p className="soft">{t('public.catalogText')}</p>
      </div>
      {catalog.isPending ? <Skeleton /> : null}
      {catalog.isError ? <Failure error={catalog.error} onRetry={() => void catalog.refetch()} /> : null}
      {catalog.isSuccess ? (
        <>
          <dl className="counts">
            {figures.map(({ word, count }) => (
              <div key={word}>
                <dt>{word}</dt>
                <dd className="num">{formatNumber(count ?? 0, language)}</dd>
              </div>
            ))}
          </dl>
          <div className="note never">
            <Icon name="lock" />
            <div>
              <strong>{t('public.neverTitle')}</strong>
              <p>{t('public.neverText')}</p>
            </div>
          </div>
          <details className="fold">
            <summary>{t('public.catalogMore')}</summary>
            <ul className="catalog-items">
              {catalog.data.items.map((item) => (
                <li key={item.id} className="card">
                  <h3>{pick(item.name)}</h3>
                  <dl className="facts">
                    <div className="fact">
                      <dt>{t('public.catalogSubject')}</dt>
                      <dd>{t(item.subject === 'organisation' ? 'subject.organisation' : 'subject.person')}</dd>
                    </div>
                    <div className="fact">
                      <dt>{t('public.catalogTerm')}</dt>
                      <dd>{pick(item.display)}</dd>
                    </div>
                    <div className="fact">
                      <dt>{t('record.basis')}</dt>
                      <dd>
                        <Basis list={item.basis} />
                      </dd>
                    </div>
                    <div className="fact">
                      <dt>{t('public.catalogWho')}</dt>
                      <dd>
                        {item.sources.map((id) => pick(units.get(id) ?? { zh: id, en: id })).join(t('shared.list')) ||
                          t('shared.none')}
                      </dd>
                    </div>
                  </dl>
                </li>
              ))}
            </ul>
          </details>
        </>
      ) : null}
    </section>
  )
}
