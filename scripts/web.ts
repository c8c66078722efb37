import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const CLONE = join(import.meta.dirname, '..')
const CONFIG = join(CLONE, 'web/vite.config.ts')
const DIST = join(CLONE, 'web/dist')
const STAMP = join(CLONE, 'web/dist/.sources')

/** Builds the web pages where their sources have changed since; returns whether it did. Throws what Vite reports. */
export async function ensureWebBuilt(log: (line: string) => void = () => {}): Promise<boolean> {
  if (!existsSync(CONFIG)) return false
  const sources = digestSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return false
  const start = performance.now()
  // built beside its place and moved there whole: a server that runs never meets half of it
  mkdirSync(join(CLONE, '.cache'), { recursive: true })
  const fresh = mkdtempSync(join(CLONE, '.cache/web-'))
  const old = `${fresh}.old`
  try {
    const { build } = await import('vite')
    await build({
      root: join(CLONE, 'web'),
      configFile: CONFIG,
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: fresh, emptyOutDir: true },
    })
    // the pages the server draws: the same components, built once more to run there (decisions/021)
    await build({
      root: join(CLONE, 'web'),
      configFile: CONFIG,
      configLoader: 'native',
      logLevel: 'warn',
      publicDir: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      ssr: { noExternal: true },
      build: {
        ssr: join(CLONE, 'web/src/public/server.tsx'),
        outDir: join(fresh, '.server'),
        emptyOutDir: true,
        rolldownOptions: { input: join(CLONE, 'web/src/public/server.tsx'), output: { entryFileNames: 'pages.js' } },
      },
    })
    writeFileSync(join(fresh, '.sources'), sources)
    if (existsSync(DIST)) renameSync(DIST, old)
    renameSync(fresh, DIST)
  } finally {
    for (const path of [fresh, old]) rmSync(path, { recursive: true, force: true })
  }
  log(`✓ 网页已构建 · Web pages built  ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return true
}

function digestSources(): string {
  const hash = createHash('sha256')
  const exclude = (path: string) => /^web\/dist(?:\/|$)|(?:^|\/)node_modules$/.test(path)
  const files = globSync(['web/**/*', 'src/contract/**/*', 'src/domain/**/*', 'package-lock.json'], {
    cwd: CLONE,
    exclude,
  })
  for (const file of files.toSorted()) {
    if (!statSync(join(CLONE, file)).isFile()) continue
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(CLONE, file)))
      .update('\0')
  }
  return hash.digest('hex')
}
