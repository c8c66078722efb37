import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser of the tests: `CHROMIUM`, else the system's. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return [env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
}

/** Makes sure of a browser; on Debian and its kin installs it. Throws, with the remedy, where it cannot. */
export function ensureChromium(log: (line: string) => void): string {
  const found = findChromium()
  if (found) return found
  const remedy = '请安装 Chromium，或用 CHROMIUM 指明其路径 · Install Chromium, or name its path in CHROMIUM'
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`没有浏览器 · No browser. ${remedy}`)
  const root = process.getuid?.() === 0
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    throw new Error(
      `没有浏览器，且无权安装 · No browser, and no right to install one. ${remedy}: sudo apt-get install chromium fonts-noto-cjk`,
    )
  }
  log('安装 Chromium 与中文字体 · Installing Chromium and Chinese fonts …')
  const apt = (...args: string[]) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y', '-q', ...args]
    const [program = '', ...rest] = root ? command : ['sudo', '-n', ...command]
    return spawnSync(program, rest, { encoding: 'utf8' })
  }
  apt('update')
  const { status, stdout, stderr } = apt('install', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  const installed = findChromium()
  if (installed) return installed
  throw new Error(
    `Chromium 安装失败 · Chromium could not be installed (apt-get ended with ${status}). ${remedy}\n${`${stdout}${stderr}`.trim().split('\n').slice(-10).join('\n')}`,
  )
}
