import { useWords } from '../i18n.ts'

/** Whether an incident is in hand or closed. */
export function IncidentState({ state }: { state: string }) {
  const { t } = useWords()
  const closed = state === 'closed'
  return (
    <span className={`tag ${closed ? '' : 'warn'}`}>{t(closed ? 'incidents.stateClosed' : 'incidents.stateOpen')}</span>
  )
}
