import { useState, type ReactNode } from 'react'
import { useWords } from '../../i18n.ts'
import { Note } from '../../ui/note.tsx'

/** A form that unfolds where there is something to add; done, it folds again and says so. */
export function Adding({ title, children }: { title: string; children: (onSaved: () => void) => ReactNode }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const [saved, setSaved] = useState(0)
  return (
    <div className="no-print">
      <div className="live" aria-live="polite">
        {saved > 0 && !open ? <Note tone="good" title={t('supervise.saved')} /> : null}
      </div>
      <details className="fold card adding" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{title}</summary>
        {open
          ? children(() => {
              setSaved(saved + 1)
              setOpen(false)
            })
          : null}
      </details>
    </div>
  )
}
