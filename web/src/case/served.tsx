import type { Reply } from '../api.ts'
import { formatInstant } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'

type Service = Reply<'myNotices'>['notices'][number]['service']

/** How the service of a notice is proven: way, when, whether it got there, the number of the receipt. */
export function Served({ service }: { service: Service }) {
  const { t, pick, language } = useWords()
  if (service.length === 0) return <p className="soft">{t('served.not')}</p>
  return (
    <ul className="stack-s">
      {service.map((one) => (
        <li key={`${one.channel} ${one.at} ${one.ok}`} className="row">
          <Icon name={one.ok ? 'check' : 'alert'} size={16} />
          <span className="num">
            {t(one.ok ? 'served.yes' : 'served.failed', {
              way: pick(one.name),
              at: formatInstant(one.at, language),
            })}
            {one.reference ? ` · ${t('served.receipt', { receipt: one.reference })}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
