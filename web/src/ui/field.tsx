import { useId, useState, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react'
import { useWords } from '../i18n.ts'

type Common = { label: string; hint?: ReactNode; wrong?: string | undefined }

function Frame({ id, label, hint, wrong, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      ) : null}
    </div>
  )
}

function describedBy(id: string, { hint, wrong }: Common): string | undefined {
  return [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined
}

/** A line to fill in, with its label, hint and what is wrong with it. */
export function Input({ label, hint, wrong, ...rest }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  const common = { label, hint, wrong }
  return (
    <Frame id={id} {...common}>
      <input
        id={id}
        className="input"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, common)}
        {...rest}
      />
    </Frame>
  )
}

/** A choice from a closed list. */
export function Select({ label, hint, wrong, children, ...rest }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId()
  const common = { label, hint, wrong }
  return (
    <Frame id={id} {...common}>
      <select
        id={id}
        className="input"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, common)}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  )
}

/** Several lines of text. */
export function Area({
  label,
  hint,
  wrong,
  value,
  onText,
  maxLength,
}: Common & { value: string; onText: (text: string) => void; maxLength: number }) {
  const id = useId()
  const common = { label, hint, wrong }
  return (
    <Frame id={id} {...common}>
      <textarea
        id={id}
        className="input"
        value={value}
        maxLength={maxLength}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, common)}
        onChange={(event) => onText(event.target.value)}
      />
    </Frame>
  )
}

/** A password that one may look at while typing. */
export function Password({
  label,
  wrong,
  value,
  onText,
  autoComplete = 'current-password',
}: Common & { value: string; onText: (text: string) => void; autoComplete?: string }) {
  const { t } = useWords()
  const [seen, setSeen] = useState(false)
  return (
    <div className="stack-s">
      <Input
        label={label}
        wrong={wrong}
        name="password"
        type={seen ? 'text' : 'password'}
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => onText(event.target.value)}
      />
      <label className="check">
        <input type="checkbox" checked={seen} onChange={(event) => setSeen(event.target.checked)} />
        {t('signIn.show')}
      </label>
    </div>
  )
}

export type Option = { value: string; title: string; text?: string }

/** One of a few, each with a line of explanation. */
export function Choices(props: {
  legend: string
  name: string
  options: Option[]
  value: string
  onValue: (value: string) => void
}) {
  return (
    <fieldset className="field">
      <legend className="field-legend">{props.legend}</legend>
      <div className={`choices ${props.options.some(({ text }) => text) ? '' : 'short'}`}>
        {props.options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              type="radio"
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onValue(option.value)}
            />
            <span>
              <strong>{option.title}</strong>
              {option.text ? <span>{option.text}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
