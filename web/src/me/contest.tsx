import { useState } from 'react'
import type { CaseBody } from '../case/timeline.tsx'
import { useWords } from '../i18n.ts'
import { Link } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { StartForm } from './start-case.tsx'

/** Cases that are being contested: each open objection, review or lawsuit is about one. */
export const openContests = (cases: readonly CaseBody[]): Set<string> =>
  new Set(
    cases.flatMap(({ machine, closed, target }) => (machine === 'objection' && !closed && target ? [target] : [])),
  )

/** The button that contests a determination or a measure, or that this is being done (G9). */
export function Contest({
  target,
  of,
  contested,
}: {
  target: string
  of: 'contest' | 'contestMeasure'
  contested: boolean
}) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  if (contested && !open)
    return (
      <p className="row">
        <Icon name="flag" size={18} />
        <Link to="/me/cases">{t('decided.contested')}</Link>
      </p>
    )
  if (open)
    return (
      <StartForm
        start={{ machine: 'objection', kind: 'contest', target }}
        words="contest"
        onNot={() => setOpen(false)}
      />
    )
  return (
    <div>
      <button type="button" className="button second no-print" onClick={() => setOpen(true)}>
        <Icon name="flag" />
        {t(`decided.${of}`)}
      </button>
    </div>
  )
}
