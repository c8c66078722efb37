import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ShownRecord } from '../archive.ts'
import { call } from '../api.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Area, Choices, Input } from '../ui/field.tsx'
import { Failure, Note } from '../ui/note.tsx'

const KINDS = { objection: 'open', statement: 'state', repair: 'apply' } as const
type Machine = keyof typeof KINDS
const MACHINES = ['objection', 'statement', 'repair'] as const

/** Files something about a record in the name of the person who is present, on a form they signed. */
export function CounterFiling({ presence, record }: { presence: string; record: ShownRecord }) {
  const { t, language } = useWords()
  const [open, setOpen] = useState(false)
  const [machine, setMachine] = useState<Machine>('objection')
  const [statement, setStatement] = useState('')
  const [facts, setFacts] = useState('')
  const [form, setForm] = useState('')
  const [tried, setTried] = useState(false)
  const file = useMutation({
    mutationFn: () =>
      call('counterStart', {
        params: { presence },
        body: {
          machine,
          kind: KINDS[machine],
          record: record.id,
          form: form.trim(),
          content: { statement: statement.trim(), ...(machine === 'repair' ? { facts: facts.trim() } : {}) },
        },
      }),
  })
  if (file.data)
    return (
      <Note tone="good" alert>
        <p>{t('counter.sent', { day: formatDay(file.data.day, language), form: form.trim() })}</p>
      </Note>
    )
  if (!open)
    return (
      <div className="no-print">
        <button type="button" className="button second" onClick={() => setOpen(true)}>
          {t('counter.file')}
        </button>
      </div>
    )
  const offered = MACHINES.filter((one) => one !== 'repair' || record.legend.nature === 'adverse')
  const wrong = (text: string) => (tried && !text.trim() ? t('counter.missing') : undefined)
  return (
    <form
      className="stack form-width no-print"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (statement.trim() && form.trim() && (machine !== 'repair' || facts.trim())) file.mutate()
      }}
    >
      <Choices
        legend={t('counter.fileWhat')}
        name={`machine-${record.id}`}
        value={machine}
        onValue={(value) => setMachine(MACHINES.find((one) => one === value) ?? 'objection')}
        options={offered.map((one) => ({ value: one, title: t(`counter.${one}`) }))}
      />
      {machine === 'repair' ? (
        <Area label={t('counter.facts')} wrong={wrong(facts)} value={facts} maxLength={4000} onText={setFacts} />
      ) : null}
      <Area
        label={t(machine === 'repair' ? 'counter.commitment' : 'counter.said')}
        hint={t('counter.saidHint')}
        wrong={wrong(statement)}
        value={statement}
        maxLength={4000}
        onText={setStatement}
      />
      <Input
        label={t('counter.form')}
        wrong={tried && !form.trim() ? t('counter.formMissing') : undefined}
        value={form}
        maxLength={48}
        onChange={(event) => setForm(event.target.value)}
      />
      {file.isError ? <Failure error={file.error} alert /> : null}
      <div className="row">
        <button type="submit" className="button" disabled={file.isPending}>
          {t('counter.send')}
        </button>
        <button type="button" className="button quiet" onClick={() => setOpen(false)}>
          {t('counter.cancel')}
        </button>
      </div>
    </form>
  )
}
