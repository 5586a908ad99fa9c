import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningProcess {
  readonly child: ChildProcess
  /** Resolves with the first line on standard output; rejects when the process ends before it. */
  readonly firstLine: Promise<string>
  readonly ended: Promise<Ended>
  /** `kill -9`, and waits until the process is gone. */
  killHard(): Promise<Ended>
}

/** Starts the compiled command line. */
export function startOverdraft(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningProcess {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
      const end = stdout.indexOf('\n')
      if (end >= 0) resolve(stdout.slice(0, end))
    })
    child.on('close', (code) => reject(new Error(`overdraft ${args.join(' ')} ended with ${code} before its first line: ${stderr}`)))
  })
  firstLine.catch(() => undefined)
  const killHard = () => {
    child.kill('SIGKILL')
    return ended
  }
  return { child, firstLine, ended, killHard }
}

/** Runs the compiled command line to its end. */
export function runOverdraft(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startOverdraft(args, environment).ended
}
