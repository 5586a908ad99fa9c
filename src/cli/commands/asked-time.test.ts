import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, withSecret } from '../../../test/support/command-line.ts'
import { okxChargedAt } from '../../../test/support/report-kit.ts'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import type { BalanceSnapshot, Stream } from '../../book/record.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, minuteMs } from '../../time/units.ts'

const now = parseInstant('2026-03-10T09:30:00Z')
const clock = () => new ManualClock(now)

const owing: BalanceSnapshot = {
  account: 'main',
  takenAt: now - 30 * minuteMs,
  asset: 'USDT',
  total: decimal('-100'),
  owed: decimal('100'),
  free: decimal('0'),
  um: decimal('-100'),
  cm: decimal('0'),
  interest: decimal('0'),
  updatedAt: now - 30 * minuteMs,
}

/** Accounts as a first sync of today leaves them: each history is proven as far back as it is wanted. */
async function freshlySynced(): Promise<string> {
  const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret, clock: clock() })
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: clock() })
  await book.addAccount({ label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false })
  const proven = (account: string, stream: Stream, sinceMs: number) => {
    return { account, stream, from: now - sinceMs, to: now - 10 * minuteMs, provenBy: 'test', provenAt: now }
  }
  await book.recordBalances('main', [owing])
  await book.recordCharges('main', [], [proven('main', 'interest', 1_500 * dayMs)])
  await book.recordMarginCharges('main', [], [proven('main', 'margin-interest', 1_500 * dayMs)])
  await movements(book, ['um-income', 'cm-income'], 89)
  await movements(book, ['margin-loans:USDT', 'margin-repayments:USDT'], 90)
  const charges = [okxChargedAt('2025-03-31T08:00:00Z'), okxChargedAt('2026-03-01T08:00:00Z')]
  await book.recordCharges('okx', charges, [proven('okx', 'interest', 364 * dayMs)])
  await book.recordMovements('okx', 'bills', [], [proven('okx', 'bills', 89 * dayMs)])
  await book.close()
  return home

  async function movements(of: Book, streams: readonly Stream[], days: number): Promise<void> {
    for (const stream of streams) await of.recordMovements('main', stream, [], [proven('main', stream, days * dayMs)])
  }
}

const ask = (line: string, home: string) => run(line, { home, clock: clock() })

describe('what was never wanted is not complete', () => {
  test('a statement of a month rests on every history from that month to the balance it hangs on', async () => {
    const home = await freshlySynced()
    const { code, stdout } = await ask('statement main 2025-09 --asset USDT', home)
    expect(code).toBe(7)
    expect(stdout).toContain('main um-income: 2025-09-01 00:00 to 2025-12-11 09:30 UTC')
    expect(stdout).toContain('main margin-repayments:USDT: 2025-09-01 00:00')
    expect(stdout).toContain('GET /papi/v1/um/income/asyn')
    expect(stdout).toContain('overdraft sync --since 2025-09-01 fetches what is not proven.')
    expect(stdout).not.toContain('Proven complete')
    // The month before last is within what is kept, and so is all time up to the balance.
    expect((await ask('statement main 2026-02 --asset USDT', home)).code).toBe(0)
  })

  test('an export of movements has a row for what is not proven', async () => {
    const home = await freshlySynced()
    const { code, stdout } = await ask('export --what movements --format csv --out - --since 2025-09-01 --until 2025-09-11', home)
    expect(code).toBe(7)
    const rows = stdout.split('\n').filter((line) => /^(unproven|lost|not-yet),/.test(line))
    expect(
      rows.map((row) =>
        row
          .split(',')
          .filter((cell) => cell !== '')
          .join(' '),
      ),
    ).toEqual(
      ['main um-income', 'main cm-income', 'main margin-loans:USDT', 'main margin-repayments:USDT', 'okx bills'].map(
        (of) => `unproven 2025-09-01T00:00:00.000Z 2025-09-11T00:00:00.000Z ${of}`,
      ),
    )
  })

  test('a time that the exchange no longer keeps is lost', async () => {
    const home = await freshlySynced()
    const { code, stdout } = await ask('interest okx --since 2024-07-01 --until 2024-08-01 --json', home)
    expect(code).toBe(7)
    expect(JSON.parse(stdout)).toMatchObject({
      complete: false,
      gaps: [{ stream: 'interest', kind: 'lost', from: '2024-07-01T00:00:00.000Z', to: '2024-08-01T00:00:00.000Z' }],
    })
  })

  test('a month of which a day is kept is not complete, the others are', async () => {
    const home = await freshlySynced()
    const { code, stdout } = await ask('interest okx --by month --csv', home)
    expect(
      stdout
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').at(-1)),
    ).toEqual(['true', 'false', undefined].slice(0, 2).concat(''))
    expect(code).toBe(7)
    expect((await ask('interest okx --by month --since 2025-04-01', home)).code).toBe(0)
  })

  test('a time to come is not yet', async () => {
    const home = await freshlySynced()
    for (const line of [
      'interest main --since 2027-01-01',
      'interest main --since 2027-01-01 --until 2027-02-01',
      'interest main --until 2027-01-01',
    ]) {
      const { code, stdout } = await ask(line, home)
      expect([line, code]).toEqual([line, 7])
      expect(stdout).toContain('not yet')
      expect(stdout).not.toContain('Proven complete')
    }
    const { stdout } = await ask('interest main --since 2027-01-01 --json', home)
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, gaps: [{ kind: 'not-yet', from: '2027-01-01T00:00:00.000Z', to: null }] })
    expect((await ask('export --format csv --out - --since 2027-01-01', home)).stdout).toContain(
      '\nnot-yet,2027-01-01T00:00:00.000Z,,main,,interest,',
    )
  })

  test('a question without bounds says from when on it is answered', async () => {
    const home = await freshlySynced()
    expect((await ask('interest okx', home)).stdout).toContain('Proven complete from 2025-03-11 09:30 up to 2026-03-10 09:20 UTC')
    // Nothing is older than the exchange itself.
    expect((await ask('interest main --since 1970-01-01 --until 2017-01-01', home)).code).toBe(0)
    expect((await ask('interest main --since 2018-01-01 --until 2019-01-01', home)).code).toBe(7)
  })

  test.each([
    'interest main --asset nope',
    'statement main 2026-02 --asset nope',
    'export --format csv --out - --asset nope',
    'audit --asset nope',
  ])('%s: an asset that nothing ever named is unknown', async (line) => {
    const { code, stderr, stdout } = await ask(line, await freshlySynced())
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/names the asset "NOPE"/)
    expect(stderr).toMatch(/Known are: USDT/)
  })
})

test('an account that was synced and holds nothing is not called never synced', async () => {
  const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret, clock: clock() })
  expect((await ask('status', home)).stdout).toContain('main: never synced')
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: clock() })
  await book.recordSyncState({ account: 'main', lastSuccessAt: now - minuteMs, failures: 0 })
  await book.close()
  const { stdout } = await ask('status', home)
  expect(stdout).toContain('main: synced, and holds nothing')
  expect(stdout).not.toContain('never synced')
})
