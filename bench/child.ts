import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ARGUMENT = 'XINHENG_BENCH_ARGUMENT'
/** `XINHENG_BENCH_PROFILE=FOLDER` leaves a CPU profile of every process there. */
const { XINHENG_BENCH_PROFILE: folder } = process.env
const profiling = folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []

/** A process of the bench: it is sent one request at a time and answers each. */
export type Child<request, answer> = { ask: (what: request) => Promise<answer>; close: () => Promise<void> }

/** Starts a file of this folder; `argument` is handed over as JSON. */
export function startChild<request, answer>(file: string, argument: unknown): Child<request, answer> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...profiling],
    // not as an argument: it may hold a password, and arguments are for all to see
    env: { ...process.env, [ARGUMENT]: JSON.stringify(argument) },
    serialization: 'advanced',
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`${file} ended: ${code ?? signal}`)))
    child.once('error', reject)
  })
  ended.catch(() => undefined)
  return {
    ask(what) {
      const answer = new Promise<answer>((resolve) => child.once('message', (message) => resolve(message as answer)))
      child.send(what as object)
      return Promise.race([answer, ended])
    },
    async close() {
      child.disconnect()
      await ended.catch(() => undefined)
    },
  }
}

/** The other end: answers each request, and leaves when the parent does. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its parent sends
export function serveParent<argument, request>(
  serve: (argument: argument, what: request) => Promise<unknown>,
  close?: () => Promise<void>,
): void {
  const argument = JSON.parse(process.env[ARGUMENT] ?? 'null') as argument
  process.on('message', (what: request) => {
    void serve(argument, what).then(
      (answer) => process.send?.(answer),
      (error: Error) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.once('disconnect', () => {
    const leave = () => process.exit(0)
    if (close) void close().then(leave, leave)
    else leave()
  })
}
