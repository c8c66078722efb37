import type { Page } from '#contract/pages.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Reading, To } from './site.tsx'

type Entry = Extract<Page, { page: 'handbook' }>['handbook']['sections'][number]['entries'][number]

/** The handbooks there are: one for each layer in force. */
export function HandbooksPage({ handbooks }: Extract<Page, { page: 'handbooks' }>) {
  const { t, pick } = useWords()
  return (
    <Reading
      title={t('handbook.title')}
      intro={
        <>
          {t('handbook.intro')} {t('handbook.listIntro')}
        </>
      }
    >
      <ul className="shelves">
        {handbooks.map((one) => (
          <li key={one.id} className="card stack">
            <h2 className="shelf-title">{pick(one.name)}</h2>
            <p className="soft">
              {t('handbook.entries', { count: one.entries })}
              {one.unverified > 0 ? ` · ${t('handbook.unverifiedCount', { count: one.unverified })}` : ''}
            </p>
            <p className="faint">
              {one.id} {one.version}
            </p>
            <p className="shelf-more">
              <To to={`/handbook/${one.id}`}>
                {t('handbook.open')}
                <span className="visually-hidden"> {pick(one.name)}</span>
              </To>
            </p>
          </li>
        ))}
      </ul>
    </Reading>
  )
}

/** One handbook whole: every rule with what it says, its basis, its time, and the mark of what is unverified. */
export function HandbookPage({ handbook: { pack, sections } }: Extract<Page, { page: 'handbook' }>) {
  const { t, pick } = useWords()
  return (
    <Reading
      title={t('handbook.of', { name: pick(pack.name) })}
      intro={t('handbook.intro')}
      trail={[{ to: '/handbook', title: t('handbook.title') }]}
      actions={
        <p className="faint">
          {t('handbook.version', { version: pack.version, layers: pack.layers.join(' → ') })} {t('handbook.print')}
        </p>
      }
    >
      <nav className="card handbook-contents no-print" aria-label={t('handbook.contents')}>
        <h2 className="shelf-title">{t('handbook.contents')}</h2>
        <ol>
          {sections.map((section) => (
            <li key={section.key}>
              <a href={`#${section.key}`}>{pick(section.name)}</a>{' '}
              <span className="faint">{t('handbook.entries', { count: section.entries.length })}</span>
            </li>
          ))}
        </ol>
      </nav>
      {sections.map((section) => (
        <section key={section.key} className="handbook-section" aria-labelledby={section.key}>
          <h2 id={section.key}>{pick(section.name)}</h2>
          {section.entries.map((entry) => (
            <Rule key={`${entry.id} ${entry.from ?? ''}`} entry={entry} />
          ))}
        </section>
      ))}
    </Reading>
  )
}

function Rule({ entry }: { entry: Entry }) {
  const { t, pick, language } = useWords()
  const days = {
    from: entry.from === undefined ? '' : formatDay(entry.from, language),
    until: entry.until === undefined ? '' : formatDay(entry.until, language),
  }
  return (
    <article className="handbook-rule">
      <h3>
        {pick(entry.name)} {entry.unverified ? <span className="tag warn">{t('handbook.unverified')}</span> : null}
      </h3>
      <p className="faint">
        <code>{entry.id}</code>
        {entry.from === undefined
          ? null
          : ` · ${t(entry.until === undefined ? 'handbook.valid' : 'handbook.validUntil', days)}`}
      </p>
      {entry.lines.map((line) => (
        <p key={line.zh}>{pick(line)}</p>
      ))}
      {entry.basis.length > 0 ? (
        <p className="soft">
          {t('handbook.basis')}：{entry.basis.map(pick).join('；')}
        </p>
      ) : null}
    </article>
  )
}
