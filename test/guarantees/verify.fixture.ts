import { verify } from '#operations/verify.ts'
import { today } from '#operations/system.ts'
import type { TestDatabase } from '#test/db.ts'

/** Ids of the checks of `xinheng verify` that find something. */
export const findingsOf = async ({ owner, keys, system }: TestDatabase): Promise<string[]> =>
  (await verify({ pool: owner, keys, today: today(system) }))
    .filter(({ findings }) => findings.length > 0)
    .map(({ check }) => check.id)
