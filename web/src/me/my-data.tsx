import { useMutation } from '@tanstack/react-query'
import { call, type Reply } from '../api.ts'
import { today } from '../format.ts'
import { useWords } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Failure, Note } from '../ui/note.tsx'
import { readableOf } from './readable.ts'

/** Saves text as a file of this device; it goes nowhere else. */
function save(text: string, type: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Everything about me as a file: for machines, or to read and print. */
export function MyData() {
  const words = useWords()
  const { t } = words
  const file = useMutation({
    mutationFn: async (kind: 'json' | 'html') => {
      const data = await call('myData', {})
      // the name says the day and nothing about whom
      const name = `my-credit-data-${today()}.${kind}`
      if (kind === 'json') save(`${JSON.stringify(data, null, 2)}\n`, 'application/json', name)
      else save(readableOf(data, words), 'text/html', name)
      return counted(data)
    },
    gcTime: 0,
  })
  return (
    <div className="stack-l">
      <Note tone="calm" icon="eye">
        <p>{t('data.logged')}</p>
      </Note>
      <ul className="menu-list">
        <li className="card stack-s">
          <h2 className="h-small">{t('data.html')}</h2>
          <p className="soft">{t('data.htmlText')}</p>
          <div className="row">
            <button type="button" className="button" disabled={file.isPending} onClick={() => file.mutate('html')}>
              <Icon name="download" />
              {t('data.saveHtml')}
            </button>
          </div>
        </li>
        <li className="card stack-s">
          <h2 className="h-small">{t('data.json')}</h2>
          <p className="soft">{t('data.jsonText')}</p>
          <div className="row">
            <button
              type="button"
              className="button second"
              disabled={file.isPending}
              onClick={() => file.mutate('json')}
            >
              <Icon name="download" />
              {t('data.saveJson')}
            </button>
          </div>
        </li>
      </ul>
      {file.isError ? <Failure error={file.error} alert /> : null}
      {file.data ? (
        <Note tone="good" title={t('data.saved')} alert>
          <p>{t('data.savedText', file.data)}</p>
        </Note>
      ) : null}
      <p className="faint">{t('data.keep')}</p>
    </div>
  )
}

const counted = ({ archive, looks, cases }: Reply<'myData'>) => ({
  records: archive.records.length,
  looks: looks.length,
  cases: cases.length,
})
