import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { Served } from '../case/served.tsx'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { ContactForm, type Contact } from '../ui/contact-form.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

/** What the person was told about their file, how that is proven, and where else they want to be told. */
export function MyNotices() {
  const { t, pick, language } = useWords()
  const notices = useQuery({
    queryKey: ['my-notices'],
    queryFn: ({ signal }) => call('myNotices', { query: {} }, signal),
  })
  if (notices.isPending) return <Skeleton />
  if (notices.isError) return <Failure error={notices.error} onRetry={() => void notices.refetch()} />
  return (
    <div className="stack-l">
      <Contacts />
      {notices.data.notices.length === 0 ? (
        <Empty icon="bell" title={t('me.noticesEmpty')}>
          <p>{t('me.noticesEmptyText')}</p>
        </Empty>
      ) : (
        <ul className="stack">
          {notices.data.notices.map((notice) => (
            <li key={notice.notice} className="card stack-s">
              <h2>{pick(notice.title)}</h2>
              <p className="faint">{formatInstant(notice.at, language)}</p>
              <p className="pre-line">{pick(notice.text)}</p>
              <details className="fold">
                <summary>{t('served.title')}</summary>
                <Served service={notice.service} />
              </details>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Text message, mail or paper beside the inbox; folded, because most never change it. */
function Contacts() {
  const { t } = useWords()
  const client = useQueryClient()
  const contacts = useQuery({
    queryKey: ['my-contacts'],
    queryFn: ({ signal }) => call('myContacts', {}, signal),
  })
  const set = useMutation({
    mutationFn: (body: Contact) => call('setMyContact', { body }),
    onSuccess: (data) => client.setQueryData(['my-contacts'], data),
    gcTime: 0,
  })
  if (contacts.isPending) return null
  return (
    <details className="fold card">
      <summary>{t('contact.title')}</summary>
      <div className="stack">
        <p className="soft">{t('contact.intro')}</p>
        {contacts.isError ? (
          <Failure error={contacts.error} onRetry={() => void contacts.refetch()} />
        ) : (
          <ContactForm
            key={set.submittedAt}
            contacts={contacts.data.contacts}
            pending={set.isPending}
            error={set.error}
            done={set.isSuccess}
            onSend={(contact) => set.mutate(contact)}
          />
        )}
      </div>
    </details>
  )
}
