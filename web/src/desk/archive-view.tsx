import type { ArchiveBody } from '#contract/shapes.ts'
import { ARCHIVE_TABLE } from '#contract/tables.ts'
import { groupBy, joinLegends, type ShownRecord } from '../archive.ts'
import { dayOf, formatDay, formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { RecordCard } from '../record-card.tsx'
import { Icon } from '../ui/icon.tsx'
import { Empty, Note } from '../ui/note.tsx'
import { Export, type ExportInput } from '../ui/table-tools.tsx'
import '../style/table.css'

/** An archive as a member of staff may see it, and that the look-up is recorded; `exported`: what an export asks again. */
export function ArchiveView(props: { archive: ArchiveBody; onAgain: () => void; exported?: ExportInput }) {
  const { archive, onAgain, exported } = props
  const { t, language } = useWords()
  const { subject } = archive
  return (
    <div className="stack-l">
      <Note tone="brand" icon="eye" title={t('lookUp.recorded')} alert>
        <p className="num">
          {t('lookUp.recordedText', { access: archive.access, at: formatInstant(archive.at, language) })}
        </p>
      </Note>
      <section className="card subject-head" aria-label={t('lookUp.subject')}>
        <div>
          <p className="faint">{t(`subject.${subject.kind}`)}</p>
          <p className="subject-name">{subject.found ? subject.name : t('lookUp.notFound')}</p>
          {subject.number ? <p className="soft num">{subject.number}</p> : null}
          {archive.asOf ? (
            <p className="soft">{t('lookUp.asOf', { day: formatDay(dayOf(archive.asOf), language) })}</p>
          ) : null}
        </div>
        <div className="row no-print">
          <button type="button" className="button quiet" onClick={() => window.print()}>
            {t('lookUp.print')}
          </button>
          <button type="button" className="button second" onClick={onAgain}>
            <Icon name="search" />
            {t('lookUp.again')}
          </button>
        </div>
      </section>
      {exported && archive.records.length > 0 ? (
        <div className="table-tools no-print">
          <p className="faint">{t('lookUp.exportNote')}</p>
          <Export table={ARCHIVE_TABLE} view={{}} input={exported} />
        </div>
      ) : null}
      {archive.records.length === 0 && subject.found ? (
        <Empty icon="file" title={t('lookUp.nothing')}>
          <p>{t('lookUp.nothingText')}</p>
        </Empty>
      ) : null}
      <Classes records={joinLegends(archive)} />
    </div>
  )
}

/** Records by class of the catalogue. */
function Classes({ records }: { records: ShownRecord[] }) {
  const { t, pick } = useWords()
  return groupBy(records, ({ legend }) => legend.class.zh).map(([key, ofClass], place) => {
    const name = ofClass[0]?.legend.class
    return (
      <section key={key} className="stack" aria-labelledby={`class-${place}`}>
        <h2 id={`class-${place}`} className="class-head">
          {name ? pick(name) : key} <span className="faint">{t('lookUp.records', { records: ofClass.length })}</span>
        </h2>
        <ul className="cards">
          {ofClass.map((record) => (
            <li key={`${record.id}-${record.version}`}>
              <RecordCard record={record} open />
            </li>
          ))}
        </ul>
      </section>
    )
  })
}
