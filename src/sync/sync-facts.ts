import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, Price, PublishedRate } from '../book/record.ts'
import { repayFuturesSwitch } from '../contracts/binance/repay-futures-switch.ts'
import { divide, isZero } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { OverdraftError } from '../errors/overdraft-error.ts'
import { type OkxBalanceRow, saysNothing } from './balances-of-reply.ts'
import { isPassing } from './passing-errors.ts'
import { type RateUnit, rateUnitOf } from './rate-unit.ts'
import type { BinanceSyncClient, OkxSyncClient, SyncClient } from './sync-client.ts'

const currency = 'USD'
const priceDecimals = 12

/**
 * What else holds for an account now: prices, the rates in force, the switch of Auto Repay. Nothing of it has to be known
 * for a history to be proven, so a request that fails does not hold up anything.
 *
 * @returns what went wrong first; `undefined` when nothing did
 */
export async function syncFacts(
  book: Book,
  account: string,
  client: SyncClient,
  snapshots: readonly BalanceSnapshot[],
  signal: AbortSignal | undefined,
): Promise<OverdraftError | undefined> {
  const assets = new Set(snapshots.filter((snapshot) => !saysNothing(snapshot)).map(({ asset }) => asset))
  const steps =
    client.exchange === 'okx'
      ? [() => syncOkxRates(book, account, client, assets, signal)]
      : [() => syncAutoRepay(book, account, client, signal), () => syncIndexPrices(book, client, assets, signal)]
  let failed: OverdraftError | undefined
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      if (signal?.aborted === true || !isPassing(error)) throw error
      failed ??= error
    }
  }
  return failed
}

/** Prices as the balance of OKX implies them: value over amount, cut at 12 decimals. */
export function pricesOfBalance(rows: readonly OkxBalanceRow[], at: number): readonly Price[] {
  return rows.flatMap(({ ccy, eq, eqUsd }) => {
    if (eq === null || eq === undefined || eqUsd === null || eqUsd === undefined || isZero(eq) || isZero(eqUsd)) return []
    return [{ asset: ccy, currency, at, source: 'balance', price: divide(eqUsd, eq, priceDecimals, 'down') }]
  })
}

/** Kept only where it is another than was known. */
async function syncAutoRepay(book: Book, account: string, client: BinanceSyncClient, signal: AbortSignal | undefined): Promise<void> {
  if (client.serverNow() < (repayFuturesSwitch.since ?? 0)) return
  const { autoRepay } = await client.repayFuturesSwitch({}, { signal })
  const at = client.serverNow()
  const value = String(autoRepay)
  const known = await book.fact(account, 'auto-repay', at)
  if (known?.value !== value) await book.recordFact({ account, name: 'auto-repay', at, value })
}

async function syncIndexPrices(
  book: Book,
  client: BinanceSyncClient,
  assets: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!client.hasApiHost || assets.size === 0) return
  const rows = await client.assetIndexPrice({}, { signal })
  const prices = rows.filter(({ asset }) => assets.has(asset))
  await book.recordPrices(
    prices.map(({ asset, assetIndexPrice, time }) => ({ asset, currency, at: time, source: 'asset-index-price', price: assetIndexPrice })),
  )
}

/** The rates of the user's level as they are now, of what the account holds, owes or was charged on. */
async function syncOkxRates(
  book: Book,
  account: string,
  client: OkxSyncClient,
  held: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const charged = new Map((await book.latestCharges(account)).map((charge) => [charge.asset, charge.rate]))
  if (held.size === 0 && charged.size === 0) return
  const { data } = await client.interestRate({}, { signal })
  const at = client.serverNow()
  const limits = await askedDailyRates(client, signal)
  const unit = rateUnitOf(
    data.map(({ ccy, interestRate: rate }) => ({ rate, daily: limits.rates.get(ccy), hourlyCharged: charged.get(ccy) })),
  )
  await recordRateUnit(book, account, unit, at)
  const rows = data.filter(({ ccy }) => held.has(ccy) || charged.has(ccy))
  const rates = rows.map(({ ccy, interestRate: rate }): PublishedRate => {
    // By the hour is what the document says (facts B5).
    const per = unit === 'day' ? 'day' : 'hour'
    return { account, asset: ccy, at, source: 'interest-rate', rate, per, receivedAt: client.clock.now() }
  })
  await book.recordRates(account, rates, [])
  if (limits.failed !== undefined) throw limits.failed
}

interface DailyRates {
  readonly rates: ReadonlyMap<string, Decimal>
  /** Why they are not known; rates are kept all the same. */
  readonly failed?: OverdraftError
}

/** What every copy of the documents calls daily: the rates beside the user's limits. */
async function askedDailyRates(client: OkxSyncClient, signal: AbortSignal | undefined): Promise<DailyRates> {
  try {
    const { data } = await client.interestLimits({}, { signal })
    const rows = data.flatMap(({ records }) => records)
    return { rates: new Map(rows.flatMap(({ ccy, rate }) => (rate === null || rate === undefined ? [] : [[ccy, rate] as const]))) }
  } catch (error) {
    if (signal?.aborted === true || !isPassing(error)) throw error
    return { rates: new Map(), failed: error }
  }
}

/** Kept only where it is another than was known. */
async function recordRateUnit(book: Book, account: string, value: RateUnit, at: number): Promise<void> {
  const known = await book.fact(account, 'interest-rate-unit', at)
  if (known?.value !== value) await book.recordFact({ account, name: 'interest-rate-unit', at, value })
}
