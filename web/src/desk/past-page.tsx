import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { call, type Input as CallInput } from '../api.ts'
import { today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Input } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import { ArchiveView } from './archive-view.tsx'
import { IdentifierFields } from './identifier-fields.tsx'

/** A review body or a court reads a file as it was. */
export function PastPage() {
  const { t } = useWords()
  const [identifier, setIdentifier] = useState({ kind: 'citizen', number: '' })
  const [matter, setMatter] = useState('')
  const [day, setDay] = useState('')
  const [tried, setTried] = useState(false)
  const read = useMutation({
    mutationFn: (body: CallInput<'pastArchive'>['body']) => call('pastArchive', { body }),
    gcTime: 0,
  })
  if (read.data)
    return (
      <ArchiveView
        archive={read.data}
        onAgain={() => {
          setIdentifier({ ...identifier, number: '' })
          setTried(false)
          read.reset()
        }}
      />
    )

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    const number = identifier.number.trim()
    if (!number || !matter.trim()) return
    read.mutate({
      kind: identifier.kind,
      number,
      matter: matter.trim(),
      ...(day && day < today() ? { at: `${day}T23:59:59+08:00` } : {}),
    })
  }

  return (
    <form className="stack-l form-width" onSubmit={submit} noValidate autoComplete="off">
      <IdentifierFields value={identifier} onValue={setIdentifier} wrong={tried} />
      <Input
        label={t('past.matter')}
        value={matter}
        maxLength={64}
        wrong={tried && !matter.trim() ? t('past.matterMissing') : undefined}
        onChange={(event) => setMatter(event.target.value)}
      />
      <Input
        type="date"
        label={t('past.day')}
        hint={t('past.dayHint')}
        max={today()}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      {read.isError ? <Failure error={read.error} title={t('lookUp.refused')} alert /> : null}
      <div>
        <button type="submit" className="button" disabled={read.isPending}>
          {t(read.isPending ? 'lookUp.going' : 'lookUp.go')}
        </button>
      </div>
    </form>
  )
}
