import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { parseVerifierKey, type NoteVerifier } from '#domain/note.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { sequenceAll } from '#operations/ledger-sequence.ts'
import { openPool } from '#store/db.ts'
import { roleUrl } from '#store/migrate.ts'
import { withCity, type City } from '#test/guarantees/city.fixture.ts'
import type { Client } from '#test/api.ts'

export type ReportCity = City & {
  key: NoteVerifier
  keyText: string
  /** puts what waits into the ledger */
  sequence: () => Promise<void>
  /** the file of a report, when its look-up is in the ledger */
  file: (client: Client, report: string, number?: string) => Promise<Buffer>
}

/** The demo city with a ledger that is written when the test says so. */
export async function withReports(t: TestContext): Promise<ReportCity> {
  const city = await withCity(t)
  const signer = await openLedgerLog(city.owner, city.keys, 'ledger.example/report')
  const { rows } = await city.owner.query<{ key: string }>('select key from xinheng.ledger_log')
  const keyText = rows[0]?.key ?? ''
  const key = await parseVerifierKey(keyText)
  assert.ok(key)
  const sequence = async () => {
    const pool = openPool(roleUrl(city.url, 'xinheng_sequencer', city.keys), { max: 1 })
    await sequenceAll({ pool, keys: city.keys, signer }, '-infinity').finally(() => pool.end())
  }
  return {
    ...city,
    key,
    keyText,
    sequence,
    async file(client, report, number) {
      await sequence()
      const response = await client.fetch(`/api/v1/reports/${report}/file`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(number === undefined ? {} : { number }),
      })
      assert.equal(response.status, 200, response.headers.get('content-type') ?? '')
      assert.equal(response.headers.get('content-type'), 'application/pdf')
      return Buffer.from(await response.arrayBuffer())
    },
  }
}

/** The text of a report, page after page: glyphs by the ToUnicode maps of its fonts, which are not compressed. */
export function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const object = (num: string) => new RegExp(`\\n${num} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(raw)?.[1] ?? ''
  const maps = new Map<string, Map<string, string>>()
  for (const [, name = '', num = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const unicode = object(/\/ToUnicode (\d+) 0 R/.exec(object(num))?.[1] ?? '')
    const map = new Map<string, string>()
    for (const [, from = '', list = ''] of unicode.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
      ;[...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ''], at) => {
        const glyph = (Number.parseInt(from, 16) + at).toString(16).padStart(4, '0')
        map.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'))
      })
    }
    maps.set(name, map)
  }
  let font = new Map<string, string>()
  let text = ''
  for (const [, name, shown] of raw.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ/gi)) {
    if (name !== undefined) font = maps.get(name) ?? font
    else {
      const glyphs = [...(shown ?? '').matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) => hex).join('')
      text += `${(glyphs.match(/.{4}/g) ?? []).map((glyph) => font.get(glyph.toLowerCase()) ?? '?').join('')}\n`
    }
  }
  return text
}
