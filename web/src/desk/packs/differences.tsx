import type { Reply } from '../../api.ts'
import { useWords } from '../../i18n.ts'

type Difference = Reply<'draftDiff'>['differences'][number]
const TONES = { added: 'good', removed: 'bad', changed: 'warn' } as const

/** What changes, and for whom, section by section. */
export function Differences({ list }: { list: readonly Difference[] }) {
  const { t, pick } = useWords()
  if (list.length === 0) return <p className="soft">{t('packs.noDiff')}</p>
  const sections = [...new Set(list.map(({ section }) => section))].map(
    (section) => [section, list.filter((one) => one.section === section)] as const,
  )
  return (
    <div className="stack">
      {sections.map(([section, ofSection]) => (
        <section key={section} className="card stack">
          <h3>{ofSection[0] ? pick(ofSection[0].sectionName) : section}</h3>
          <ul className="stack">
            {ofSection.map((one) => (
              <li key={one.id} className="stack-s">
                <p className="row">
                  <span className={`tag ${TONES[one.change]}`}>{t(`packs.change_${one.change}`)}</span>
                  <strong>{pick(one.name)}</strong>
                </p>
                <ul className="pack-changes">
                  {one.changes.map((change) => (
                    <li key={change.zh}>{pick(change)}</li>
                  ))}
                </ul>
                <p className="faint">{t('packs.whom', { whom: pick(one.whom) })}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
