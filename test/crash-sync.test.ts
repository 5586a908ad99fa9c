import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest'
import { openBook } from '../src/book/open-book.ts'
import { isoInstant, parseInstant } from '../src/time/instant.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { dayMs } from '../src/time/units.ts'
import { createVenue, listenVenue, type Venue } from '../src/venue/index.ts'
import { type RunningProcess, runOverdraft, startOverdraft } from './support/overdraft-process.ts'
import { seededRandom, seedOfRun } from './support/random.ts'
import { linesOfBook, linesOfTruth } from './support/venue-sync.ts'

const standsAt = parseInstant('2026-11-20T02:15:00Z')
const rounds = 10
/** Enough pages that most of them are still to be fetched after the last kill, under limits as the exchanges keep them. */
const historyMs = 50 * dayMs
let venue: Venue
let asked: MockInstance<Venue['answer']>
let server: { readonly url: string; close(): Promise<void> }
let home: string
let running: RunningProcess | undefined

beforeAll(async () => {
  // The venue stands still, so that its truth is the same before and after; the limits it keeps are the real ones.
  venue = await createVenue({ mode: { kind: 'frozen', at: standsAt } })
  asked = vi.spyOn(venue, 'answer')
  server = await listenVenue(venue, { port: 0 })
})

afterAll(async () => {
  await server.close()
  await venue.close()
})

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'overdraft-crash-'))
})

afterEach(async () => {
  await running?.killHard()
  rmSync(home, { recursive: true, force: true })
})

function environment(secrets: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { OVERDRAFT_HOME: home, OVERDRAFT_PASSPHRASE: 'a passphrase for this test', ...secrets }
}

function startSync(): RunningProcess {
  return startOverdraft(['sync', '--since', isoInstant(standsAt - historyMs)], environment())
}

/** Waits until that many more requests have come, however long a machine takes for them, or the sync has ended. */
async function untilAsked(more: number, sync: RunningProcess): Promise<void> {
  const enough = asked.mock.calls.length + more
  while (asked.mock.calls.length < enough && sync.child.exitCode === null) await new Promise((resume) => setTimeout(resume, 5))
}

/** The lines, each of which begins with its instant, that the sync was asked for. */
function wanted(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => Number.parseInt(line, 10) >= standsAt - historyMs)
}

async function linesInBook(): Promise<string[]> {
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: systemClock })
  try {
    return [...(await linesOfBook(book))]
  } finally {
    await book.close()
  }
}

test('kill -9 of the sync at random moments loses nothing that was stored, and nothing appears twice', async () => {
  const seed = seedOfRun()
  const random = seededRandom(seed)
  for (const { exchange, label, apiKey, apiSecret, passphrase } of venue.accounts) {
    const added = await runOverdraft(
      ['account', 'add', label, '--exchange', exchange, '--base-url', server.url, '--api-key', apiKey],
      environment({ OVERDRAFT_API_SECRET: apiSecret, OVERDRAFT_API_PASSPHRASE: passphrase ?? '' }),
    )
    expect(added.code, added.stderr).toBe(0)
  }

  let before: string[] = []
  for (let round = 0; round < rounds; round++) {
    running = startSync()
    await untilAsked(1 + random(9), running)
    await new Promise((resolve) => setTimeout(resolve, random(60)))
    const ended = await running.killHard()
    expect(ended.signal, `${ended.stderr} (seed ${seed})`).toBe('SIGKILL')
    const after = await linesInBook()
    const kept = new Set(after)
    expect(
      before.filter((line) => !kept.has(line)),
      `stored, but lost (seed ${seed})`,
    ).toEqual([])
    before = after
  }
  expect(before.length, 'the sync was killed after it had begun to store').toBeGreaterThan(0)

  const last = await startSync().ended
  expect(last.code, last.stderr).toBe(0)
  const lines = await linesInBook()
  expect(new Set(lines).size, `a row appears twice (seed ${seed})`).toBe(lines.length)
  expect(wanted(lines), `seed ${seed}`).toEqual(wanted(linesOfTruth(venue.truth())))
}, 240_000)
