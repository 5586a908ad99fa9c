import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { isZero } from '../decimal/arithmetic.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { syncAll } from '../sync/sync-all.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue, type Venue } from '../venue/index.ts'
import { reconcileAccount, type WalletReconciliation } from './reconcile-account.ts'

/** A venue whose accounts are synced, moved, and synced again. */
describe('balances against everything recorded between them', () => {
  let venue: Venue
  let book: Book
  const tell = (command: Parameters<Venue['apply']>[0]) => venue.apply(command)
  const lose = (wallet: 'um' | 'cm', asset: string, amount: string) =>
    tell({ kind: 'book', account: 'main', wallet, asset, amount, reason: 'profit-or-loss' })

  beforeAll(async () => {
    venue = await createVenue({
      mode: { kind: 'frozen', at: Date.UTC(2026, 1, 3, 10) },
      scenario: 'empty',
      behaviour: { limits: 'counted' },
    })
    const clock = leapingClock(venue)
    book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
    const accounts = venueMembers(venue, clock)
    for (const { account } of accounts) await book.addAccount(account)
    for (const asset of ['USDT', 'BTC']) {
      tell({ kind: 'set-price', asset, price: '1' })
      tell({ kind: 'set-rate', exchange: 'binance', asset, rateDaily: '0.0003' })
      tell({ kind: 'set-rate', exchange: 'okx', asset, rateDaily: '0.0003' })
      tell({ kind: 'set-thresholds', asset, free: '0', maximum: '1000000' })
      tell({ kind: 'set-loan-terms', exchange: 'binance', asset, maintenanceRate: '0', maximum: '1000' })
    }
    tell({ kind: 'deposit', account: 'main', asset: 'BTC', amount: '900' })
    lose('um', 'USDT', '-100')
    tell({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-70', reason: 'profit-or-loss' })
    await syncAll({ book, accounts, clock })
    venue.clock.advanceBy(hourMs)
    lose('um', 'USDT', '-20.5')
    lose('cm', 'BTC', '-3')
    tell({ kind: 'borrow', account: 'main', asset: 'USDT', amount: '50' })
    tell({ kind: 'deposit', account: 'main', asset: 'USDT', amount: '7' })
    venue.clock.advanceBy(dayMs)
    tell({ kind: 'repay-futures', account: 'main' })
    tell({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-5', reason: 'funding' })
    venue.clock.advanceBy(dayMs)
    await syncAll({ book, accounts, clock })
  }, 60_000)

  afterAll(async () => {
    await book.close()
    await venue.close()
  })

  async function reconciled(label: string): Promise<readonly WalletReconciliation[]> {
    const account = (await book.accounts()).find((one) => one.label === label)
    if (account === undefined) throw new Error(`no account ${label}`)
    return reconcileAccount({ book, account })
  }

  const line = ({ asset, wallet, opening, lines, closing, leftOver }: WalletReconciliation) =>
    [
      asset,
      wallet,
      toText(opening),
      ...lines.map(({ kind, count, amount }) => `${kind} ${count} ${toText(amount)}`),
      toText(closing),
      toText(leftOver),
    ].join(' | ')

  test('add up wallet by wallet on Binance, but for what came from outside', async () => {
    const told = (await reconciled('main')).map(line)
    expect(told).toContain('USDT | um | -100 | REALIZED_PNL 1 -20.5 | TRANSFER 1 57 | -63.5 | 0')
    expect(told).toContain('BTC | cm | 0 | REALIZED_PNL 1 -3 | TRANSFER 1 3 | 0 | 0')
    // The deposit of 7 has no history of its own.
    expect(told).toContain('USDT | margin | 0 | LOAN 1 50 | TRANSFER UM 1 -57 | 0 | 7')
    expect(told.find((text) => text.startsWith('USDT | interest'))).toMatch(/charge 2 .*ON_BORROW 1 .*PERIODIC \d+ .* \| 0$/)
  })

  test('of a repayment from the futures’ own asset go from one wallet to the other', async () => {
    const all = await reconciled('main')
    const moved = all.flatMap(({ lines }) => lines.filter(({ kind }) => kind.startsWith('TRANSFER')))
    expect(moved.map(({ amount }) => toText(amount)).sort()).toEqual(['-3', '-57', '3', '57'])
  })

  test('add up over the bills on OKX', async () => {
    const [cash] = await reconciled('okx')
    if (cash === undefined) throw new Error('nothing was reconciled')
    expect([cash.asset, cash.wallet, toText(cash.opening)]).toEqual(['USDT', 'cash', '0'])
    expect(cash.lines.map(({ kind, count }) => [kind, count])).toEqual([
      ['2/5', 1],
      ['7/9', 49],
      ['8/173', 1],
    ])
    expect(isZero(cash.leftOver)).toBe(true)
  })

  test('show what nothing recorded accounts for', async () => {
    const [usdt] = (await reconciled('main')).filter(({ asset, wallet }) => asset === 'USDT' && wallet === 'um')
    const newest = (await book.latestBalances('main')).find(({ asset }) => asset === 'USDT')
    if (usdt === undefined || newest === undefined) throw new Error('no balance of USDT')
    // A line of income that the exchange never told.
    const gone = decimal('1.25')
    const later = { ...newest, takenAt: newest.takenAt + hourMs, um: decimal('-64.75'), total: decimal('-64.75') }
    await book.recordBalances('main', [later])
    const [again] = (await reconciled('main')).filter(({ asset, wallet }) => asset === 'USDT' && wallet === 'um')
    expect(toText(again?.leftOver ?? gone)).toBe('-1.25')
    expect(again?.unproven).toEqual(['um-income'])
  })

  test('of an account without balances or bills are nothing', async () => {
    const empty = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: leapingClock(venue) })
    for (const exchange of ['binance', 'okx'] as const) {
      const account = { label: exchange, exchange, baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false }
      await empty.addAccount(account)
      expect(await reconcileAccount({ book: empty, account })).toEqual([])
    }
    await empty.close()
  })
})
