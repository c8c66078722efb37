import { diffPacks, type Difference } from '#domain/pack-diff.ts'
import { handbookMarkdown, handbookOf } from '#domain/pack-handbook.ts'
import { isComplete, tracePack, type Trace } from '#domain/pack-trace.ts'
import { SECTIONS } from '#domain/pack-words.ts'
import type { Pack } from '#domain/pack.ts'
import { listPacks, loadPack } from '#operations/pack-load.ts'
import { OPTIONS } from '../acting.ts'
import { EXIT, UsageError, type Args, type Command, type Exit } from '../command.ts'
import { runPackCheck } from '../pack-check.ts'
import { both, table } from '../table.ts'

/** A pack by name; a name that is none, and a pack that does not pass, are told as such. */
async function getPack(id: string): Promise<Pack> {
  try {
    return await loadPack(id)
  } catch (error) {
    if (!(error instanceof Error) || error.cause === undefined) throw error
    throw new UsageError(`${error.message}\n政策包不能使用 · The pack cannot be used: xinheng pack check ${id}`)
  }
}

/** Of the packs that have a document the uppermost: lower ones inherit it. */
async function findWithDocument(id: string): Promise<Pack> {
  const packs = await Promise.all((await listPacks()).map((name) => getPack(name)))
  const having = packs.filter((pack) => pack.documents.some((document) => document.id === id))
  const [first] = having.toSorted((a, b) => a.layers.length - b.layers.length)
  if (first) return first
  const known = [...new Set(packs.flatMap(({ documents }) => documents.map((document) => document.id)))]
  throw new UsageError(`没有文件 ${id} · There is no document ${id}: ${known.join(', ')}`)
}

function writeTrace(trace: Trace): string {
  const rows = trace.rows.map((row) => {
    const counts = new Map<string, number>()
    for (const { section } of row.entries) counts.set(SECTIONS[section].zh, (counts.get(SECTIONS[section].zh) ?? 0) + 1)
    const entries = [...counts].map(([name, count]) => `${name} ${count}`).join('，')
    const boundaries = row.boundaries.map(({ name }) => `边界 ${name.zh}`).join('；')
    return [row.gap ? '缺 GAP' : '有 ok', row.at, row.name.zh, entries || '–', boundaries]
  })
  const strays = trace.strays.map(({ section, id, at }) => `${SECTIONS[section].zh} ${id} → ${at}\n`)
  const gaps = trace.rows.filter(({ gap }) => gap).length
  return [
    `${both(trace.document.name)}\n${trace.document.cite}\n\n`,
    table([['', '段落 Paragraph', '标题', '条目 Entries', '边界 Boundaries'], ...rows]),
    strays.length > 0 ? `\n引用了不存在的段落 Entries citing paragraphs the document has not:\n${strays.join('')}` : '',
    `\n${trace.rows.length} 段 paragraphs，${gaps} 处缺口 gap(s)，${strays.length} 处错引 stray(s)\n`,
  ].join('')
}

async function runTrace({ values, positionals: [id = ''], io }: Args): Promise<Exit> {
  const found = tracePack(await findWithDocument(id), id)
  if (!found) throw new UsageError(id)
  io.out(values['json'] === true ? `${JSON.stringify(found, null, 2)}\n` : writeTrace(found))
  return isComplete(found) ? EXIT.ok : EXIT.refused
}

const CHANGES = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '取消', en: 'removed' },
  changed: { zh: '改变', en: 'changed' },
} as const

function writeDiff(differences: readonly Difference[]): string {
  if (differences.length === 0) return '没有差别 · No difference\n'
  let section: Difference['section'] | undefined
  return differences
    .map((one) => {
      const head = one.section === section ? '' : `\n${both(SECTIONS[one.section])}\n`
      section = one.section
      const changes = one.changes.map((change) => `      ${both(change)}\n`)
      return `${head}  ${both(CHANGES[one.change])}：${both(one.name)}（${one.id}）\n      涉及 For: ${both(one.whom)}\n${changes.join('')}`
    })
    .join('')
}

async function runDiff({ values, positionals: [a = '', b = ''], io }: Args): Promise<Exit> {
  const differences = diffPacks(await getPack(a), await getPack(b))
  io.out(values['json'] === true ? `${JSON.stringify(differences, null, 2)}\n` : writeDiff(differences))
  return EXIT.ok
}

async function runShow({ values, positionals: [id = ''], io }: Args): Promise<Exit> {
  const handbook = handbookOf(await getPack(id))
  io.out(values['json'] === true ? `${JSON.stringify(handbook, null, 2)}\n` : handbookMarkdown(handbook))
  return EXIT.ok
}

export const packCommands: readonly Command[] = [
  {
    name: 'pack check',
    summary: {
      zh: '检查政策包：依据、禁止事项、期限、逐级只收紧',
      en: 'Check packs: basis, what is forbidden, periods, layers that only narrow',
    },
    takes: '[PACK …] [--root DIR] [--json]',
    example: 'xinheng pack check demo',
    raw: (args, io) => runPackCheck(args, { write: io.out }),
  },
  {
    name: 'pack trace',
    summary: {
      zh: '逐段核对文件：每一段由哪些条目落实，或者写明不做；有缺口即失败',
      en: 'Trace a document: what covers each paragraph, or why it is not done; fails on a gap',
    },
    takes: 'TJ17|BD|HN|QD|TJ19',
    count: [1, 1],
    options: { json: OPTIONS.json },
    example: 'xinheng pack trace TJ19',
    run: runTrace,
  },
  {
    name: 'pack diff',
    summary: { zh: '比较两个政策包：对谁改变了什么', en: 'Compare two packs: what changes, and for whom' },
    takes: 'PACK PACK',
    count: [2, 2],
    options: { json: OPTIONS.json },
    example: 'xinheng pack diff tianjin tianjin-baodi',
    run: runDiff,
  },
  {
    name: 'pack show',
    summary: { zh: '政策包手册（Markdown）', en: 'The handbook of a pack (Markdown)' },
    takes: 'PACK',
    count: [1, 1],
    options: { json: OPTIONS.json },
    example: 'xinheng pack show hunan > hunan.md',
    run: runShow,
  },
]
