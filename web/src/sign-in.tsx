import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState, type FormEvent } from 'react'
import type { WhoamiBody } from '#contract/shapes.ts'
import { call } from './api.ts'
import { useWords } from './i18n.ts'
import { Input, Password } from './ui/field.tsx'
import { Failure, Note, Skeleton } from './ui/note.tsx'
import { usePlace } from './shell.tsx'
import { useTitle } from './ui/title.ts'

const UseCode = lazy(() => import('./use-code.tsx').then((module) => ({ default: module.UseCode })))

/** Sign-in, as the page that stands before an entrance. */
export function SignIn({
  door,
  expired,
  onEntered,
}: {
  door: 'person' | 'staff'
  expired: boolean
  onEntered: (who: WhoamiBody) => void
}) {
  const { t } = useWords()
  const { title } = usePlace()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [withCode, setWithCode] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useTitle(t('signIn.title'), title)
  const signIn = useMutation({
    mutationFn: (body: { name: string; password: string }) => call('signIn', { body }),
    onSuccess: onEntered,
    // the wrong password is not kept: the next try starts empty
    onError: () => setPassword(''),
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (name.trim() && password) {
      setTried(false)
      return signIn.mutate({ name: name.trim(), password })
    }
    form.current?.querySelector<HTMLInputElement>(name.trim() ? '[name=password]' : '[name=username]')?.focus()
  }

  if (withCode)
    return (
      <div className="door">
        <div className="door-card card stack">
          <h1 className="door-title">{t('accounts.useCode')}</h1>
          <Suspense fallback={<Skeleton />}>
            <UseCode onBack={() => setWithCode(false)} />
          </Suspense>
        </div>
      </div>
    )
  return (
    <div className="door">
      <div className="door-card card stack">
        <h1 className="door-title">{t(door === 'staff' ? 'signIn.staffTitle' : 'signIn.personTitle')}</h1>
        <p className="soft">{t(door === 'staff' ? 'signIn.staffText' : 'signIn.personText')}</p>
        {expired && !signIn.isError ? (
          <Note tone="warn" icon="clock" title={t('signIn.expired')}>
            <p>{t('signIn.expiredText')}</p>
          </Note>
        ) : null}
        {signIn.isError ? <Failure key={signIn.submittedAt} error={signIn.error} alert /> : null}
        <form ref={form} className="stack" onSubmit={submit} noValidate>
          <Input
            label={t('signIn.name')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            wrong={tried && !name.trim() ? t('signIn.nameMissing') : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          <Password
            label={t('signIn.password')}
            value={password}
            wrong={tried && !password ? t('signIn.passwordMissing') : undefined}
            onText={setPassword}
          />
          <button type="submit" className="button wide" disabled={signIn.isPending}>
            {t(signIn.isPending ? 'signIn.going' : 'signIn.go')}
          </button>
        </form>
        {door === 'staff' ? (
          <button type="button" className="button quiet" onClick={() => setWithCode(true)}>
            {t('accounts.useCode')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
