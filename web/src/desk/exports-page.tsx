import { useQuery } from '@tanstack/react-query'
import { EXPORTS_TABLE } from '#contract/tables.ts'
import { call } from '../api.ts'
import { useWords } from '../i18n.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Empty, Failure, Skeleton } from '../ui/note.tsx'

/** The register of exports: who took which table, and how many rows. */
export function ExportsPage() {
  const { t } = useWords()
  const listed = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => call('exports', { query: { limit: 500 } }, signal),
  })
  if (listed.isPending) return <Skeleton lines={7} />
  if (listed.isError) return <Failure error={listed.error} onRetry={() => void listed.refetch()} />
  if (listed.data.exports.length === 0)
    return (
      <Empty icon="download" title={t('exports.empty')}>
        <p>{t('exports.emptyText')}</p>
      </Empty>
    )
  return (
    <DataTable
      table={EXPORTS_TABLE}
      rows={listed.data.exports}
      rowKey={({ num }) => String(num)}
      input={{ query: { limit: 500 } }}
    />
  )
}
