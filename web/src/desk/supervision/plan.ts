import { useQuery } from '@tanstack/react-query'
import { call, type Input, type Reply } from '../../api.ts'
import type { Words } from '../../i18n.ts'
import { useSession } from '../../session.tsx'

export type Plan = Reply<'supervisionPlan'>
type Area = Input<'supervisionArea'>['params']['area']

/** What the pack says of supervision; it changes with the pack alone. */
export const usePlan = () =>
  useQuery({
    queryKey: ['supervision', 'plan'],
    queryFn: ({ signal }) => call('supervisionPlan', {}, signal),
    staleTime: 600_000,
  })

export const useArea = (area: Area) =>
  useQuery({
    queryKey: ['supervision', area],
    queryFn: ({ signal }) => call('supervisionArea', { params: { area } }, signal),
  })

/** What whoever is signed in may say: in the name of their unit, or as the office of the platform. */
export function useMay(): { unit: string | undefined; say: boolean; office: boolean } {
  const { who } = useSession()
  return {
    unit: who.unit?.id,
    say: who.roles.some((role) => role === 'clerk' || role === 'reviewer' || role === 'admin'),
    office: who.office !== undefined && who.roles.includes('admin'),
  }
}

export const nameIn = (rules: readonly { id: string; name: Words }[], id: string): Words =>
  rules.find((rule) => rule.id === id)?.name ?? { zh: id, en: id }
