import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBook } from '../src/book/open-book.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { createVenue, listenVenue, type Venue } from '../src/venue/index.ts'
import { type RunningProcess, runOverdraft, startOverdraft } from './support/overdraft-process.ts'
import { seededRandom, seedOfRun } from './support/random.ts'
import { linesOfBook, linesOfTruth } from './support/venue-sync.ts'

const rounds = 8
let venue: Venue
let server: { readonly url: string; close(): Promise<void> }
let home: string
let running: RunningProcess | undefined

beforeAll(async () => {
  // The venue stands still, so that its truth is the same before and after; the limits it keeps are the real ones.
  const quarterPast = Math.floor(Date.now() / 3_600_000) * 3_600_000 + 900_000
  venue = await createVenue({ mode: { kind: 'frozen', at: quarterPast } })
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
    running = startOverdraft(['sync'], environment())
    await new Promise((resolve) => setTimeout(resolve, 1_000 + random(2_500)))
    const ended = await running.killHard()
    expect(ended.code === 0 || ended.signal === 'SIGKILL', `${ended.stderr} (seed ${seed})`).toBe(true)
    const after = await linesInBook()
    expect(
      before.filter((line) => !after.includes(line)),
      `stored, but lost (seed ${seed})`,
    ).toEqual([])
    before = after
  }
  expect(before.length, 'the sync was killed after it had begun to store').toBeGreaterThan(0)

  const last = await runOverdraft(['sync'], environment())
  expect(last.code, last.stderr).toBe(0)
  const lines = await linesInBook()
  expect(new Set(lines).size, `a row appears twice (seed ${seed})`).toBe(lines.length)
  expect(lines, `seed ${seed}`).toEqual(linesOfTruth(venue.truth()))
}, 300_000)
