import type { TSchema } from 'typebox'

/** Query and params come as text: what the schema calls a number or a boolean becomes one, if it is written as one. */
export function coerce(schema: TSchema | undefined, raw: unknown): unknown {
  const { properties } = (schema ?? {}) as { properties?: Record<string, { type?: string }> }
  if (!properties || typeof raw !== 'object' || raw === null) return raw
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, valueOf(properties[name]?.type, value)]))
}

function valueOf(type: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (type === 'integer' || type === 'number') return /^-?\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : value
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return value
}

/** Whether any text in a request holds a NUL: no name, number or text has one, and the database takes none. */
export function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, one]) => name.includes('\0') || hasNul(one))
}
