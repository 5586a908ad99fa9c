import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, ExchangeRun, SyncState } from '../book/record.ts'
import { isZero } from '../decimal/arithmetic.ts'
import { type AssetStatus, assetStatus } from './asset-status.ts'

/** One account as it stands, and how far what is said of it can be trusted. */
export interface AccountStatus {
  readonly account: BookAccount
  /** Assets that are owed over all wallets, or that a futures wallet owes. */
  readonly assets: readonly AssetStatus[]
  /** When the exchange last told the balances; `undefined` when never. */
  readonly balancesAt: number | undefined
  /** How the interest history that the rates come from is proven. */
  readonly coverage: CoverageReport
  readonly syncState: SyncState | undefined
  /** Why the last sync failed; `undefined` where none did since the last that succeeded. */
  readonly failure: string | undefined
}

/** Reads what the book knows of an account and tells it forward to `now`. */
export async function readAccountStatus(book: Book, account: BookAccount, coverage: CoverageReport, now: number): Promise<AccountStatus> {
  const balances = await book.latestBalances(account.label)
  const latestCharges = await book.latestCharges(account.label)
  const runs: ExchangeRun[] = []
  for await (const run of book.exchangeRuns({ accounts: [account.label] })) runs.push(run)
  const balancesAt = balances.length === 0 ? undefined : Math.max(...balances.map((balance) => balance.takenAt))
  // An asset that the newest reply left out is no longer held: OKX lists no currency that is all zero (facts B5).
  const present = balances.filter((balance) => balance.takenAt === balancesAt)
  const assets = present.map((balance) =>
    assetStatus({
      account,
      balance,
      latestCharges: latestCharges.filter((charge) => charge.asset === balance.asset),
      runs,
      proven: coverage.proven,
      now,
    }),
  )
  const syncState = await book.syncState(account.label)
  return Object.freeze({
    account,
    assets: assets.filter((status) => !isZero(status.owed) || !isZero(status.futuresDebt)),
    balancesAt,
    coverage,
    syncState,
    failure: failureSince(syncState),
  })
}

/** The error of the last sync; `undefined` where one succeeded after it. */
export function failureSince(state: SyncState | undefined): string | undefined {
  return state?.lastErrorAt === undefined || state.lastErrorAt < (state.lastSuccessAt ?? 0) ? undefined : state.lastError
}
