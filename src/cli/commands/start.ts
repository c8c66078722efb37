import { findPassedOver, type PassedOver } from '#operations/packs/layers.ts'
import { operatorOf } from '#domain/jurisdiction.ts'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { buildApp } from '#api/app.ts'
import { inForce } from '#domain/catalog.ts'
import { runNotices } from '#jobs/notices.ts'
import { runSequencer } from '#jobs/sequencer.ts'
import { DEMO_PASSWORD, liveADay, openDemoAccounts, takeInDemoCity } from '#operations/demo/city.ts'
import { fillSite } from '#operations/demo/site.ts'
import { campaignDemo } from '#operations/demo/campaign.ts'
import { superviseDemo } from '#operations/demo/supervision.ts'
import { DEMO_PEOPLE, DEMO_SEED, demoPeople } from '#operations/demo/people.ts'
import { LedgerTurnedBack } from '#operations/ledger-kept.ts'
import { sendersFromEnv } from '#operations/notice/channel.ts'
import { openLedgerLog } from '#operations/ledger-log.ts'
import { listPacks } from '#operations/pack-load.ts'
import { startDemoPopulation } from '#operations/population-demo.ts'
import { openSystem, today, type System } from '#operations/system.ts'
import { ensureWebBuilt } from '#scripts/web.ts'
import { readAccounts } from '#store/accounts.ts'
import { openPool } from '#store/db.ts'
import { keptPath } from '#store/ledger-kept.ts'
import { ensurePartitions, roleUrl } from '#store/migrate.ts'
import { hasSubmissions } from '#store/submissions.ts'
import { EXIT, findText, UsageError, type Args, type Command, type Exit, type Io } from '../command.ts'
import { openInstallation, prepare, type Installation } from '../installation.ts'

const WEB = fileURLToPath(new URL('../../../web/dist', import.meta.url))
const PARTITIONS_EVERY = 6 * 3600_000
const STOP_WITHIN = 10_000

/** No personal data: sizes and the file. Whoever restored a backup on purpose keeps the file as the proof of what is lost. */
const turnedBack = (error: LedgerTurnedBack, keys: Installation['keys']): string =>
  `${error.message}; 若数据库系从备份恢复，请将此文件移走并留存 · if the database was restored from a backup, move this file away and keep it: ${keptPath(keys) ?? ''}`

/** Batches look-ups, actions and submissions into the ledger while the server runs. */
async function startSequencer({ ownerUrl, keys }: Installation, owner: pg.Pool, io: Io): Promise<() => Promise<void>> {
  const pool = openPool(roleUrl(ownerUrl, 'xinheng_sequencer', keys), { max: 1, name: 'xinheng sequencer' })
  const controller = new AbortController()
  let told = ''
  const signer = await openLedgerLog(owner, keys, io.env['XINHENG_LEDGER'])
  const running = runSequencer({
    pool,
    keys,
    signer,
    signal: controller.signal,
    onError: (error) => {
      // once for each reason: it goes on trying every second
      const reason =
        error instanceof LedgerTurnedBack ? turnedBack(error, keys) : error instanceof Error ? error.name : 'error'
      if (reason !== told) io.error(`账本暂停写入，稍后重试 · The ledger pauses and will try again (${reason})\n`)
      told = reason
    },
  })
  return async () => {
    controller.abort()
    await running
    await pool.end()
  }
}

/** Tells people what they are to be told, on the channels that are configured; the demo writes its messages to a folder. */
function startNotices(system: System, { dataDir }: Installation, address: string, io: Io): () => Promise<void> {
  const controller = new AbortController()
  const demo = system.reference.pack.id === 'demo'
  const env = demo ? { XINHENG_SMS: 'folder', XINHENG_MAIL: 'folder', ...io.env } : io.env
  let told = ''
  const running = runNotices(system, {
    senders: sendersFromEnv(env, join(dataDir, 'outbox')),
    link: `${io.env['XINHENG_ADDRESS'] ?? address}/me`,
    signal: controller.signal,
    onError: (error) => {
      const reason = error instanceof Error ? error.name : 'error'
      if (reason !== told) io.error(`通知暂缓发送，稍后重试 · Notices wait and are sent later (${reason})\n`)
      told = reason
    },
  })
  return async () => {
    controller.abort()
    await running
  }
}

function describe(address: string, folder: string): string {
  return `
  信衡 Xinheng  ${address}

  登录 Sign in（密码均为 the password is always: ${DEMO_PASSWORD}）
    wang, li, chen            本人：我的档案、谁查过我、授权 persons: my archive, who looked, consents  ${address}/me
    market-clerk              报送员：上传文件、错误清单 clerk: send files, read what was refused     ${address}/desk
    youth-reviewer            复核员：第二人复核 reviewer: the second person
    approval-officer          经办人：查询档案 officer: look up an archive
    auditor  admin  court  review-body  bank-officer

  试一试 Try
    1. 以 approval-officer 登录工作台，查询 ${DEMO_PEOPLE.wang.number}，用途“行政许可审批”，填任意事项编号；再以 wang 登录，看“谁查过我”。
       As approval-officer, look up that number for "Administrative approval" with any matter number; then sign in as wang.
    2. 以 youth-reviewer 复核青年荣誉文件；以 market-clerk 报送 ${folder} 中的文件。
       As youth-reviewer, approve the honours that wait; as market-clerk, send a file of that folder.
    3. ./xinheng intake ${join(folder, '01-demo-market-penalty-person.csv')} --item penalty-person --unit demo-market --dry-run

  停止 Stop: Ctrl-C
`
}

/**
 * A pack of a real place starts empty: no demonstration data, the rules of the place in force. Until two administrators of
 * the office have accounts it says how they get them; administrators are appointed by two, so the first two are made here.
 */
async function describeEmpty(address: string, system: System, owner: pg.Pool, io: Io) {
  const { pack } = system.reference
  const units = pack.units.filter((unit) => inForce(unit, today(system)))
  const office = units.find(({ id }) => id === operatorOf(pack))
  const admins = (await readAccounts(owner)).filter(({ roles, closed_at }) => roles.includes('admin') && !closed_at)
  const data = io.env['XINHENG_DATA'] === undefined ? '' : `XINHENG_DATA=${io.env['XINHENG_DATA']} `
  const add = (name: string, zh: string) =>
    `${data}./xinheng account add ${name} --unit ${office?.id ?? ''} --roles admin --zh ${zh}`
  const others = (await listPacks()).filter((id) => id !== pack.id)
  const first = !office
    ? `此包没有写明单位，无人能登录：请选择一地 · This pack names no unit, so nobody can sign in: choose a place
    npm start -- --pack ${others.join('|')}`
    : admins.length >= 2
      ? `管理员 ${admins.length} 人，请登录工作台 · ${admins.length} administrators: sign in at  ${address}/desk`
      : `第一步，在另一个终端开立两名管理员（密码从键盘输入，至少12个字符）
  First, in another terminal, two administrators (the password is typed, 12 characters or more):
    ${add('admin-1', '管理员甲')}
    ${add('admin-2', '管理员乙')}
  再由管理员在工作台开立各单位的账号 · They open everybody else’s account at  ${address}/desk`
  const few = office && units.length < 3
  return `
  信衡 Xinheng  ${address}
  ${pack.name.zh} · ${pack.name.en}
  ${units.length} 个单位，${pack.tasks.length} 项任务；没有演示数据 · units: ${units.length}, tasks: ${pack.tasks.length}; no demonstration data

  ${first}${few ? '\n  文件没有写明报送单位：在工作台“政策包”草案中补充，由第二名管理员批准 · The documents name no departments: add them in a draft of the pack at the desk, which the second administrator approves' : ''}
  政策手册 The handbook:    ./xinheng pack show ${pack.id}   ${address}/handbook

  停止 Stop: Ctrl-C
`
}

/** What an update of the program changed in layers that were edited at the desk, and what to do; empty where there is none. */
export const describePassedOver = (passedOver: readonly PassedOver[]): string =>
  passedOver.length === 0
    ? ''
    : `
  注意：程序更新带来的政策包修改没有生效 · Note: what an update of the program changed in the packs is not in force
${passedOver.map(({ layer, draft, title }) => `    ${layer}  草案 draft ${draft}  ${title}\n`).join('')}  请在工作台“政策包”从该层起草，与 policy/ 中的文本对照，由另一名管理员批准
  Begin a draft of the layer at the desk, compare it with the text in policy/, and have another administrator approve it
`

/** A first start of the demo takes in its city; a start that was cut off goes on where it was. */
async function fillDemo(system: System, owner: pg.Pool, folder: string, io: Io): Promise<void> {
  const refusal = await openDemoAccounts(system, owner)
  if (refusal) throw new Error(`demo accounts: ${refusal.code}`)
  // the mark is in the folder, what was taken in is in the database: either may have been replaced
  const mark = join(folder, '.taken-in')
  if (existsSync(mark) && (await hasSubmissions(owner, 'demo:'))) return
  await takeInDemoCity(system, owner, folder, ({ name, status, rows, refused }) =>
    io.out(
      `  ${name.padEnd(44)} ${String(rows).padStart(4)} 行 rows  ${String(refused).padStart(3)} 拒绝 refused  ${status}\n`,
    ),
  )
  await liveADay(system, owner)
  await fillSite(system, owner)
  await superviseDemo(system, owner)
  await campaignDemo(system, owner)
  await writeFile(mark, '')
}

/** The demo city has a population database of its own, unless another is configured. */
const startPopulation = async (packId: string, io: Io) =>
  packId === 'demo' && !io.env['XINHENG_POPULATION_URL'] ? startDemoPopulation(demoPeople(DEMO_SEED)) : undefined

async function start(args: Args): Promise<Exit> {
  const { io } = args
  const port = Number(findText(args, 'port') ?? io.env['PORT'] ?? '8080')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port 0–65535')
  const host = findText(args, 'host') ?? '127.0.0.1'
  const packId = findText(args, 'pack') ?? 'demo'
  const stops: (() => Promise<unknown>)[] = []
  // listened for from the beginning: a stop during the start is as clean as one after
  const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  try {
    const [installation] = await Promise.all([openInstallation(io), ensureWebBuilt((line) => io.error(`${line}\n`))])
    stops.push(installation.stop)
    await prepare(installation, packId)
    const owner = new pg.Pool({ connectionString: installation.ownerUrl, max: 2 })
    owner.on('error', () => undefined)
    stops.push(() => owner.end())
    const population = await startPopulation(packId, io)
    stops.push(async () => population?.stop())
    const system = await openSystem({
      ...installation,
      population: population?.check,
      // one core is left to whoever looks up meanwhile: with two there is one worker, a file from the command line has both
      workers: Math.max(1, availableParallelism() - 1),
    })
    stops.push(() => system.close())
    stops.push(await startSequencer(installation, owner, io))
    const partitions = setInterval(() => void ensurePartitions(owner).catch(() => undefined), PARTITIONS_EVERY)
    stops.push(async () => clearInterval(partitions))
    const app = await buildApp({
      system,
      web: WEB,
      trustProxy: io.env['XINHENG_PROXY'],
      metricsToken: io.env['XINHENG_METRICS_TOKEN'],
      largestUpload:
        io.env['XINHENG_LARGEST_UPLOAD'] === undefined ? undefined : Number(io.env['XINHENG_LARGEST_UPLOAD']),
    })
    stops.push(() => app.close())
    const address = await listen(app, port, host)
    const demo = system.reference.pack.id === 'demo'
    const folder = join(installation.dataDir, 'demo')
    if (demo) await Promise.race([fillDemo(system, owner, folder, io), asked])
    stops.push(startNotices(system, installation, address, io))
    io.out(demo ? describe(address, folder) : await describeEmpty(address, system, owner, io))
    io.error(describePassedOver(await findPassedOver(owner, system.now().toString())))
    await asked
    io.error('正在停止 · Stopping\n')
    return EXIT.ok
  } finally {
    // what does not end in time is cut off: everything stored is whole anyway
    const overdue = setTimeout(() => process.exit(EXIT.ok), STOP_WITHIN)
    for (const stop of stops.toReversed()) await stop()
    clearTimeout(overdue)
  }
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, port: number, host: string): Promise<string> {
  try {
    return await app.listen({ port, host })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    throw new UsageError(
      `端口 ${port} 不能使用（${code}），请用 PORT 或 --port 另选 · Port ${port} cannot be used: choose another with PORT or --port`,
    )
  }
}

export const startCommand: Command = {
  name: 'start',
  summary: {
    zh: '启动整个系统：数据库、政策包、网页与接口；首次启动建立演示城市',
    en: 'Start everything: database, pack, pages and API; a first start builds the demo city',
  },
  options: {
    port: {
      type: 'string',
      value: 'PORT',
      help: { zh: '端口（默认 8080，或环境变量 PORT）', en: 'port (default 8080, or PORT)' },
    },
    host: {
      type: 'string',
      value: 'HOST',
      help: { zh: '监听地址（默认仅本机）', en: 'address to listen on (default: this machine only)' },
    },
    pack: { type: 'string', value: 'PACK', help: { zh: '政策包（默认 demo）', en: 'the pack (default: demo)' } },
  },
  example: 'xinheng start --port 8090',
  run: start,
}
