import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { decimal } from '../../decimal/decimal.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, minuteMs } from '../../time/units.ts'

const midnight = now - (now % dayMs)
let home: string

beforeAll(async () => {
  home = (await run('account add main --exchange binance --api-key k', { env: withSecret })).home
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  const charge = (daysAgo: number, interest = '24.4440') =>
    chargeOf({ account: 'main', at: midnight - daysAgo * dayMs, interest: decimal(interest) })
  const proof = (from: number, to: number, provenBy: string) => ({
    account: 'main',
    stream: 'interest' as const,
    from,
    to,
    provenBy,
    provenAt: now,
  })
  await book.recordCharges('main', [charge(5), charge(1), charge(0)], [proof(midnight - 30 * dayMs, midnight - 3 * dayMs, 'GET /older')])
  await book.recordCharges('main', [charge(1, '7')], [proof(midnight - 3 * dayMs, now - 10 * minuteMs, 'GET /newer')])
  await book.close()
}, 60_000)

describe('overdraft coverage', () => {
  test('begins with how much is proven of each history, and then tells what contradicts it', async () => {
    const { code, stdout } = await run('coverage', { home })
    expect(code).toBe(7)
    expect(stdout).toMatch(/^ACCOUNT +STREAM +PROVEN/)
    expect(stdout).toMatch(/main +interest +\d+\.\d %/)
    expect(stdout).toMatch(/main +um-income +0\.0 %/)
    expect(stdout.indexOf('Not complete')).toBeGreaterThan(stdout.indexOf('um-income'))
    expect(stdout).toMatch(/Boundaries without a charge[^\n]*\n.*\nmain +USDT +3 +6 +1\n/)
    expect(stdout).toContain('Rows that contradict what the exchange told before: 1 changed')
  })

  test('shows the first of many gaps, and says where all of them are listed', async () => {
    const { home: unsynced } = await run('account add one --exchange binance --api-key k', { env: withSecret })
    await run('account add two --exchange binance --api-key k', { env: withSecret, home: unsynced })
    expect((await run('coverage', { home: unsynced })).stdout).toContain('\n  and 2 more: overdraft coverage --csv\n')
    expect((await run('coverage --csv', { home: unsynced })).stdout.match(/,unproven,/g)).toHaveLength(10)
  })

  test('lists each proven piece with the request that proved it, each hole and each finding', async () => {
    const { stdout } = await run('coverage --csv', { home })
    const [heading, ...lines] = stdout.trimEnd().split('\n')
    expect(heading).toBe('account,stream,state,from,to,request,requestedAt,says')
    const interest = lines.filter((line) => line.startsWith('main,interest,'))
    const proven = interest.filter((line) => line.includes(',proven,'))
    expect(proven.map((line) => line.split(',')[5])).toEqual(['GET /older', 'GET /newer'])
    expect(interest.filter((line) => line.includes(',hole,'))).toEqual([
      'main,interest,hole,2026-03-05T00:00:00.000Z,2026-03-09T00:00:00.000Z,,,USDT: no charge at 3 boundaries between these two charges',
    ])
    expect(interest.filter((line) => line.includes(',changed,'))).toHaveLength(1)
    expect(lines.some((line) => line.startsWith('main,margin-interest,unproven,'))).toBe(true)
  })

  test('tells in JSON how many charges there are beside how many boundaries', async () => {
    const { stdout } = await run('coverage --json', { home })
    const document = JSON.parse(stdout) as { complete: boolean; spans: { state: string }[]; boundaries: unknown[] }
    expect(document.complete).toBe(false)
    expect(new Set(document.spans.map(({ state }) => state))).toEqual(new Set(['proven', 'unproven', 'hole', 'changed']))
    expect(document.boundaries).toEqual([
      { account: 'main', asset: 'USDT', marginMode: '', instId: '', loanType: '', charges: 3, boundaries: 6, holes: 1 },
    ])
  })
})
