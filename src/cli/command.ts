import type { ParseArgsOptionsConfig } from 'node:util'
import type { Text } from '#domain/refusal.ts'

/** Exit codes: scripts tell a "no" from a mistake in the call and from an outage. */
export const EXIT = { ok: 0, refused: 1, usage: 2, unavailable: 3 } as const
export type Exit = (typeof EXIT)[keyof typeof EXIT]

export type Option = { type: 'string' | 'boolean'; value?: string; help: Text }

/** What a command gets: options by name, and what stood without one. */
export type Args = { values: Record<string, string | boolean | undefined>; positionals: string[]; io: Io }

export type Io = {
  out: (text: string) => void
  error: (text: string) => void
  /** whether someone watches: then progress is shown */
  terminal: boolean
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  env: NodeJS.ProcessEnv
}

export type Command = {
  /** one or two words */
  name: string
  summary: Text
  /** after the name: what it takes without an option */
  takes?: string
  /** how many of those it takes, at least and at most */
  count?: [least: number, most: number]
  options?: Record<string, Option>
  /** an example that works in the demo city */
  example?: string
  /** reads its arguments itself */
  raw?: (args: readonly string[], io: Io) => Promise<number>
  run?: (args: Args) => Promise<Exit>
}

/** A mistake in the call: shown with the usage, exit code 2. */
export class UsageError extends Error {}

/** The value of an option that must be there. */
export function need({ values }: Args, name: string): string {
  const value = values[name]
  if (typeof value !== 'string') throw new UsageError(`缺少 --${name} · --${name} is missing`)
  return value
}

export const findText = ({ values }: Args, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export const parseConfig = ({ options = {} }: Command): ParseArgsOptionsConfig =>
  Object.fromEntries([
    ...Object.entries(options).map(([name, { type }]) => [name, { type }] as const),
    ['help', { type: 'boolean' as const }],
  ])
