import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { runCli } from '../../src/cli/run.ts'
import type { Clock } from '../../src/time/clock.ts'
import { parseInstant } from '../../src/time/instant.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'

/** The instant at which command lines are run. */
export const now = parseInstant('2026-03-10T09:30:00Z')
export const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'

export interface World {
  readonly env?: Record<string, string>
  /** What is typed at each question; without it there is no terminal. */
  readonly typed?: readonly string[]
  readonly piped?: string
  readonly home?: string
  readonly clock?: Clock
  /** The width of the terminal that standard output is; without it, it is a pipe. */
  readonly columns?: number
  /** Stops what would stay up; default never. */
  readonly signal?: AbortSignal
}

/** Runs a command line, as a text or as its arguments, in a folder of its own and tells everything it said. */
export async function run(line: string | readonly string[], world: World = {}) {
  const home = world.home ?? mkdtempSync(join(tmpdir(), 'overdraft-cli-'))
  const said = { stdout: '', stderr: '' }
  const typed = [...(world.typed ?? [])]
  const output = (name: 'stdout' | 'stderr') => {
    const write = (text: string) => {
      said[name] += text
    }
    return { write, isTerminal: name === 'stdout' && world.columns !== undefined, columns: world.columns ?? 100 }
  }
  const io: Io = {
    env: { OVERDRAFT_HOME: home, ...world.env },
    stdin: {
      isTerminal: world.typed !== undefined,
      readAll: async () => world.piped ?? '',
      ask: async (prompt) => {
        said.stderr += prompt
        return typed.shift() ?? ''
      },
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    clock: world.clock ?? new ManualClock(now),
    signal: world.signal ?? new AbortController().signal,
    userFolder: home,
    command: 'overdraft',
  }
  const code = await runCli(typeof line === 'string' ? line.split(' ').filter((part) => part !== '') : line, io)
  return { code, ...said, home, all: said.stdout + said.stderr }
}

export const passphrase = { OVERDRAFT_PASSPHRASE: 'a passphrase' }
export const withSecret = { ...passphrase, OVERDRAFT_API_SECRET: apiSecret }
