// Dependencies, installed once a lock file, by one process at a time. Plain JavaScript, runs on Node 20.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Something the user has to set right; its message says what. */
export class Unusable extends Error {}

/** Makes node_modules what package-lock.json says; costs a few milliseconds where it is. */
export async function ensureInstalled(clone) {
  if (isCurrent(clone)) return
  await withLock(clone, async () => {
    if (isCurrent(clone)) return
    // npm leaves a lock file of what it installed: a user's own `npm ci` or `npm install` is as good as ours
    if (!isInstalled(clone)) await install(clone)
    try {
      writeFileSync(join(clone, 'node_modules/.xinheng'), digest(clone))
    } catch {
      // read-only, but right: looked at anew each time
    }
  })
}

const digest = (clone) =>
  createHash('sha256')
    .update(readFileSync(join(clone, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

function isCurrent(clone) {
  try {
    return readFileSync(join(clone, 'node_modules/.xinheng'), 'utf8') === digest(clone)
  } catch {
    return false
  }
}

function isInstalled(clone) {
  try {
    const read = (path) => JSON.parse(readFileSync(join(clone, path), 'utf8')).packages
    const installed = read('node_modules/.package-lock.json')
    // what is optional may be absent, unless it is made for this very platform
    const fits = ({ os, cpu, libc }) => os?.includes(process.platform) && cpu?.includes(process.arch) && !libc
    return Object.entries(read('package-lock.json')).every(([path, wanted]) => {
      const found = installed[path]
      return path === '' || (found ? found.version === wanted.version : wanted.optional && !fits(wanted))
    })
  } catch {
    return false
  }
}

async function install(clone) {
  const start = Date.now()
  const modules = join(clone, 'node_modules')
  try {
    rmSync(join(modules, '.xinheng'), { force: true })
    mkdirSync(modules, { recursive: true })
    const trial = join(modules, `.trial-${process.pid}`)
    writeFileSync(trial, '')
    rmSync(trial)
  } catch (error) {
    const owner = statSync(clone).uid
    throw new Unusable(
      `无法写入 ${clone} · ${clone} is not writable for this account (${error.code}): run "npm ci --ignore-scripts" there as its owner (uid ${owner}), or clone it to a place of your own`,
    )
  }
  const quiet = !process.stderr.isTTY
  const text = '安装依赖（含 Node 26 与 PostgreSQL） · Installing dependencies (Node 26 and PostgreSQL among them)'
  process.stderr.write(`${text} …${quiet ? '\n' : ''}`)
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`
  const ticker = setInterval(() => quiet || process.stderr.write(`\r${text} … ${elapsed()}`), 1000)
  const { code, output } = await runNpm(clone).finally(() => clearInterval(ticker))
  if (!quiet) process.stderr.write('\r\u001b[K')
  if (code !== 0) {
    throw new Unusable(`npm ci 失败 · npm ci failed:\n${output.trim().split('\n').slice(-15).join('\n')}`)
  }
  process.stderr.write(`✓ 依赖已安装 · Dependencies installed  ${elapsed()}\n`)
}

function runNpm(clone) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional']
  // the npm that called us, if one did; else that of the path
  const npm = process.env.npm_execpath
  const [command, first] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'] })
    // should we be killed, the next start waits for npm to end
    appendFileSync(join(clone, LOCK), `${child.pid ?? ''}\n`)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

const LOCK = '.cache/install.lock'

/** One process at a time, by a file with its pid and npm's; one whose processes are dead is taken over. */
async function withLock(clone, work) {
  const lock = join(clone, LOCK)
  try {
    mkdirSync(join(clone, '.cache'), { recursive: true })
  } catch {
    return work() // read-only: nothing will be installed, so nothing can collide
  }
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') return work()
    }
    if (isAbandoned(lock)) {
      const taken = `${lock}.${process.pid}`
      try {
        renameSync(lock, taken) // of several only one succeeds
        rmSync(taken)
      } catch {
        // another was faster
      }
      continue
    }
    if (!told)
      process.stderr.write('等待另一进程安装依赖 · Waiting for another process that installs the dependencies\n')
    told = true
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function isAbandoned(lock) {
  try {
    const pids = readFileSync(lock, 'utf8').split('\n').filter(Boolean).map(Number)
    // a lock is empty for a moment after its creation: abandoned if it stays so
    if (pids.length === 0) return Date.now() - statSync(lock).mtimeMs > 5000
    return !pids.some(isAlive)
  } catch {
    return false // gone by now
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
