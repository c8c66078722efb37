import type { Unit } from './pack.ts'

/** Does every unit a lower pattern means fall under one of the upper patterns? */
export function isPatternWithin(pattern: string, upper: readonly string[], units: readonly Unit[]): boolean {
  if (upper.includes('*') || upper.includes(pattern)) return true
  const named = units.filter((unit) => unit.id === pattern)
  return named.length > 0 && named.every((unit) => upper.includes(`kind:${unit.kind}`))
}
