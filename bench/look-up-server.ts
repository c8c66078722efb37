import { buildApp } from '#api/app.ts'
import { openSystem } from '#operations/system.ts'
import { loadKeys } from '#store/keys.ts'
import { serveParent } from './child.ts'

/** The real server in a process of its own; `port` answers where, `cpu` with its processor time in seconds. */
export type ServerArgument = { url: string; keysFile: string }
export type ServerRequest = 'port' | 'cpu'

const ENDLESS = 1_000_000_000

let started: Promise<{ port: number; stop: () => Promise<void> }> | undefined

async function start({ url, keysFile }: ServerArgument) {
  const system = await openSystem({ ownerUrl: url, keys: await loadKeys(keysFile) })
  // the limits stay in the path of every request; only their height is ours
  const app = await buildApp({ system, log: 'silent', limits: { address: ENDLESS, account: ENDLESS, signIn: ENDLESS } })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const stop = async () => {
    app.server.closeAllConnections()
    await app.close()
    await system.close()
  }
  return { port: Number(new URL(address).port), stop }
}

serveParent<ServerArgument, ServerRequest>(
  async (argument, what) => {
    if (what === 'cpu') {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1e6
    }
    started ??= start(argument)
    return (await started).port
  },
  async () => (await started)?.stop(),
)
