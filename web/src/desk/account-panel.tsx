import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountRow } from '#contract/tables.ts'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { Area } from '../ui/field.tsx'
import { Failure } from '../ui/note.tsx'
import type { Told } from './account-told.tsx'
import { RoleBoxes } from './role-boxes.tsx'

type Act = 'roles' | 'code' | 'close'

/** What an administrator does with one account: its roles, a code for a new password, its end. */
export function AccountPanel({ account, onDone }: { account: AccountRow; onDone: (told: Told) => void }) {
  const { t } = useWords()
  const [roles, setRoles] = useState<string[]>(account.roles)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const params = { num: account.num }
  const body = { reason: reason.trim() }
  const act = useMutation({
    async mutationFn(kind: Act): Promise<Told> {
      const { name } = account
      if (kind === 'close') {
        await call('closeAccount', { params, body })
        return { kind: 'closed', name }
      }
      const { waits, code } =
        kind === 'roles'
          ? await call('changeRoles', { params, body: { ...body, roles } })
          : await call('issueCode', { params, body })
      return { kind: waits ? 'waits' : kind === 'roles' ? 'changed' : 'code', name, code }
    },
    onSuccess: onDone,
  })
  const run = (kind: Act) => {
    setTried(true)
    if (reason.trim()) act.mutate(kind)
  }
  return (
    <section className="stack form-width" aria-label={`${t('accounts.keep')} ${account.name}`}>
      <RoleBoxes roles={roles} onRoles={setRoles} />
      <Area
        label={t('accounts.reason')}
        hint={t('accounts.reasonHint')}
        value={reason}
        maxLength={500}
        wrong={tried && !reason.trim() ? t('accounts.reasonMissing') : undefined}
        onText={setReason}
      />
      {act.isError ? <Failure error={act.error} alert /> : null}
      <div className="row">
        <button type="button" className="button" disabled={act.isPending} onClick={() => run('roles')}>
          {t('accounts.saveRoles')}
        </button>
        <button type="button" className="button second" disabled={act.isPending} onClick={() => run('code')}>
          {t('accounts.code')}
        </button>
        <button type="button" className="button grave" disabled={act.isPending} onClick={() => run('close')}>
          {t('accounts.close')}
        </button>
      </div>
    </section>
  )
}
