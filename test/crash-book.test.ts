import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Book } from '../src/book/book-interface.ts'
import { openBook } from '../src/book/open-book.ts'
import { sum } from '../src/decimal/arithmetic.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { hourMs } from '../src/time/units.ts'
import { batchSpan } from './support/book-batches.ts'
import { collect } from './support/charges.ts'
import { seededRandom, seedOfRun } from './support/random.ts'

const rounds = 6
const root = fileURLToPath(new URL('..', import.meta.url))
let folder: string
let writers: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overdraft-crash-book-'))
})

afterEach(() => {
  for (const writer of writers) writer.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A process that records batches until it is killed; every number it has printed was acknowledged. */
function startWriter(path: string, first: number, acknowledged: Set<number>): ChildProcess {
  const writer = spawn(process.execPath, ['--import', 'tsx', 'test/support/book-writer.ts', path, String(first)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  writer.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) acknowledged.add(Number(line))
  })
  writers.push(writer)
  return writer
}

/** What must hold whenever somebody looks, however many writers were killed. */
async function expectSound(book: Book, acknowledged: ReadonlySet<number>): Promise<void> {
  const charges = await collect(book.charges({ order: 'oldest-first' }))
  const proven = await book.proven('main', 'interest')
  const hours = charges.map(({ at }) => at)
  expect(new Set(hours).size).toBe(hours.length)
  // Rows and the coverage they prove came together: every proven hour has its charge, and no charge is unproven.
  expect(hours).toEqual(proven.flatMap(({ from, to }) => Array.from({ length: (to - from) / hourMs }, (_, hour) => from + hour * hourMs)))
  for (const number of acknowledged) {
    const { from, to } = batchSpan(number)
    expect(
      proven.some((span) => span.from <= from && to <= span.to),
      `acknowledged batch ${number}`,
    ).toBe(true)
  }
  const [total] = await book.totals({ by: 'all' })
  expect([total?.charges, total?.interest.mantissa]).toEqual([charges.length, sum(charges.map(({ interest }) => interest)).mantissa])
}

test('two writers killed at random moments lose nothing acknowledged, and nothing is there twice or in part', async () => {
  const seed = seedOfRun()
  const random = seededRandom(seed)
  const path = join(folder, 'book.db')
  const acknowledged = new Set<number>()
  const first = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
  await first.addAccount({ label: 'main', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
  await first.close()
  for (let round = 0; round < rounds; round++) {
    const before = acknowledged.size
    // Both begin with the same batch, so that they write the same charges at the same time.
    writers = [0, 1].map(() => startWriter(path, before, acknowledged))
    while (acknowledged.size < before + 5) {
      expect(
        writers.map(({ exitCode }) => exitCode),
        `seed ${seed}`,
      ).toEqual([null, null])
      await new Promise((resume) => setTimeout(resume, 20))
    }
    await new Promise((resume) => setTimeout(resume, random(150)))
    for (const writer of writers) {
      const ended = once(writer, 'close')
      writer.kill('SIGKILL')
      await ended
    }
    const book = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
    await expectSound(book, acknowledged).catch((error: unknown) => {
      throw new Error(`round ${round} of seed ${seed}`, { cause: error })
    })
    await book.close()
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 5)
})
