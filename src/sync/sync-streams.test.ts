import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import { accountHistories } from '../book/account-histories.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { strip } from '../decimal/arithmetic.ts'
import { type Decimal, toText, zero } from '../decimal/decimal.ts'
import { partsOfStream } from '../histories/stream.ts'
import { coverageReport } from '../report/coverage-report.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { Venue } from '../venue/venue.ts'
import { syncAll } from './sync-all.ts'

const at = Date.UTC(2026, 5, 20, 10, 30)

const plain = (value: Decimal) => toText(strip(value))

interface Synced {
  readonly venue: Venue
  readonly book: Book
}

async function synced(scenario?: string): Promise<Synced> {
  const venue = await createVenue({ mode: { kind: 'frozen', at }, ...(scenario === undefined ? {} : { scenario: { path: scenario } }) })
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = venueMembers(venue, clock)
  for (const { account } of accounts) await book.addAccount(account)
  const outcomes = await syncAll({ book, accounts, clock })
  expect(outcomes.map(({ ended, error }) => [ended, error?.message])).toEqual(outcomes.map(() => ['done', undefined]))
  return { venue, book }
}

type Truth = ReturnType<Venue['truth']>['accounts'][number]
type OfBinance = Extract<Truth, { exchange: 'binance' }>

function changeOf({ changes }: OfBinance['movements'][number], wallet: string): Decimal {
  return changes.find((change) => change.wallet === wallet)?.delta ?? zero
}

/** What a wallet's income has to add up to: what the movements did to it since the exchange keeps them. */
function sumsByAsset(rows: Iterable<{ readonly asset: string; readonly amount: Decimal }>): Record<string, string> {
  const sums = new Map<string, bigint>()
  for (const { asset, amount } of rows) {
    const scaled = amount.mantissa * 10n ** BigInt(20 - amount.scale)
    sums.set(asset, (sums.get(asset) ?? 0n) + scaled)
  }
  return Object.fromEntries(
    [...sums]
      .filter(([, sum]) => sum !== 0n)
      .map(([asset, sum]) => [asset, sum.toString()])
      .sort(),
  )
}

describe.each(['default', 'auto-exchange-cascade', 'funding-bleed', 'rate-spike'])('a synced book of the scenario %s', (scenario) => {
  let made: Synced
  beforeAll(async () => {
    made = await synced(`scenarios/${scenario}.yaml`)
  }, 120_000)
  afterAll(async () => {
    await made.book.close()
    await made.venue.close()
  })

  test('contradicts itself nowhere', async () => {
    expect(await made.book.findings({})).toEqual([])
  })

  test('has every charge on a loan and on a negative balance in the margin interest history', async () => {
    const { venue, book } = made
    for (const state of venue.truth().accounts) {
      if (state.exchange !== 'binance') continue
      const charges = [...state.loanCharges, ...state.charges].filter((charge) => charge.at >= Date.UTC(2022, 0, 1))
      const wanted = charges.map(
        (charge) => `${charge.at} ${charge.id} ${charge.asset} ${plain(charge.interest)} ${plain(charge.principal)}`,
      )
      const kept = await collect(book.marginCharges({ account: state.account }))
      const found = kept.map((charge) => `${charge.at} ${charge.txId} ${charge.asset} ${plain(charge.interest)} ${plain(charge.principal)}`)
      expect(found.sort()).toEqual(wanted.sort())
    }
  })

  test('has every change of the futures wallets that the exchange keeps', async () => {
    const { venue, book } = made
    for (const state of venue.truth().accounts) {
      if (state.exchange !== 'binance') continue
      const kept = await collect(book.movements({ account: state.account }))
      for (const wallet of ['um', 'cm'] as const) {
        const stream = `${wallet}-income` as const
        const [from = Number.POSITIVE_INFINITY, to = 0] = (await book.proven(state.account, stream)).flatMap((span) => [span.from, span.to])
        const moved = state.movements.filter((movement) => movement.at >= from && movement.at < to)
        const shown = kept.filter((row) => row.stream === stream && row.at >= from && row.at < to)
        expect(sumsByAsset(shown)).toEqual(
          sumsByAsset(moved.map((movement) => ({ asset: movement.asset, amount: changeOf(movement, wallet) }))),
        )
      }
    }
  })

  test('has every loan and repayment of the last ninety days', async () => {
    const { venue, book } = made
    for (const state of venue.truth().accounts) {
      if (state.exchange !== 'binance') continue
      const kept = await collect(book.movements({ account: state.account }))
      const ids = (stream: string) =>
        kept
          .filter((row) => row.stream === stream)
          .map((row) => `${row.id} ${row.asset} ${plain(row.amount)}`)
          .sort()
      const moved = state.movements.filter((movement) => movement.at >= at - 90 * dayMs)
      const loans = moved.filter(({ cause }) => cause === 'borrow')
      expect(ids('margin-loans')).toEqual(loans.map((loan) => `${loan.id} ${loan.asset} ${plain(changeOf(loan, 'cross-free'))}`).sort())
      const repaid = moved.filter(({ cause }) => cause === 'repay-loan')
      expect(ids('margin-repayments').length).toBeGreaterThanOrEqual(repaid.length)
    }
  })

  test('has every bill of a year, and each one’s balance follows from the one before', async () => {
    const { venue, book } = made
    for (const state of venue.truth().accounts) {
      if (state.exchange !== 'okx') continue
      const bills = await collect(book.movements({ account: state.account, order: 'oldest-first' }))
      const interest = bills.filter(({ kind }) => kind.startsWith('7/'))
      const [span] = await book.proven(state.account, 'bills')
      const charges = state.charges.filter((charge) => charge.at >= (span?.from ?? 0) && charge.at < (span?.to ?? 0))
      expect(interest.filter((bill) => bill.at < (span?.to ?? 0)).length).toBe(charges.length)
      const balances = new Map<string, Decimal>()
      for (const { asset, amount, balanceAfter, id } of bills.sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1))) {
        const before = balances.get(asset)
        if (before !== undefined && balanceAfter !== undefined) {
          expect([
            id,
            sumsByAsset([
              { asset, amount: before },
              { asset, amount },
            ]),
          ]).toEqual([id, sumsByAsset([{ asset, amount: balanceAfter }])])
        }
        if (balanceAfter !== undefined) balances.set(asset, balanceAfter)
      }
    }
  })

  test('has published rates of what was charged, prices, and how Auto Repay stands', async () => {
    const { venue, book } = made
    for (const state of venue.truth().accounts) {
      const rates = await collect(book.rates({ account: state.account }))
      const charged = new Set((await book.latestCharges(state.account)).map(({ asset }) => asset))
      for (const asset of charged) expect([asset, rates.some((rate) => rate.asset === asset)]).toEqual([asset, true])
      if (state.exchange === 'okx') continue
      expect(await book.fact(state.account, 'auto-repay', Number.MAX_SAFE_INTEGER)).toMatchObject({
        value: String(state.settings.repaySwitch),
      })
    }
    const prices = await book.prices({ currency: 'USD' })
    expect(prices.length).toBeGreaterThan(0)
    for (const { asset, price, source } of prices) {
      const priced = venue.truth().assets.find((known) => known.asset === asset)?.price
      if (source === 'asset-index-price') expect([asset, plain(price)]).toEqual([asset, priced === undefined ? '' : plain(priced)])
    }
  })

  test('tells the coverage of every history, and nothing that can be proven is left', async () => {
    const { venue, book } = made
    for (const account of await book.accounts()) {
      const rules = await accountHistories(book, account)
      if (account.exchange === 'binance')
        expect(new Set(rules.map(({ stream }) => partsOfStream(stream).kind)).size).toBeGreaterThanOrEqual(7)
      for (const rule of rules) {
        const { stream } = rule
        const report = await coverageReport(book, account, rule, { now: venue.clock.now() })
        expect([stream, report.unproven.filter(({ from }) => from < at - 2 * hourMs)]).toEqual([stream, []])
        expect([stream, report.lost]).toEqual([stream, []])
      }
    }
  })
})
