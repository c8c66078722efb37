import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a directory and those above it, one by one: Node's own way never ends where a parent is there and nothing can be made
 * in it, as under /proc. Returns the uppermost that was made, undefined where there was nothing to make.
 */
export function makeDirectory(path: string, mode: number): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined
  const above = dirname(path) === path ? undefined : makeDirectory(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // another process was first
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
  return above ?? path
}
