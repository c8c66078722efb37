/** Whether a list of units of the catalogue (ids, `kind:…` or `*`) names this one. */
export function mayUse(list: string[], unit: { id: string; kind: string }): boolean {
  return list.includes('*') || list.includes(unit.id) || list.includes(`kind:${unit.kind}`)
}
