import { useWords } from '../i18n.ts'
import { Shell, useCatalog, usePlace } from '../shell.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useTitle } from '../ui/title.ts'
import { CatalogSection } from './catalog-section.tsx'
import { OpenBooks } from './open-books.tsx'

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

/** The first page of “信用<place>”: what it is, what one's rights are, and that the books are open. */
export function FrontPage() {
  const { t } = useWords()
  const { title, demo } = usePlace()
  const catalog = useCatalog()
  useTitle(t('public.title'), title)
  return (
    <Shell
      door="public"
      footer={
        <footer className="foot">
          <div className="foot-inner">
            <p>
              <strong>{t('public.foot')}</strong>
            </p>
            {demo ? <p>{t('public.footDemo')}</p> : null}
            {catalog.data ? <p>{t('public.version', { version: catalog.data.pack.version })}</p> : null}
          </div>
        </footer>
      }
    >
      <section className="hero">
        <div className="hero-inner">
          <div className="hero-words">
            <p className="hero-eyebrow">{t('public.eyebrow')}</p>
            <h1 className="hero-title">{title}</h1>
            <p className="hero-lead">{t('public.lead')}</p>
            <p className="hero-text">{t('public.leadText')}</p>
            <nav className="row hero-doors" aria-label={t('public.entrances')}>
              <a className="button light" href="/me">
                <Icon name="file" />
                {t('public.toMe')}
              </a>
              <a className="button ghost" href="/desk">
                {t('public.toDesk')}
              </a>
            </nav>
          </div>
          <Specimen />
        </div>
      </section>

      <section className="band" aria-labelledby="rights">
        <div className="band-head">
          <h2 id="rights">{t('public.rightsTitle')}</h2>
          <p className="soft">{t('public.rightsText')}</p>
        </div>
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
      </section>

      <OpenBooks />
      <CatalogSection />
    </Shell>
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
        <div className="span-bar" aria-hidden="true">
          <span style={{ inlineSize: '62%' }} />
        </div>
      </div>
    </figure>
  )
}
