import { overlap } from '../time/interval.ts'
import { accountLabels, addAccount, moveAccount, readAccounts, removeAccount } from './account-store.ts'
import { readLatestBalances, recordBalances } from './balance-store.ts'
import type { Book, ChargeFilter } from './book-interface.ts'
import { readCoverage, readProven } from './coverage-store.ts'
import type { BookEngine } from './engines/engine.ts'
import { readExchangeRuns, recordExchangeRuns } from './exchange-run-store.ts'
import { mergedPages } from './merged-pages.ts'
import { chargedSpan, readCharges, readLatestCharges } from './read-charges.ts'
import type { Charge, ExchangeRun } from './record.ts'
import { recordCharges } from './record-charges.ts'
import { readSyncState, recordSyncState } from './sync-state-store.ts'
import { readTotals } from './totals.ts'

/** The book over an engine whose schema is up to date. */
export function storedBook(engine: BookEngine): Book {
  const { db } = engine
  /** Reads of one account, after making sure that there is such an account. */
  const known = async <Result>(account: string, read: () => Promise<Result>): Promise<Result> => {
    await accountLabels(db, [account])
    return read()
  }
  return Object.freeze({
    accounts: () => readAccounts(db),
    addAccount: (account) => addAccount(engine, account),
    moveAccount: (label, baseUrl) => moveAccount(engine, label, baseUrl),
    removeAccount: (label) => removeAccount(engine, label),
    recordCharges: (account, charges, coverage) => recordCharges(engine, account, charges, coverage),
    recordExchangeRuns: (account, runs, coverage) => recordExchangeRuns(engine, account, runs, coverage),
    recordBalances: (account, snapshots) => recordBalances(engine, account, snapshots),
    recordSyncState: (state) => recordSyncState(engine, state),
    charges: (filter) => chargesOf(engine, filter),
    latestCharges: (account) => known(account, () => readLatestCharges(db, account)),
    totals: (filter) => readTotals(db, filter),
    exchangeRuns: (filter) => runsOf(engine, filter),
    latestBalances: (account) => known(account, () => readLatestBalances(db, account)),
    proven: (account, stream) => known(account, () => readProven(db, account, stream)),
    coverage: (account, stream) => known(account, () => readCoverage(db, account, stream)),
    syncState: (account) => known(account, () => readSyncState(db, account)),
    close: () => engine.close(),
  } satisfies Book)
}

async function* chargesOf({ db }: BookEngine, filter: ChargeFilter): AsyncGenerator<Charge> {
  const { asset, limit } = filter
  const newestFirst = filter.order !== 'oldest-first'
  const read = async (account: string, beyond: Charge | undefined, size: number) => {
    const span = asset === undefined ? undefined : await chargedSpan(db, account, asset)
    const within = span === undefined || filter.within === undefined ? (span ?? filter.within) : overlap(span, filter.within)
    if (within === undefined && span !== undefined) return []
    return readCharges(db, account, { asset, within, newestFirst, limit: size, beyond })
  }
  const compare = (left: Charge, right: Charge) => (newestFirst ? right.at - left.at : left.at - right.at)
  yield* mergedPages(await accountLabels(db, filter.accounts), read, compare, limit)
}

async function* runsOf({ db }: BookEngine, filter: Omit<ChargeFilter, 'asset'>): AsyncGenerator<ExchangeRun> {
  const newestFirst = filter.order !== 'oldest-first'
  const read = (account: string, beyond: ExchangeRun | undefined, limit: number) =>
    readExchangeRuns(db, account, { within: filter.within, newestFirst, limit, beyond: beyond?.from })
  const compare = (left: ExchangeRun, right: ExchangeRun) => (newestFirst ? right.from - left.from : left.from - right.from)
  yield* mergedPages(await accountLabels(db, filter.accounts), read, compare, filter.limit)
}
