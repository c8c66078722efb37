import '../style/case.css'
import { useState, type FormEvent } from 'react'
import type { Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Input, Select } from './field.tsx'
import { Failure, Note } from './note.tsx'

type Contacts = Reply<'myContacts'>['contacts']
export type Contact = { channel: Contacts[number]['channel']; address: string }
const HINTS = { sms: 'contact.smsHint', mail: 'contact.mailHint', paper: 'contact.paperHint' } as const
const TYPES = { sms: 'tel', mail: 'email', paper: 'text' } as const

/** Where notices are sent, masked, and a form to change it; what is typed is kept nowhere. */
export function ContactForm(props: {
  contacts: Contacts
  pending: boolean
  error: unknown
  done: boolean
  /** the number of the form that was signed, where it is filed for somebody */
  form?: { value: string; label: string; missing: string; onValue: (value: string) => void }
  onSend: (contact: Contact) => void
}) {
  const { t, pick, language } = useWords()
  const { contacts } = props
  const [channel, setChannel] = useState<Contact['channel']>('sms')
  const [address, setAddress] = useState('')
  const [tried, setTried] = useState(false)
  const current = contacts.find((one) => one.channel === channel)
  const { form } = props
  const ready = form === undefined || form.value.trim() !== ''
  function send(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (address.trim() && ready) props.onSend({ channel, address: address.trim() })
  }
  return (
    <div className="stack">
      <dl className="case-said">
        {contacts.map((one) => (
          <div key={one.channel}>
            <dt>{pick(one.name)}</dt>
            <dd className="num">
              {one.address
                ? `${one.address}${one.since ? ` · ${t('contact.since', { at: formatInstant(one.since, language) })}` : ''}`
                : t('contact.none')}
            </dd>
          </div>
        ))}
      </dl>
      {props.done ? (
        <Note tone="good" alert>
          <p>{t('contact.done')}</p>
        </Note>
      ) : null}
      <form className="stack form-width" autoComplete="off" noValidate onSubmit={send}>
        <div className="field-pair">
          <Select
            label={t('contact.channel')}
            value={channel}
            onChange={(event) => {
              setChannel(contacts.find((one) => one.channel === event.target.value)?.channel ?? 'sms')
              setTried(false)
            }}
          >
            {contacts.map((one) => (
              <option key={one.channel} value={one.channel}>
                {pick(one.name)}
              </option>
            ))}
          </Select>
          <Input
            label={t('contact.address')}
            hint={t(HINTS[channel])}
            type={TYPES[channel]}
            value={address}
            maxLength={200}
            wrong={tried && !address.trim() ? t('contact.missing') : undefined}
            onChange={(event) => setAddress(event.target.value)}
          />
        </div>
        {form ? (
          <Input
            label={form.label}
            wrong={tried && !ready ? form.missing : undefined}
            value={form.value}
            maxLength={48}
            onChange={(event) => form.onValue(event.target.value)}
          />
        ) : null}
        {props.error ? <Failure error={props.error} alert /> : null}
        <div className="row">
          <button type="submit" className="button second" disabled={props.pending}>
            {t('contact.set')}
          </button>
          {current?.address ? (
            <button
              type="button"
              className="button quiet"
              disabled={props.pending}
              onClick={() => {
                if (!ready) setTried(true)
                if (ready) props.onSend({ channel, address: '' })
              }}
            >
              {t('contact.end', { channel: pick(current.name) })}
            </button>
          ) : null}
        </div>
      </form>
    </div>
  )
}
