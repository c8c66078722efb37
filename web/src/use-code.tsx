import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { call } from './api.ts'
import { useWords } from './i18n.ts'
import { Input, Password } from './ui/field.tsx'
import { Failure, Note } from './ui/note.tsx'

/** Sets a password with the code that an administrator handed over. */
export function UseCode({ onBack }: { onBack: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const set = useMutation({ mutationFn: () => call('useCode', { body: { name: name.trim(), code, password } }) })
  const missing = (value: string) => (tried && !value.trim() ? t('accounts.missing') : undefined)
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (name.trim() && code.trim() && password) set.mutate()
  }
  const back = (
    <button type="button" className="button quiet" onClick={onBack}>
      {t('accounts.backToSignIn')}
    </button>
  )
  if (set.isSuccess) return <Note tone="good" title={t('accounts.passwordSet')} actions={back} />
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="soft">{t('accounts.useCodeText')}</p>
      {set.isError ? <Failure key={set.submittedAt} error={set.error} alert /> : null}
      <Input
        label={t('signIn.name')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        wrong={missing(name)}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        label={t('accounts.oneCode')}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        maxLength={40}
        wrong={missing(code)}
        onChange={(event) => setCode(event.target.value)}
      />
      <Password
        label={t('accounts.newPassword')}
        autoComplete="new-password"
        value={password}
        wrong={missing(password)}
        onText={setPassword}
      />
      <button type="submit" className="button wide" disabled={set.isPending}>
        {t('accounts.setPassword')}
      </button>
      {back}
    </form>
  )
}
