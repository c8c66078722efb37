import { writeFile } from 'node:fs/promises'
import { packJsonSchema } from '#domain/pack.ts'

/** Writes policy/pack.schema.json from the shapes in src/domain/pack.ts. */
const target = new URL('../policy/pack.schema.json', import.meta.url)
await writeFile(target, `${JSON.stringify(packJsonSchema(), null, 2)}\n`)
