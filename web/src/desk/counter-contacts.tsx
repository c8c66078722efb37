import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { ContactForm, type Contact } from '../ui/contact-form.tsx'
import { Failure } from '../ui/note.tsx'

/** Where notices are sent to the person who is present: read when asked for, changed on a form of its own. */
export function CounterContacts({ presence }: { presence: string }) {
  const { t } = useWords()
  const params = { presence }
  const [form, setForm] = useState('')
  const read = useMutation({ mutationFn: () => call('counterContacts', { params }), gcTime: 0 })
  const set = useMutation({
    mutationFn: (contact: Contact) => call('setCounterContact', { params, body: { ...contact, form: form.trim() } }),
    onSuccess: () => setForm(''),
    gcTime: 0,
  })
  const contacts = set.data?.contacts ?? read.data?.contacts
  return (
    <section className="card stack no-print" aria-labelledby="counter-contacts">
      <h2 id="counter-contacts">{t('counter.contactTitle')}</h2>
      {contacts ? (
        <>
          <p className="soft">{t('counter.contactIntro')}</p>
          <ContactForm
            key={JSON.stringify(contacts)}
            contacts={contacts}
            pending={set.isPending}
            error={set.error}
            done={set.isSuccess}
            form={{ value: form, label: t('counter.form'), missing: t('counter.formMissing'), onValue: setForm }}
            onSend={(contact) => set.mutate(contact)}
          />
        </>
      ) : (
        <>
          {read.isError ? <Failure error={read.error} alert /> : null}
          <div>
            <button type="button" className="button second" disabled={read.isPending} onClick={() => read.mutate()}>
              {t('counter.contactRead')}
            </button>
          </div>
        </>
      )}
    </section>
  )
}
