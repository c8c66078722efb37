import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useState, type ReactNode } from 'react'
import type { WhoamiBody } from '#contract/shapes.ts'
import { ApiError, call, setCsrf } from './api.ts'
import { useWords } from './i18n.ts'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'
import { Failure, Note, Skeleton } from './ui/note.tsx'

type Session = { who: WhoamiBody; signOut: () => void }
const Current = createContext<Session | undefined>(undefined)

/** Who is signed in; only below `SignedIn`. */
export function useSession(): Session {
  const session = use(Current)
  if (!session) throw new Error('useSession outside SignedIn')
  return session
}

export const SESSION = ['session'] as const

/** What the session query keeps: who, or that nobody is, and whether somebody was. */
export type SessionState = { who: WhoamiBody | null; expired: boolean }

async function fetchSession(): Promise<SessionState> {
  try {
    const who = await call('whoami', {})
    setCsrf(who.csrf)
    return { who, expired: false }
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return { who: null, expired: false }
    throw error
  }
}

/** Shows its children to those who are signed in and belong here; to others the sign-in, or the way to their door. */
export function SignedIn({ door, children }: { door: 'person' | 'staff'; children: ReactNode }) {
  const { t } = useWords()
  const client = useQueryClient()
  const session = useQuery({ queryKey: SESSION, queryFn: fetchSession, staleTime: Infinity })
  const [left, setLeft] = useState(false)

  async function signOut(): Promise<void> {
    setLeft(true)
    try {
      await call('signOut', {})
    } finally {
      setCsrf('')
      // not clear(): who watches the session would not hear of it
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
      client.setQueryData<SessionState>(SESSION, { who: null, expired: false })
    }
  }

  function enter(who: WhoamiBody): void {
    setCsrf(who.csrf)
    setLeft(false)
    client.setQueryData<SessionState>(SESSION, { who, expired: false })
  }

  if (session.isPending)
    return (
      <Shell door={door}>
        <div className="page">
          <Skeleton />
        </div>
      </Shell>
    )
  if (session.isError)
    return (
      <Shell door={door}>
        <div className="page">
          <Failure error={session.error} onRetry={() => void session.refetch()} />
        </div>
      </Shell>
    )
  const state = session.data
  if (state.who === null)
    return (
      <Shell door={door}>
        <SignIn door={door} expired={state.expired && !left} onEntered={enter} />
      </Shell>
    )
  const leave = () => void signOut().catch(() => undefined)
  if (state.who.kind !== door) {
    const other =
      door === 'staff' ? { href: '/me', word: t('signIn.toMe') } : { href: '/desk', word: t('signIn.toDesk') }
    return (
      <Shell door={door} onSignOut={leave}>
        <div className="door">
          <div className="door-card stack">
            <h1 className="door-title">{t('signIn.wrongDoor')}</h1>
            <Note
              tone="warn"
              icon="lock"
              actions={
                <a className="button" href={other.href}>
                  {other.word}
                </a>
              }
            >
              <p>{t(door === 'staff' ? 'signIn.wrongDoorPerson' : 'signIn.wrongDoorStaff')}</p>
            </Note>
          </div>
        </div>
      </Shell>
    )
  }
  return <Current value={{ who: state.who, signOut: leave }}>{children}</Current>
}
