import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '../src/time/instant.ts'
import { dayMs } from '../src/time/units.ts'
import type { createVenue as CreateVenue } from '../src/venue/index.ts'
import { built } from './built.ts'

export interface YearResult {
  /** The shipped scenario with its 400 days, and 365 days more, kept on disk. */
  readonly secondsToStart: number
  readonly secondsForYear: number
  readonly snapshotMs: number
  readonly restoreMs: number
  readonly forkMs: number
  /** The venue closed and opened again, from its checkpoint. */
  readonly secondsToResume: number
}

/** What a user of the venue as an instrument waits for, on disk, with two years of history. */
export async function benchYear(): Promise<YearResult> {
  const { createVenue } = await built<{ createVenue: typeof CreateVenue }>('venue/index.js')
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-'))
  const options = { data: join(folder, 'data'), mode: { kind: 'frozen', at: parseInstant('2026-03-10T12:00:30Z') } } as const
  try {
    let venue = await createVenue(options)
    await venue.close()
    rmSync(options.data, { recursive: true })
    const secondsToStart = await seconds(async () => {
      venue = await createVenue(options)
    })
    const secondsForYear = await seconds(() => venue.clock.advanceBy(365 * dayMs))
    const snapshot = await seconds(() => venue.snapshot('year'))
    const restore = await seconds(() => venue.restore('year'))
    const fork = await seconds(async () => (await venue.fork()).close())
    await venue.close()
    const secondsToResume = await seconds(async () => {
      venue = await createVenue(options)
    })
    await venue.close()
    return { secondsToStart, secondsForYear, snapshotMs: 1e3 * snapshot, restoreMs: 1e3 * restore, forkMs: 1e3 * fork, secondsToResume }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function seconds(work: () => unknown): Promise<number> {
  const began = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - began) / 1e9
}
