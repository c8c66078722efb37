import type { TestContext } from 'node:test'
import { isRefusal } from '#domain/refusal.ts'
import { openDemoAccounts } from '#operations/demo/city.ts'
import { fillSite } from '#operations/demo/site.ts'
import { withCity, type City } from '#test/guarantees/city.fixture.ts'
// oxlint-disable-next-line no-restricted-imports -- the built pages stand beside
import { DIST, ensureWebBuilt } from '../web/browser.ts'

/** The public site of an empty city, over HTTP, with the pages built. */
export async function withSite(
  t: TestContext,
): Promise<City & { page: (path: string, init?: RequestInit) => Promise<Read> }> {
  await ensureWebBuilt()
  const city = await withCity(t, { web: DIST, limits: { tip: 1_000 } })
  return {
    ...city,
    async page(path, init) {
      const response = await city.nobody.fetch(path, { redirect: 'manual', ...init })
      return { status: response.status, headers: response.headers, text: await response.text() }
    },
  }
}

export type Read = { status: number; headers: Headers; text: string }

/** Posts a form as a browser without script does. */
export const form = (values: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(values).toString(),
})

/** The demo city's site: its accounts, decisions, texts and tips. */
export async function fillDemoSite(city: City): Promise<void> {
  const refusal = await openDemoAccounts(city.system, city.owner)
  if (isRefusal(refusal)) throw new Error(refusal.code)
  await fillSite(city.system, city.owner)
}
