import { useQuery } from '@tanstack/react-query'
import { call } from '../../api.ts'

/** The lists that the unit determines or receives: rules of the pack, nobody's data. */
export function useLists(enabled = true) {
  return useQuery({
    queryKey: ['lists'],
    queryFn: ({ signal }) => call('lists', {}, signal),
    staleTime: 600_000,
    enabled,
  })
}
