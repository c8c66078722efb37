// A sequencer in a process of its own, to be killed: small batches, one after the other.
import pg from 'pg'
import type { Keys } from '#store/keys.ts'
import { sequence } from '#operations/ledger-sequence.ts'
import { getLedgerSigner } from '#store/ledger-leaf.ts'

const { ledger, signing } = JSON.parse(process.env.LEDGER_KEYS ?? '{}') as { ledger: string; signing: string }
const keys: Keys = {
  ledger: Buffer.from(ledger, 'base64'),
  index: Buffer.alloc(64),
  roles: Buffer.alloc(64),
  signing,
  encryption: { current: 1, keys: new Map([[1, Buffer.alloc(32)]]) },
}
const pool = new pg.Pool({ connectionString: process.env.LEDGER_URL, options: '-c role=xinheng_sequencer' })
const signer = await getLedgerSigner(keys, 'ledger.example/xinheng')
await pool.query('select 1')
process.stdout.write('ready\n')
for (;;) await sequence({ pool, keys, signer }, { since: 3600, limit: 37 })
