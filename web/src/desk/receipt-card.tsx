import { useEffect, useRef, type ReactNode } from 'react'
import type { ReceiptBody } from '#contract/shapes.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { useCatalog } from '../shell.tsx'
import { Note } from '../ui/note.tsx'
import { ProblemTable } from './problem-table.tsx'

const FACES = {
  'dry-run': { tone: 'brand', title: 'receipt.dryRun', text: 'receipt.dryRunText' },
  accepted: { tone: 'good', title: 'receipt.accepted', text: 'receipt.acceptedText' },
  again: { tone: 'calm', title: 'receipt.again', text: 'receipt.againText' },
  held: { tone: 'brand', title: 'receipt.held', text: 'receipt.heldText' },
  refused: { tone: 'bad', title: 'receipt.refused', text: 'receipt.refusedText' },
} as const
const SOME = { tone: 'warn', title: 'receipt.acceptedSome', text: 'receipt.acceptedSomeText' } as const

const COUNTS = [
  { key: 'rows', word: 'receipt.rows', tone: '' },
  { key: 'new', word: 'receipt.new', tone: 'good' },
  { key: 'versions', word: 'receipt.versions', tone: 'good' },
  { key: 'duplicates', word: 'receipt.duplicates', tone: '' },
  { key: 'refused', word: 'receipt.refusedRows', tone: 'bad' },
  { key: 'late', word: 'receipt.late', tone: 'warn' },
] as const

/** What came of a file: the outcome in a sentence, the counts, the errors. */
export function ReceiptCard({ receipt, actions }: { receipt: ReceiptBody; actions: ReactNode }) {
  const { t, pick, language } = useWords()
  const formatCount = (count: number | null) => (count === null ? t('shared.unknown') : formatNumber(count, language))
  const catalog = useCatalog()
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => head.current?.focus(), [])
  const face = receipt.status === 'accepted' && receipt.refused > 0 ? SOME : FACES[receipt.status]
  const itemName = catalog.data?.items.find(({ id }) => id === receipt.item)?.name
  return (
    <div className="stack-l">
      <div ref={head} tabIndex={-1} className="focus-quiet">
        <Note
          tone={face.tone}
          title={receipt.refusal ? pick(receipt.refusal.message) : t(face.title, { held: receipt.held ?? '' })}
        >
          {receipt.refusal ? <p>{pick(receipt.refusal.remedy)}</p> : null}
          <p>{t(face.text, { held: receipt.held ?? '' })}</p>
        </Note>
      </div>
      <section className="card stack">
        <dl className="tiles">
          {COUNTS.map(({ key, word, tone }) => (
            <div key={key} className={(receipt[key] ?? 0) > 0 ? tone : ''}>
              <dt>{t(word)}</dt>
              <dd className="num tile-number">{formatCount(receipt[key])}</dd>
            </div>
          ))}
        </dl>
        <dl className="facts">
          <div className="fact">
            <dt>{t('receipt.item')}</dt>
            <dd>{itemName ? pick(itemName) : receipt.item}</dd>
          </div>
          {receipt.submission === null ? null : (
            <div className="fact">
              <dt>{t('receipt.number')}</dt>
              <dd className="num">{receipt.submission}</dd>
            </div>
          )}
          {receipt.at ? (
            <div className="fact">
              <dt>{t('receipt.at')}</dt>
              <dd>{formatInstant(receipt.at, language)}</dd>
            </div>
          ) : null}
          {receipt.format ? (
            <div className="fact">
              <dt>{t('receipt.format')}</dt>
              <dd>{receipt.format}</dd>
            </div>
          ) : null}
        </dl>
        {receipt.ignored.length > 0 ? (
          <Note tone="warn" title={t('receipt.ignored')}>
            <p>
              {t('receipt.ignoredText')} {receipt.ignored.join(t('shared.list'))}
            </p>
          </Note>
        ) : null}
        <div className="row">{actions}</div>
      </section>
      {receipt.refused > 0 || receipt.problems.length > 0 ? (
        <ProblemTable
          problems={receipt.problems}
          total={Math.max(receipt.refused, receipt.problems.length)}
          submission={receipt.submission}
          item={receipt.item}
        />
      ) : receipt.status === 'refused' ? null : (
        <p className="soft">{t('receipt.clean')}</p>
      )}
    </div>
  )
}
