import type { Page } from '#contract/pages.ts'
import { formatNumber, shorten } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Basis } from '../record-card.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Reading } from './site.tsx'

const RIGHTS = [
  { icon: 'file', title: 'public.rightSee', text: 'public.rightSeeText', law: 'public.rightSeeLaw' },
  { icon: 'eye', title: 'public.rightWho', text: 'public.rightWhoText', law: 'public.rightWhoLaw' },
  { icon: 'key', title: 'public.rightConsent', text: 'public.rightConsentText', law: 'public.rightConsentLaw' },
  { icon: 'check', title: 'public.rightCorrect', text: 'public.rightCorrectText', law: 'public.rightCorrectLaw' },
  { icon: 'shield', title: 'public.rightRepair', text: 'public.rightRepairText', law: 'public.rightRepairLaw' },
  { icon: 'clock', title: 'public.rightEnd', text: 'public.rightEndText', law: 'public.rightEndLaw' },
] as const satisfies readonly { icon: IconName; title: string; text: string; law: string }[]

const EXAMPLE = [
  { title: 'public.exampleBy', text: 'public.exampleByText' },
  { title: 'public.exampleBasis', text: 'public.exampleBasisText' },
  { title: 'public.exampleUntil', text: 'public.exampleUntilText' },
  { title: 'public.exampleRemedy', text: 'public.exampleRemedyText' },
] as const

/** What everybody may ask for, each with its law. */
export function Rights() {
  const { t } = useWords()
  return (
    <ul className="rights">
      {RIGHTS.map((right) => (
        <li key={right.title} className="right">
          <Icon name={right.icon} size={28} />
          <h3>{t(right.title)}</h3>
          <p>{t(right.text)}</p>
          <p className="right-law">{t(right.law)}</p>
        </li>
      ))}
    </ul>
  )
}

/** A record's card, drawn: what each one has to say. */
function Specimen() {
  const { t } = useWords()
  return (
    <figure className="specimen">
      <figcaption className="row-between">
        <span>{t('public.example')}</span>
        <span className="tag">{t('public.exampleLabel')}</span>
      </figcaption>
      <div className="specimen-card">
        <p className="specimen-item">{t('public.exampleItem')}</p>
        <dl>
          {EXAMPLE.map((line) => (
            <div key={line.title}>
              <dt>{t(line.title)}</dt>
              <dd>{t(line.text)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </figure>
  )
}

const GROUNDS = { statutory: 1, consent: 1, self: 1, review: 1, court: 1, search: 1, presence: 1 }
const isGround = (ground: string): ground is keyof typeof GROUNDS => Object.hasOwn(GROUNDS, ground)

/** Rights, the books that are open, and what may be recorded at all. */
export function RightsPage({ catalogue, withheld, checkpoint }: Extract<Page, { page: 'rights' }>) {
  const { t, pick, language } = useWords()
  const units = new Map(catalogue.units.map((unit) => [unit.id, unit.name]))
  const total = withheld.reduce((sum, { count }) => sum + count, 0)
  const [origin = '', size = '', root = ''] = (checkpoint ?? '').split('\n')
  return (
    <Reading title={t('public.rightsTitle')} intro={t('public.rightsText')}>
      <section className="stack-l" aria-labelledby="rights">
        <h2 id="rights" className="visually-hidden">
          {t('public.rightsTitle')}
        </h2>
        <div className="rights-page">
          <Rights />
          <Specimen />
        </div>
        <p>
          <a className="button" href="/me">
            <Icon name="file" />
            {t('public.toMe')}
          </a>
        </p>
      </section>
      <section className="stack chapter" aria-labelledby="books">
        <h2 id="books">{t('public.openTitle')}</h2>
        <p className="soft">{t('public.openText')}</p>
        <div className="figures">
          <div className="figure card">
            <h3>{t('public.withheld')}</h3>
            <p className="figure-number num">
              {formatNumber(total, language)} <small>{t('public.withheldUnit')}</small>
            </p>
            {total === 0 ? <p>{t('public.withheldNone')}</p> : null}
            {total > 0 ? (
              <ul>
                {withheld
                  .filter(({ count }) => count > 0)
                  .map(({ ground, count }) => (
                    <li key={ground} className="row-between">
                      <span>{isGround(ground) ? t(`ground.${ground}`) : ground}</span>
                      <span className="num">{formatNumber(count, language)}</span>
                    </li>
                  ))}
              </ul>
            ) : null}
            <p className="faint">{t('public.withheldText')}</p>
          </div>
          <div className="figure card">
            <h3>{t('public.ledger')}</h3>
            {checkpoint === undefined ? (
              <p>{t('public.ledgerNone')}</p>
            ) : (
              <>
                <p className="figure-number num">{formatNumber(Number(size), language)}</p>
                <p>{t('public.ledgerText')}</p>
                <dl className="facts">
                  <div className="fact">
                    <dt>{t('public.ledgerOrigin')}</dt>
                    <dd className="mono">{origin}</dd>
                  </div>
                  <div className="fact">
                    <dt>{t('public.ledgerRoot')}</dt>
                    <dd className="mono" title={root}>
                      {shorten(root)}
                    </dd>
                  </div>
                </dl>
                <details className="fold">
                  <summary>{t('public.ledgerRaw')}</summary>
                  <pre className="raw">{checkpoint}</pre>
                </details>
              </>
            )}
          </div>
        </div>
      </section>
      <section className="stack chapter" aria-labelledby="catalogue">
        <h2 id="catalogue">{t('public.catalogTitle')}</h2>
        <p className="soft">{t('public.catalogText')}</p>
        <dl className="tally">
          <div>
            <dt>{t('public.catalogItems')}</dt>
            <dd className="num">{formatNumber(catalogue.items.length, language)}</dd>
          </div>
          <div>
            <dt>{t('public.catalogUnits')}</dt>
            <dd className="num">{formatNumber(catalogue.units.length, language)}</dd>
          </div>
          <div>
            <dt>{t('public.catalogPurposes')}</dt>
            <dd className="num">{formatNumber(catalogue.purposes.length, language)}</dd>
          </div>
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
            {catalogue.items.map((item) => (
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
      </section>
    </Reading>
  )
}
