import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import type { ShownRecord } from '../archive.ts'
import { formatDay } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Area } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Failure, Note } from '../ui/note.tsx'

/** The button under a record: what is wrong with it, and a receipt with its date. */
export function ObjectTo({ record }: { record: ShownRecord }) {
  const { t, language } = useWords()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [statement, setStatement] = useState('')
  const [tried, setTried] = useState(false)
  const start = useMutation({
    mutationFn: () =>
      call('startMyCase', {
        body: { machine: 'objection', kind: 'open', record: record.id, content: { statement: statement.trim() } },
      }),
    onSuccess: () => {
      for (const key of ['my-cases', 'my-archive', 'my-notices']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
  if (start.isSuccess)
    return (
      <Note tone="good" title={t('me.objected', { day: formatDay(start.data.day, language) })} alert>
        <Link to="/me/cases">{t('me.cases')}</Link>
      </Note>
    )
  if (!open)
    return (
      <button type="button" className="button second no-print" onClick={() => setOpen(true)}>
        <Icon name="flag" />
        {t('me.object')}
      </button>
    )
  return (
    <form
      className="stack form-width no-print"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (statement.trim()) start.mutate()
      }}
    >
      <Area
        label={t('me.objectWhat')}
        hint={t('me.objectHint')}
        wrong={tried && !statement.trim() ? t('case.needed') : undefined}
        value={statement}
        maxLength={4000}
        onText={setStatement}
      />
      {start.isError ? <Failure error={start.error} alert /> : null}
      <div className="row">
        <button type="submit" className="button" disabled={start.isPending}>
          {t('me.objectSend')}
        </button>
        <button type="button" className="button quiet" onClick={() => setOpen(false)}>
          {t('me.objectNot')}
        </button>
      </div>
    </form>
  )
}
