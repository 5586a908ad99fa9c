import { fail } from '../errors/overdraft-error.ts'
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
  let isClosed = false
  const opened = (): BookEngine => (isClosed ? fail('book.closed', {}) : engine)
  /** Reads of one account, after making sure that there is such an account. */
  const known = async <Result>(account: string, read: (db: BookEngine['db']) => Promise<Result>): Promise<Result> => {
    const { db } = opened()
    await accountLabels(db, [account])
    return read(db)
  }
  return Object.freeze({
    accounts: async () => readAccounts(opened().db),
    addAccount: async (account) => addAccount(opened(), account),
    moveAccount: async (label, baseUrl) => moveAccount(opened(), label, baseUrl),
    removeAccount: async (label) => removeAccount(opened(), label),
    recordCharges: async (account, charges, coverage) => recordCharges(opened(), account, charges, coverage),
    recordExchangeRuns: async (account, runs, coverage) => recordExchangeRuns(opened(), account, runs, coverage),
    recordBalances: async (account, snapshots) => recordBalances(opened(), account, snapshots),
    recordSyncState: async (state) => recordSyncState(opened(), state),
    charges: (filter) => chargesOf(opened, filter),
    latestCharges: (account) => known(account, (db) => readLatestCharges(db, account)),
    totals: async (filter) => readTotals(opened().db, filter),
    exchangeRuns: (filter) => runsOf(opened, filter),
    latestBalances: (account) => known(account, (db) => readLatestBalances(db, account)),
    proven: (account, stream) => known(account, (db) => readProven(db, account, stream)),
    coverage: (account, stream) => known(account, (db) => readCoverage(db, account, stream)),
    syncState: (account) => known(account, (db) => readSyncState(db, account)),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await engine.close()
    },
  } satisfies Book)
}

async function* chargesOf(opened: () => BookEngine, filter: ChargeFilter): AsyncGenerator<Charge> {
  const { asset, limit } = filter
  const newestFirst = filter.order !== 'oldest-first'
  const read = async (account: string, beyond: Charge | undefined, size: number) => {
    const { db } = opened()
    const span = asset === undefined ? undefined : await chargedSpan(db, account, asset)
    const within = span === undefined || filter.within === undefined ? (span ?? filter.within) : overlap(span, filter.within)
    if (within === undefined && span !== undefined) return []
    return readCharges(db, account, { asset, within, newestFirst, limit: size, beyond })
  }
  const compare = (left: Charge, right: Charge) => (newestFirst ? right.at - left.at : left.at - right.at)
  yield* mergedPages(await accountLabels(opened().db, filter.accounts), read, compare, limit)
}

async function* runsOf(opened: () => BookEngine, filter: Omit<ChargeFilter, 'asset'>): AsyncGenerator<ExchangeRun> {
  const newestFirst = filter.order !== 'oldest-first'
  const read = async (account: string, beyond: ExchangeRun | undefined, limit: number) =>
    readExchangeRuns(opened().db, account, { within: filter.within, newestFirst, limit, beyond: beyond?.from })
  const compare = (left: ExchangeRun, right: ExchangeRun) => (newestFirst ? right.from - left.from : left.from - right.from)
  yield* mergedPages(await accountLabels(opened().db, filter.accounts), read, compare, filter.limit)
}
