import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, SyncState } from '../book/record.ts'
import { dayMs } from '../time/units.ts'
import { type AccountForecast, readAccountForecast } from './account-forecast.ts'
import type { AssetForecast } from './asset-forecast.ts'

/** One account as it stands, and how far what is said of it can be trusted. */
export interface AccountStatus {
  readonly account: BookAccount
  /** The same as its forecast says: every figure of a status is one of the forecast's. */
  readonly forecast: AccountForecast
  /** Assets that owe something, or will be charged. */
  readonly assets: readonly AssetForecast[]
  /** When the exchange last told the balances; `undefined` when never. */
  readonly balancesAt: number | undefined
  /** How the interest history that the rates come from is proven. */
  readonly coverage: CoverageReport
  readonly syncState: SyncState | undefined
  /** Why the last sync failed; `undefined` where none did since the last that succeeded. */
  readonly failure: string | undefined
}

/** A status shows no ranges: the newest rates suffice. */
const ratesSinceMs = 2 * dayMs

/** Reads what the book knows of an account and plays it forward from `now`. */
export async function readAccountStatus(book: Book, account: BookAccount, coverage: CoverageReport, now: number): Promise<AccountStatus> {
  const forecast = await readAccountForecast(book, account, now, ratesSinceMs)
  const syncState = await book.syncState(account.label)
  return Object.freeze({
    account,
    forecast,
    assets: forecast.assets,
    balancesAt: forecast.balancesAt,
    coverage,
    syncState,
    failure: failureSince(syncState),
  })
}

/** The error of the last sync; `undefined` where one succeeded after it. */
export function failureSince(state: SyncState | undefined): string | undefined {
  return state?.lastErrorAt === undefined || state.lastErrorAt < (state.lastSuccessAt ?? 0) ? undefined : state.lastError
}
