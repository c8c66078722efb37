import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RECALLS_TABLE, type RecallRow } from '#contract/tables.ts'
import { call, type Input } from '../api.ts'
import { formatDay, formatNumber } from '../format.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Choices } from '../ui/field.tsx'
import { Failure, Note } from '../ui/note.tsx'

type Did = Input<'acknowledgeRecall'>['body']['did']
const DID = ['destroyed', 'replaced', 'no-copy', 'kept-by-law'] as const satisfies readonly Did[]
const WORDS = { destroyed: 'destroyed', replaced: 'replaced', 'no-copy': 'noCopy', 'kept-by-law': 'keptByLaw' } as const

/** Several recalls answered with one word: each with its own receipt, as if it were alone (B11). The table is exported, too. */
export function RecallBulk({ rows }: { rows: readonly RecallRow[] }) {
  const { t, language } = useWords()
  const client = useQueryClient()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [did, setDid] = useState<Did>('destroyed')
  const acknowledge = useMutation({
    async mutationFn(chosen: string[]) {
      let done = 0
      // one after the other: each is an act of its own, with its own row
      for (const recall of chosen) {
        await call('acknowledgeRecall', { params: { recall }, body: { did } })
        done += 1
      }
      return done
    },
    onSettled() {
      setPicked(new Set())
      for (const key of ['recalls', 'recalls-overdue', 'work']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <div className="stack-l">
      <div className="live" aria-live="polite">
        {acknowledge.isSuccess ? (
          <Note tone="good" title={t('recalls.done', { number: formatNumber(acknowledge.data, language) })} />
        ) : null}
      </div>
      {acknowledge.isError ? <Failure error={acknowledge.error} alert /> : null}
      <DataTable
        table={RECALLS_TABLE}
        rows={rows}
        rowKey={({ recall }) => recall}
        input={{}}
        picking={{ picked, onPicked: setPicked, may: ({ received }) => received === undefined }}
        renderCell={(column, row) =>
          column === 'due' && row.overdue ? (
            <>
              {row.due ? formatDay(row.due, language) : ''}
              <span className="tag bad">{t('work.late')}</span>
            </>
          ) : undefined
        }
      />
      {picked.size > 0 ? (
        <section className="bulk stack" aria-label={t('recalls.answer')}>
          <Choices
            legend={t('recalls.whatWasDone', { number: formatNumber(picked.size, language) })}
            name="did"
            value={did}
            onValue={(value) => setDid(DID.find((one) => one === value) ?? 'destroyed')}
            options={DID.map((value) => {
              const word = WORDS[value]
              return { value, title: t(`recalls.did_${word}`) }
            })}
          />
          <div className="row">
            <button
              type="button"
              className="button"
              disabled={acknowledge.isPending}
              onClick={() => acknowledge.mutate([...picked])}
            >
              {t('recalls.answer')}
            </button>
            <button type="button" className="button quiet" onClick={() => setPicked(new Set())}>
              {t('recalls.clear')}
            </button>
          </div>
        </section>
      ) : null}
    </div>
  )
}
