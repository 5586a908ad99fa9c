import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { systemClock } from '../src/time/system-clock.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A process that opens a new book at each instant; gives what it said. */
function opener(folder: string, instants: readonly number[]): Promise<string> {
  const script = ['--import', 'tsx', 'test/support/book-opener.ts', folder, ...instants.map(String)]
  const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return new Promise((resolve) => child.once('exit', () => resolve(said)))
}

test('processes that open a new book in the same millisecond all get it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-open-at-once-'))
  const first = systemClock.now() + 4_000
  const instants = Array.from({ length: 15 }, (_, round) => first + round * 250)
  const said = await Promise.all(Array.from({ length: 4 }, () => opener(folder, instants)))
  expect(said).toEqual(Array(4).fill('ready\n'))
  expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toHaveLength(instants.length)
  rmSync(folder, { recursive: true })
}, 60_000)
