import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { ApiError, setCsrf } from './api.ts'
import { i18n, startWords } from './i18n.ts'
import { SESSION, type SessionState } from './session.tsx'
import './style/tokens.css'
import './style/base.css'
import './style/ui.css'

/** A session that ended: what was shown is forgotten, and the sign-in says why it is there. */
function noticeExpiry(client: () => QueryClient) {
  return (error: Error): void => {
    if (!(error instanceof ApiError) || error.status !== 401) return
    if (!client().getQueryData<SessionState>(SESSION)?.who) return
    setCsrf('')
    client().removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] && queryKey[0] !== 'catalog' })
    client().setQueryData<SessionState>(SESSION, { who: null, expired: true })
  }
}

/** Starts an entrance with its words. */
export async function start(words: { zh: object; en: object }, app: ReactNode): Promise<void> {
  await startWords(words.zh, words.en)
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeExpiry(() => client) }),
    mutationCache: new MutationCache({ onError: noticeExpiry(() => client) }),
    defaultOptions: {
      queries: {
        // every read of personal data is a look-up that is logged: none happens unasked
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        retry: (failures, error) => error instanceof ApiError && error.kind !== 'refused' && failures < 1,
        networkMode: 'always',
        staleTime: 30_000,
      },
      mutations: { networkMode: 'always' },
    },
  })
  const root = document.getElementById('root')
  if (!root) throw new Error('no root')
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={client}>{app}</QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}
