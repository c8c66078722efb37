import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { DIST, ensureWebBuilt } from './browser.ts'

const LIMIT = 150_000
const IMPORT = /(?:from|import)\s*["'](\.[^"']+\.js)["']/g

/** Every script that a page loads before it is of use: those of its HTML, and what they import. */
function firstLoad(page: string): Map<string, number> {
  const html = readFileSync(join(DIST, page), 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '')
  const sizes = new Map<string, number>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue
    const code = readFileSync(join(DIST, path))
    sizes.set(path, gzipSync(code).length)
    for (const [, name = ''] of code.toString().matchAll(IMPORT)) waiting.push(join('assets', name))
  }
  return sizes
}

test('first load: script of the public pages and of “me” under 150 kB gzip each', async (t) => {
  await ensureWebBuilt()
  for (const page of ['index.html', 'me.html', 'desk.html']) {
    const total = [...firstLoad(page).values()].reduce((sum, size) => sum + size, 0)
    t.diagnostic(`${page}: ${(total / 1000).toFixed(1)} kB`)
    assert.ok(total > 30_000, `${page}: ${total} bytes cannot be all`)
    if (page !== 'desk.html') assert.ok(total < LIMIT, `${page}: ${total} bytes`)
  }
})

test('pages: nothing inline, nothing from elsewhere', async () => {
  await ensureWebBuilt()
  for (const page of globSync('*.html', { cwd: DIST })) {
    const html = readFileSync(join(DIST, page), 'utf8')
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/i, page)
    for (const [tag] of html.matchAll(/<script[^>]*>/g)) assert.match(tag, / src="\/assets\//, page)
    assert.doesNotMatch(html, /(?:src|href)="(?!\/)/, page)
  }
  for (const sheet of globSync('assets/*.css', { cwd: DIST })) {
    assert.doesNotMatch(readFileSync(join(DIST, sheet), 'utf8'), /@import|url\((?!["']?\/)/, sheet)
  }
  assert.match(readFileSync(join(DIST, 'me.html'), 'utf8'), /noindex/)
  assert.match(readFileSync(join(DIST, 'desk.html'), 'utf8'), /noindex/)
})
