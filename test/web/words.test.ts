// oxlint-disable no-restricted-imports -- the web has no short name here
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAst } from 'vite'
import { deskEn } from '../../web/src/words/desk.en.ts'
import { deskZh } from '../../web/src/words/desk.zh.ts'
import { meEn } from '../../web/src/words/me.en.ts'
import { meZh } from '../../web/src/words/me.zh.ts'
import { publicEn } from '../../web/src/words/public.en.ts'
import { publicZh } from '../../web/src/words/public.zh.ts'
import { siteEn } from '../../web/src/words/site.en.ts'
import { siteZh } from '../../web/src/words/site.zh.ts'
import { sharedEn } from '../../web/src/words/shared.en.ts'
import { sharedZh } from '../../web/src/words/shared.zh.ts'

// Every word a user reads is in both languages, and none stands in the code.

const WEB = join(import.meta.dirname, '../../web/src')
const PAIRS = {
  shared: [sharedZh, sharedEn],
  public: [publicZh, publicEn],
  site: [siteZh, siteEn],
  me: [meZh, meEn],
  desk: [deskZh, deskEn],
} as const

function flatten(words: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value as object, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted()

for (const [name, [zh, en]] of Object.entries(PAIRS)) {
  test(`words: ${name} is complete in both languages, with the same holes`, () => {
    const chinese = flatten(zh)
    const english = flatten(en)
    assert.deepEqual([...english.keys()].toSorted(), [...chinese.keys()].toSorted())
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? ''
      assert.deepEqual(holes(other), holes(text), key)
      assert.ok(text.trim() !== '', `${key} is empty in Chinese`)
      if (!key.startsWith('shared.language'))
        assert.doesNotMatch(other, /\p{Script=Han}/u, `${key}: Chinese in the English`)
      if (key !== 'shared.language')
        assert.match(text, /\p{Script=Han}|^[、]|\{\{/u, `${key}: no Chinese in the Chinese`)
    }
  })
}

const sources = globSync('**/*.{ts,tsx}', { cwd: WEB, exclude: ['words/**', '**/*.d.ts'] })

test('words: every key is used, and every key that is used exists', () => {
  const keys = new Set(Object.values(PAIRS).flatMap(([zh]) => [...flatten(zh).keys()]))
  const text = sources.map((file) => readFileSync(join(WEB, file), 'utf8')).join('\n')
  const groups = [...new Set([...keys].map((key) => key.split('.')[0]))].join('|')
  const written = new Set(
    [...text.matchAll(new RegExp(`['"]((?:${groups})\\.[\\w-]+)['"]`, 'g'))].map(([, key]) => key ?? ''),
  )
  // keys put together where they are used: t(`record.${nature}`)
  const patterns = [...text.matchAll(/t\(`([\w.${}]+)`/g)].map(
    ([, key]) => new RegExp(`^${(key ?? '').replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w.-]+')}$`),
  )
  assert.deepEqual(
    [...written].filter((key) => !keys.has(key)),
    [],
    'used but missing',
  )
  const unused = [...keys].filter((key) => !written.has(key) && !patterns.some((pattern) => pattern.test(key)))
  assert.deepEqual(unused, [], 'never used')
})

type Node = { type: string; start: number; [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child)
  }
}

/** Attributes whose text somebody reads or hears. */
const READ = new Set([
  'aria-label',
  'aria-description',
  'title',
  'alt',
  'placeholder',
  'label',
  'legend',
  'hint',
  'text',
])

/** Words that stand in a component: text between tags, and in attributes that are read. */
function findLiterals(code: string): string[] {
  const found: string[] = []
  for (const node of walk(parseAst(code, { lang: 'tsx' }) as unknown as Node)) {
    if (node.type === 'JSXText' && /\p{L}/u.test(String(node['value']))) found.push(String(node['value']).trim())
    if (node.type === 'JSXExpressionContainer' && isNode(node['expression']) && node['expression'].type === 'Literal') {
      const { value } = node['expression']
      if (typeof value === 'string' && /\p{L}/u.test(value)) found.push(value)
    }
    if (
      node.type === 'JSXAttribute' &&
      isNode(node['name']) &&
      isNode(node['value']) &&
      READ.has(String(node['name']['name']))
    ) {
      const { value } = node['value']
      if (typeof value === 'string' && /\p{L}/u.test(value)) found.push(value)
    }
    if (node.type === 'Literal' && typeof node['value'] === 'string' && /\p{Script=Han}/u.test(node['value']))
      found.push(node['value'])
  }
  return found
}

test('words: none stands in the code', () => {
  assert.deepEqual(findLiterals('const a = <p title="Hello">Words {t("x.y")} <b aria-label={"this"} /></p>'), [
    'Hello',
    'Words',
    'this',
  ])
  const allowed = new Set(['演示'])
  const found = sources.flatMap((file) =>
    findLiterals(readFileSync(join(WEB, file), 'utf8'))
      .filter((text) => !allowed.has(text))
      .map((text) => `${file}: ${text}`),
  )
  assert.deepEqual(found, [])
})
