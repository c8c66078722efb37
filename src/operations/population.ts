import type { IdentifierKind } from '#domain/identity/identifier.ts'

/** A person as the population database is asked about them; `number` in the normalised form of `parseIdentifier`. */
export type PersonToCheck = { kind: IdentifierKind; number: string; name: string }

/**
 * Asks the population database whether number and name belong together (R2). It learns that and nothing else:
 * 'unavailable' is no answer, neither for nor against the person. Never throws.
 */
export type PopulationCheck = (person: PersonToCheck) => Promise<'match' | 'no-match' | 'unavailable'>

/** Why there was no answer, for a counter or a log; carries no personal data by construction. */
export type PopulationFailure = { reason: 'timeout' | 'network' | 'status' | 'answer'; status?: number }

export type PopulationService = {
  /** where to POST; https, or http on this machine only */
  url: string
  /** sent as a bearer key */
  key: string
  /** for each of the at most two attempts; 3000 unless told */
  timeoutMs?: number
  onFailure?: (failure: PopulationFailure) => void
}

const LONGEST_ANSWER = 1024
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The check over HTTP: POST { kind, number, name } → 200 { result: 'match' | 'no-match' }. Fields beyond `result` are
 * dropped unread. Tried once more after a timeout, a broken connection, 429 or 5xx. Redirects are not followed: the
 * person's data goes to this address or nowhere. Throws at once for an address that is neither https nor loopback.
 */
export function httpPopulationCheck(service: PopulationService): PopulationCheck {
  const url = new URL(service.url)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    throw new Error('the population database must be reached over https')
  }
  return async (person) => {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const outcome = await ask(url, service, person)
      if (typeof outcome === 'string') return outcome
      service.onFailure?.(outcome)
      if (!isWorthRetrying(outcome)) break
    }
    return 'unavailable'
  }
}

/**
 * The check an installation is configured for: `XINHENG_POPULATION_URL` with `XINHENG_POPULATION_KEY`. Undefined where
 * there is none: then nobody is checked. An address without its key is a mistake and throws.
 */
export function populationFromEnv(env: NodeJS.ProcessEnv): PopulationCheck | undefined {
  const { XINHENG_POPULATION_URL: url, XINHENG_POPULATION_KEY: key } = env
  if (!url) return undefined
  if (!key) throw new Error('XINHENG_POPULATION_URL is set without XINHENG_POPULATION_KEY')
  return httpPopulationCheck({ url, key })
}

/** For an installation without the database: nobody is checked, and everybody sees that. */
export const noPopulationCheck: PopulationCheck = async () => 'unavailable'

function isWorthRetrying({ reason, status = 0 }: PopulationFailure): boolean {
  return reason === 'timeout' || reason === 'network' || status === 429 || status >= 500
}

async function ask(
  url: URL,
  service: PopulationService,
  person: PersonToCheck,
): Promise<'match' | 'no-match' | PopulationFailure> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(service.timeoutMs ?? 3000),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${service.key}`,
      },
      body: JSON.stringify({ kind: person.kind, number: person.number, name: person.name }),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return { reason: 'status', status: response.status }
    }
    return readAnswer(await readShort(response)) ?? { reason: 'answer' }
  } catch (error) {
    // The error is looked at, never passed on: its text may quote the request.
    return { reason: error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'network' }
  }
}

/** The body as text, or '' once it is longer than any honest answer. */
async function readShort(response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.byteLength
    if (length > LONGEST_ANSWER) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readAnswer(text: string): 'match' | 'no-match' | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof answer !== 'object' || answer === null || !('result' in answer)) return undefined
  return answer.result === 'match' || answer.result === 'no-match' ? answer.result : undefined
}
