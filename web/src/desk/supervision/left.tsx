import { useWords } from '../../i18n.ts'

/** How many days are left, or by how many it is late. */
export function Left({ days }: { days: number }) {
  const { t } = useWords()
  const text =
    days === 0 ? t('tasks.today') : t(days < 0 ? 'tasks.daysLate' : 'tasks.daysLeft', { days: Math.abs(days) })
  return <span className={`${days < 0 ? 'bad' : days <= 30 ? 'warn-text' : 'soft'} small nowrap`}>{text}</span>
}
