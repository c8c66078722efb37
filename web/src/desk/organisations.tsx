import type { Reply } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Empty } from '../ui/note.tsx'

/** Organisations of a name. */
export function Organisations({
  found,
  onOpen,
}: {
  found: Reply<'organisations'>['organisations']
  onOpen: (number: string) => void
}) {
  const { t } = useWords()
  if (found.length === 0) return <Empty icon="search" title={t('lookUp.foundNone')} />
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found">{t('lookUp.found')}</h2>
      <ul className="stack">
        {found.map((one) => (
          <li key={one.number} className="card row-between">
            <div>
              <strong>{one.name}</strong>
              <p className="soft num">
                {one.number} · {t('lookUp.foundRecords', { records: one.records })}
              </p>
            </div>
            <button
              type="button"
              className="button second"
              aria-label={`${t('lookUp.open')} · ${one.name}`}
              onClick={() => onOpen(one.number)}
            >
              {t('lookUp.open')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
