import { useWords } from '../i18n.ts'
import { Note } from '../ui/note.tsx'

export type Told = {
  kind: 'opened' | 'changed' | 'waits' | 'closed' | 'code' | 'approved' | 'rejected'
  name: string
  code?: string | undefined
}

/** What was done, and the code that is shown this once. */
export function CodeNote({ told }: { told: Told }) {
  const { t } = useWords()
  return (
    <Note tone={told.kind === 'waits' ? 'brand' : 'good'} title={t(`accounts.told_${told.kind}`, { name: told.name })}>
      {told.code ? (
        <>
          <p>
            {t(
              told.kind === 'waits'
                ? 'accounts.firstHalf'
                : told.kind === 'approved'
                  ? 'accounts.secondHalf'
                  : 'accounts.codeText',
            )}
          </p>
          <p className="one-code num">{told.code}</p>
        </>
      ) : null}
    </Note>
  )
}
