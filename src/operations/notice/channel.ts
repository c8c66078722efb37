import { createHmac, randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceState } from '#store/notice.ts'

/** One message to one address. `message` names it to the channel, and in what the channel says later. */
export type Message = { message: string; to: string; subject: string; body: string }
export type Sent = { state: ServiceState; reference: string }

/**
 * A way to send: what it does with a message is its own. It answers 'delivered' only with proof, 'accepted' where the proof
 * comes later, 'failed' where it may be tried again, 'refused' where not (no such address). It throws where it is down.
 */
export type Sender = { by: string; send: (message: Message, signal: AbortSignal) => Promise<Sent> }

/** Writes messages to a folder, for the demonstration and for an installation whose gateway reads files. */
export function folderSender(folder: string): Sender {
  return {
    by: 'folder',
    async send({ message, to, subject, body }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = randomUUID()
      const text = JSON.stringify({ message, to, subject, body }, undefined, 1)
      // whoever reads the folder never sees half a message
      await writeFile(join(folder, `.${name}`), text, { mode: 0o600 })
      await rename(join(folder, `.${name}`), join(folder, `${name}.json`))
      return { state: 'delivered', reference: name }
    },
  }
}

const STATES: Readonly<Record<string, ServiceState>> = {
  delivered: 'delivered',
  accepted: 'accepted',
  failed: 'failed',
  refused: 'refused',
}

/** The signature of a body under the secret a gateway shares: both ways. */
export const signBody = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

/**
 * Hands messages to a gateway over HTTP: a POST of the message as JSON, signed in `x-signature`. It answers
 * `{ state, reference }`, or 202 for accepted. 4xx (but 408, 429) is a final no; everything else is tried again.
 */
export function webhookSender(url: string, secret: string): Sender {
  return {
    by: 'webhook',
    async send(message, signal) {
      const body = JSON.stringify(message)
      const response = await fetch(url, {
        method: 'POST',
        body,
        signal,
        redirect: 'error',
        headers: { 'content-type': 'application/json', 'x-signature': signBody(secret, body) },
      })
      const text = (await response.text()).slice(0, 2000)
      if (!response.ok) {
        const final = response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)
        return { state: final ? 'refused' : 'failed', reference: `HTTP ${response.status}` }
      }
      const said: unknown = text === '' ? {} : JSON.parse(text)
      const of = (field: string): string =>
        typeof said === 'object' && said !== null && field in said ? String(Reflect.get(said, field)) : ''
      const state = STATES[of('state')] ?? (response.status === 202 ? 'accepted' : 'failed')
      return { state, reference: of('reference').slice(0, 200) }
    },
  }
}

/** What sends on each channel, as configured; a channel without one is not offered. Paper needs none. */
export type Senders = { [channel in 'sms' | 'mail']?: Sender }

/** From the settings XINHENG_SMS and XINHENG_MAIL: `folder`, or the address of a gateway; XINHENG_GATEWAY_SECRET signs. */
export function sendersFromEnv(env: Readonly<Record<string, string | undefined>>, outbox: string): Senders {
  const senders: Senders = {}
  for (const channel of ['sms', 'mail'] as const) {
    const setting = env[`XINHENG_${channel.toUpperCase()}`]
    if (setting === undefined || setting === '') continue
    if (setting === 'folder') senders[channel] = folderSender(join(outbox, channel))
    else senders[channel] = webhookSender(new URL(setting).href, env['XINHENG_GATEWAY_SECRET'] ?? '')
  }
  return senders
}
