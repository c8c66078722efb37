import { useId, useRef, type ReactNode } from 'react'
import { formatBytes } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from './icon.tsx'

/** Files to choose, listed below their label, each of which can be taken away again. */
export function FileField(props: {
  label: string
  hint?: ReactNode
  wrong?: string | undefined
  accept: string
  files: readonly File[]
  onFiles: (files: File[]) => void
}) {
  const { t } = useWords()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const described = [props.hint ? `${id}-hint` : '', props.wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        ref={input}
        id={id}
        type="file"
        className="input"
        accept={props.accept}
        multiple
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => {
          props.onFiles([...props.files, ...(event.target.files ?? [])])
          if (input.current) input.current.value = ''
        }}
      />
      {props.hint ? (
        <span className="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      ) : null}
      {props.wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </span>
      ) : null}
      {props.files.length > 0 ? (
        <ul className="files">
          {props.files.map((file, at) => (
            // two files may have the same name
            // oxlint-disable-next-line react/no-array-index-key -- they have no other name
            <li key={`${file.name}-${at}`}>
              <span>{file.name}</span>
              <span className="faint num">{formatBytes(file.size)}</span>
              <button
                type="button"
                className="button quiet"
                aria-label={t('paper.takeAway', { name: file.name })}
                onClick={() => props.onFiles(props.files.filter((_, one) => one !== at))}
              >
                <Icon name="cross" size={18} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
