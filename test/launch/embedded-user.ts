import { startEmbedded } from '#store/embedded.ts'

// A process that uses the embedded server of a data directory until SIGTERM; prints its URL.
const { url, stop } = await startEmbedded({ dataDir: process.argv[2] ?? '', settings: { shared_buffers: '32MB' } })
process.once('SIGTERM', () => void stop())
console.log(url)
