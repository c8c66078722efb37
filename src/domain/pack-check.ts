import { Value } from 'typebox/value'
import { checkCalendar } from './pack-check-calendar.ts'
import { checkInheritance } from './pack-check-inheritance.ts'
import { checkItems } from './pack-check-items.ts'
import { checkLaw } from './pack-check-law.ts'
import { checkPlan } from './pack-check-plan.ts'
import { checkProcess } from './pack-check-process.ts'
import { checkReferences } from './pack-check-references.ts'
import { checkTime } from './pack-check-time.ts'
import type { Found, Path, Report } from './pack-problem.ts'
import { PackSchema, type PackLayer } from './pack.ts'

/** Is this the shape of a layer? */
export const isPackLayer = (layer: unknown): layer is PackLayer => Value.Check(PackSchema, layer)

/** Differences from the schema; a rule without basis by its own name. */
export function checkShape(layer: unknown): Omit<Found, 'layer'>[] {
  const found: Omit<Found, 'layer'>[] = []
  for (const error of Value.Errors(PackSchema, layer)) {
    // "schema is false" repeats every unknown property that `additionalProperties` names already
    if (error.keyword === 'boolean') continue
    const path = pathOf(error.instancePath, layer)
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) {
        found.push({ code: name === 'basis' ? 'no-basis' : 'schema', path, what: `${name}?` })
      }
    } else if (error.keyword === 'additionalProperties') {
      for (const name of error.params.additionalProperties) {
        found.push({ code: 'schema', path: [...path, name], what: `${name}: ${error.message}` })
      }
    } else {
      const empty = error.keyword === 'minItems' && path.at(-1) === 'basis'
      found.push({ code: empty ? 'no-basis' : 'schema', path, what: `${path.join('.')}: ${error.message}` })
    }
  }
  return found
}

/** A JSON pointer as steps; steps into arrays are numbers. */
function pathOf(pointer: string, root: unknown): Path {
  let value: unknown = root
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      const index = Array.isArray(value) ? Number(key) : key
      value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
      return index
    })
}

/** Every problem of layers that have the right shape, upper first. Pure. Empty: the layers may be merged and used. */
export function checkLayers(layers: readonly PackLayer[]): Found[] {
  const found: Found[] = []
  layers.forEach((layer, index) => {
    const report: Report = (code, path, what) => found.push({ layer: index, code, path, what })
    const upper = layers.slice(0, index)
    checkTime(layer, report)
    checkCalendar(layer, upper, report)
    checkReferences(layer, upper, report)
    checkLaw(layer, upper, report)
    checkItems(layer, upper, report)
    checkProcess(layer, upper, report)
    checkPlan(layer, upper, report)
    // inheritance is judged against what the upper layers say together; they must be sound for that
    if (upper.length > 0 && !found.some((one) => one.layer < index)) checkInheritance(layer, upper, report)
  })
  return found
}
