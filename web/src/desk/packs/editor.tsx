import { useEffect, useId, useRef } from 'react'
import { useWords } from '../../i18n.ts'

/** A place to go to: a line of the file that is shown; `turn` is another number each time it is asked for. */
export type Target = { line: number; turn: number }

/** A plain editor with the numbers of its lines; lines with a problem are marked. */
export function Editor(props: {
  name: string
  text: string
  readOnly: boolean
  wrong: ReadonlySet<number>
  target: Target | undefined
  onText: (text: string) => void
}) {
  const { t } = useWords()
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const lines = props.text.split('\n')
  const { target } = props
  useEffect(() => {
    const area = box.current
    if (!target || !area) return
    const rows = area.value.split('\n')
    const start = rows.slice(0, target.line - 1).join('\n').length + (target.line > 1 ? 1 : 0)
    area.focus()
    area.setSelectionRange(start, start + (rows[target.line - 1] ?? '').length)
    const height = area.clientHeight / Math.max(rows.length, 1)
    frame.current?.scrollTo({ top: Math.max(0, (target.line - 4) * height) })
  }, [target])
  return (
    <div className="field">
      <label htmlFor={id}>{t('packs.file', { name: props.name })}</label>
      <div className="code-frame" ref={frame}>
        <div className="code-lines" aria-hidden="true">
          {lines.map((_, at) => (
            <span key={at} className={props.wrong.has(at + 1) ? 'wrong' : ''}>
              {at + 1}
            </span>
          ))}
        </div>
        <textarea
          id={id}
          ref={box}
          className="code-text"
          rows={lines.length}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          readOnly={props.readOnly}
          value={props.text}
          aria-invalid={props.wrong.size > 0 ? true : undefined}
          onChange={({ target: { value } }) => props.onText(value)}
        />
      </div>
    </div>
  )
}
