import '../../style/board.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LETTERS_TABLE, SERVED_LETTERS_TABLE } from '#contract/tables.ts'
import { call } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { useWords } from '../../i18n.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Note, Skeleton } from '../../ui/note.tsx'
import { LetterSheet } from './letter-sheet.tsx'

/** Letters of the unit: what waits to be printed and delivered, and what was served. */
export function LettersPage() {
  const { t, language } = useWords()
  const client = useQueryClient()
  const [open, setOpen] = useState<string>()
  const letters = useQuery({
    queryKey: ['letters'],
    queryFn: ({ signal }) => call('letters', {}, signal),
    staleTime: 0,
  })
  if (open !== undefined)
    return (
      <LetterSheet
        key={open}
        id={open}
        onBack={() => {
          setOpen(undefined)
          void client.invalidateQueries({ queryKey: ['letters'] })
        }}
      />
    )
  if (letters.isPending) return <Skeleton lines={7} />
  if (letters.isError) return <Failure error={letters.error} onRetry={() => void letters.refetch()} />
  const { letters: waiting, waiting: all, served } = letters.data
  const openButton = ({ letter }: { letter: string }) => (
    <button type="button" className="button second" onClick={() => setOpen(letter)}>
      {t('letters.open')}
    </button>
  )
  return (
    <div className="stack-l">
      <Note tone="calm" icon="eye">
        <p>{t('letters.told')}</p>
      </Note>
      <section className="stack" aria-labelledby="letters-waiting">
        <h2 id="letters-waiting" className="h-small">
          {t('letters.waiting')} · {formatNumber(all, language)}
        </h2>
        {all > waiting.length ? (
          <p className="soft">{t('letters.oldest', { number: formatNumber(waiting.length, language) })}</p>
        ) : null}
        {waiting.length === 0 ? (
          <Empty icon="check" title={t('letters.none')}>
            <p>{t('letters.noneText')}</p>
          </Empty>
        ) : (
          <DataTable
            table={LETTERS_TABLE}
            rows={waiting}
            rowKey={({ letter }) => letter}
            input={{}}
            renderActions={openButton}
          />
        )}
      </section>
      {served.length > 0 ? (
        <section className="stack" aria-labelledby="letters-served">
          <h2 id="letters-served" className="h-small">
            {t('letters.served')} · {formatNumber(served.length, language)}
          </h2>
          <DataTable
            table={SERVED_LETTERS_TABLE}
            rows={served}
            rowKey={({ letter }) => letter}
            input={{}}
            renderActions={openButton}
          />
        </section>
      ) : null}
    </div>
  )
}
