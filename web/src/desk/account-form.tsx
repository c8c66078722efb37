import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { useCatalog } from '../shell.tsx'
import { Area, Input, Select } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { Told } from './account-told.tsx'
import { RoleBoxes } from './role-boxes.tsx'

/** Opens an account; whoever it is for sets the password with the code that comes back. */
export function AccountForm({
  all,
  units,
  onDone,
}: {
  all: boolean
  /** else the units whose accounts are kept here */
  units: readonly string[]
  onDone: (told: Told) => void
}) {
  const { t, pick } = useWords()
  const { who } = useSession()
  const catalog = useCatalog()
  const [name, setName] = useState('')
  const [display, setDisplay] = useState('')
  const [unit, setUnit] = useState(who.unit?.id ?? '')
  const [roles, setRoles] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: () =>
      call('addAccount', {
        body: {
          name: name.trim(),
          display: { zh: display.trim(), en: display.trim() },
          unit,
          roles,
          reason: reason.trim(),
        },
      }),
    onSuccess({ code, waits }) {
      onDone({ kind: waits ? 'waits' : 'opened', name: name.trim(), code })
      setName('')
      setDisplay('')
      setRoles([])
      setReason('')
      setTried(false)
    },
  })
  const missing = (value: string) => (tried && !value.trim() ? t('accounts.missing') : undefined)
  const submit = () => {
    setTried(true)
    if (name.trim() && display.trim() && unit && roles.length > 0 && reason.trim()) add.mutate()
  }
  return (
    <div className="stack form-width">
      <div className="field-pair">
        <Input
          label={t('accounts.name')}
          hint={t('accounts.nameHint')}
          value={name}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          wrong={missing(name)}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          label={t('accounts.display')}
          hint={t('accounts.displayHint')}
          value={display}
          maxLength={100}
          autoComplete="off"
          wrong={missing(display)}
          onChange={(event) => setDisplay(event.target.value)}
        />
      </div>
      {all || units.length > 1 ? (
        <Select label={t('accounts.unit')} value={unit} onChange={(event) => setUnit(event.target.value)}>
          {catalog.data?.units
            .filter(({ id }) => all || units.includes(id))
            .map((one) => (
              <option key={one.id} value={one.id}>
                {pick(one.name)}
              </option>
            ))}
        </Select>
      ) : null}
      <RoleBoxes roles={roles} onRoles={setRoles} />
      {tried && roles.length === 0 ? <p className="wrong">{t('accounts.rolesMissing')}</p> : null}
      <Area
        label={t('accounts.reason')}
        hint={t('accounts.reasonHint')}
        value={reason}
        maxLength={500}
        wrong={missing(reason)}
        onText={setReason}
      />
      {add.isError ? <Failure error={add.error} alert /> : null}
      <div>
        <button type="button" className="button" disabled={add.isPending} onClick={submit}>
          {t('accounts.add')}
        </button>
      </div>
    </div>
  )
}
