import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { interval } from '../../time/interval.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'

async function homeWith(provenFrom?: number): Promise<string> {
  const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
  if (provenFrom === undefined) return home
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  const proof = { account: 'main', provenBy: 'test', provenAt: now, ...interval(provenFrom, now - 10 * minuteMs) }
  await book.recordCharges('main', [], [{ ...proof, stream: 'interest' }])
  await book.close()
  return home
}

describe('sync --plan', () => {
  test('shows requests, weight, span and duration, and asks neither an exchange nor for the passphrase', async () => {
    const { code, stdout, stderr } = await run('sync --plan', { home: await homeWith() })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^ACCOUNT +HISTORY +REQUESTS +WEIGHT +FROM +TO$/m)
    // From the start of 2022 to March 2026 are 51 windows of 30 days, at 50 each.
    expect(stdout).toMatch(/^main +interest +51 +2550 +2022-01-01 00:00 +2026-03-10 09:30$/m)
    expect(stdout).toMatch(/^main +balances +1 +20 +now +now$/m)
    expect(stdout).toMatch(/^main +facts +1 +30 +now +now$/m)
    // The api host is known beside the documented address, and tells prices of all assets at 50.
    expect(stdout).toMatch(/^main +prices +1 +50 +now +now$/m)
    expect(stdout).toMatch(/^binance papi by address at https:\/\/papi\.binance\.com +\d+ +\d+ +6000 in 1 min +\d+ s$/m)
    expect(stdout).toMatch(/^\d+ requests, about \d+ s\.$/m)
  })

  test('what is proven is not asked for again but for the newest past', async () => {
    const { stdout } = await run('sync --plan --json', { home: await homeWith(0) })
    const plan = JSON.parse(stdout)
    expect(plan.streams.find(({ stream }: { stream: string }) => stream === 'interest')).toMatchObject({
      requests: 1,
      weight: 50,
      from: new Date(now - 2 * dayMs).toISOString(),
      to: new Date(now).toISOString(),
      urgency: 1,
    })
    expect(plan.requests[0]).toMatchObject({ account: 'main', stream: 'balances', endpoint: 'balance', weight: 20, urgency: 0 })
    expect(plan.pools[0]).toMatchObject({ limit: 6000, limitPeriodMs: 60_000 })
  })

  test('--since asks for no more than that, and --csv has a line for each history', async () => {
    const { stdout } = await run(`sync --plan --csv --since ${new Date(now - hourMs).toISOString()}`, { home: await homeWith() })
    expect(stdout).toContain('account,stream,endpoint,requests,weight,from,to,urgency\n')
    expect(stdout).toContain('main,interest,interest-history,1,50,2026-03-10T08:30:00.000Z,2026-03-10T09:30:00.000Z,1\n')
  })

  test('does not go together with --watch', async () => {
    expect((await run('sync --plan --watch', { home: await homeWith() })).code).toBe(2)
  })
})

test('status tells when trying again is worth it, and when it is not', async () => {
  const home = await homeWith()
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  const state = { account: 'main', lastErrorAt: now - 1, failures: 2, nextAttemptAt: now + 5 * minuteMs }
  await book.recordSyncState({ ...state, lastError: 'client.unreachable: no network' })
  expect((await run('status', { home })).stdout).toContain('no network; next attempt in 5 min, at 09:35 UTC')
  expect(JSON.parse((await run('status --json', { home })).stdout).accounts[0]).toMatchObject({
    failures: 2,
    nextAttemptAt: new Date(now + 5 * minuteMs).toISOString(),
  })
  await book.recordSyncState({ ...state, lastError: 'client.unknown-key: the API key was not accepted' })
  expect((await run('status', { home })).stdout).toContain('trying again will not mend that')
  await book.recordSyncState({ account: 'main', lastSuccessAt: now, failures: 0, nextAttemptAt: now + hourMs })
  expect((await run('status', { home })).stdout).toContain('something new in 1 h, at 10:30 UTC')
  await book.close()
})
