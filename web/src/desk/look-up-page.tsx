import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError, call, type Input as CallInput } from '../api.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Choices, Input } from '../ui/field.tsx'
import { Failure, Note, Skeleton } from '../ui/note.tsx'
import { mayUse } from '../units.ts'
import { ArchiveView } from './archive-view.tsx'
import { IdentifierFields, type Identifier } from './identifier-fields.tsx'
import { Organisations } from './organisations.tsx'
import { PurposeFields } from './purpose-fields.tsx'

const NOBODY: Identifier = { kind: 'citizen', number: '' }

/** Looks somebody up: who, for what, in which matter; then what may be seen of them. */
export function LookUpPage() {
  const { t } = useWords()
  const { who } = useSession()
  const catalog = useCatalog()
  const [mode, setMode] = useState('number')
  const [identifier, setIdentifier] = useState(NOBODY)
  const [name, setName] = useState('')
  const [purposeId, setPurpose] = useState('')
  const [matter, setMatter] = useState('')
  const [tried, setTried] = useState(false)
  const lookUp = useMutation({
    mutationFn: (body: CallInput<'lookUp'>['body']) => call('lookUp', { body }),
    gcTime: 0,
  })
  const search = useMutation({
    mutationFn: (body: CallInput<'organisations'>['body']) => call('organisations', { body }),
    gcTime: 0,
  })

  if (catalog.isPending) return <Skeleton lines={7} />
  if (catalog.isError) return <Failure error={catalog.error} onRetry={() => void catalog.refetch()} />
  if (lookUp.data)
    return (
      <ArchiveView
        archive={lookUp.data}
        exported={{ body: lookUp.variables }}
        onAgain={() => {
          setIdentifier({ ...identifier, number: '' })
          setTried(false)
          lookUp.reset()
        }}
      />
    )

  const unit = catalog.data.units.find(({ id }) => id === who.unit?.id)
  // by name one finds organisations
  const subject = mode === 'name' || identifier.kind === 'organisation' ? 'organisation' : 'person'
  const purposes = catalog.data.purposes.filter(
    ({ units, subjects }) => unit && mayUse(units, unit) && subjects.includes(subject),
  )
  const purpose = purposes.find(({ id }) => id === purposeId) ?? purposes[0]
  const ground = purpose && { purpose: purpose.id, ...(purpose.ground === 'statutory' ? { matter } : {}) }
  const ready = purpose !== undefined && (purpose.ground !== 'statutory' || matter !== '')
  const error = lookUp.error ?? search.error

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!ready || !ground) return
    lookUp.reset()
    search.reset()
    if (mode === 'name' && name.trim().length >= 2) search.mutate({ name: name.trim(), ...ground })
    if (mode === 'number' && identifier.number.trim())
      lookUp.mutate({ kind: identifier.kind, number: identifier.number.trim(), ...ground })
  }

  return (
    <div className="stack-l form-width">
      <form className="stack-l" onSubmit={submit} noValidate autoComplete="off">
        <Choices
          legend={t('lookUp.mode')}
          name="mode"
          value={mode}
          onValue={setMode}
          options={[
            { value: 'number', title: t('lookUp.byNumber') },
            { value: 'name', title: t('lookUp.byName') },
          ]}
        />
        {mode === 'number' ? (
          <IdentifierFields value={identifier} onValue={setIdentifier} wrong={tried} />
        ) : (
          <Input
            label={t('lookUp.name')}
            hint={t('lookUp.nameHint')}
            value={name}
            maxLength={100}
            autoComplete="off"
            wrong={tried && name.trim().length < 2 ? t('lookUp.nameMissing') : undefined}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <PurposeFields
          purposes={purposes}
          purpose={purpose}
          onPurpose={(id) => {
            setPurpose(id)
            setMatter('')
          }}
          matter={matter}
          onMatter={setMatter}
          wrong={tried}
        />
        {error ? <Refused error={error} ground={purpose?.ground} /> : null}
        <div>
          <button type="submit" className="button" disabled={lookUp.isPending || search.isPending}>
            {t(lookUp.isPending || search.isPending ? 'lookUp.going' : 'lookUp.go')}
          </button>
        </div>
      </form>
      {search.data && ground ? (
        <Organisations
          found={search.data.organisations}
          onOpen={(number) => lookUp.mutate({ kind: 'organisation', number, ...ground })}
        />
      ) : null}
    </div>
  )
}

/** Why there was no answer and how there could be one; for want of consent or of a matter, in so many words. */
function Refused({ error, ground }: { error: Error; ground: string | undefined }) {
  const { t } = useWords()
  const refusedByGate = error instanceof ApiError && error.status === 403 && error.refusal !== undefined
  return (
    <div className="stack">
      <Failure error={error} title={t('lookUp.refused')} alert />
      {refusedByGate ? (
        <Note tone="calm" icon="eye" title={t('lookUp.refusedRecorded')}>
          <p>{t(ground === 'consent' ? 'lookUp.consentRemedy' : 'lookUp.matterRemedy')}</p>
        </Note>
      ) : null}
    </div>
  )
}
