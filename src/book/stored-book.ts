import { fail } from '../errors/overdraft-error.ts'
import type { Interval } from '../time/interval.ts'
import { accountLabels, addAccount, moveAccount, readAccounts, removeAccount } from './account-store.ts'
import { assertOwnStream } from './assert-own-rows.ts'
import { balances, readLatestBalances, recordBalances } from './balance-store.ts'
import type { Book, ChargeFilter, RowFilter } from './book-interface.ts'
import { chargeBatches } from './charge-batches.ts'
import { charges } from './charge-kind.ts'
import { readCoverage, readProven, readProvenAhead, withdrawProof } from './coverage-store.ts'
import type { BookEngine } from './engines/engine.ts'
import { exchangeRuns } from './exchange-run-kind.ts'
import { readFact, recordFact } from './fact-store.ts'
import { readFindings, recordFindings } from './finding-store.ts'
import { readForecasts, recordForecast } from './forecast-store.ts'
import { dropLease, takeLease } from './lease-store.ts'
import { marginCharges } from './margin-charge-kind.ts'
import { movements } from './movement-kind.ts'
import { orderedRows } from './ordered-rows.ts'
import { recordPrices, soundPrices } from './price-store.ts'
import { rates } from './rate-kind.ts'
import { latestCharges } from './read-charges.ts'
import { recordRows } from './record-rows.ts'
import { marginChargeBatches, movementBatches } from './row-batches.ts'
import type { KeptRow, RowKind } from './row-kind.ts'
import { assertSound } from './seals/assert-sound.ts'
import { checkBook } from './seals/check-book.ts'
import { repairBook } from './seals/repair-book.ts'
import { assertAccounts, assertTotals, soundRead } from './seals/sound-reads.ts'
import { readSyncState, recordSyncState } from './sync-state-store.ts'
import type { BookTables } from './tables/tables.ts'
import { readTotals } from './totals.ts'

/** The book over an engine whose schema is up to date. */
export function storedBook(engine: BookEngine, name: string): Book {
  let isClosed = false
  const opened = (): BookEngine => (isClosed ? fail('book.closed', {}) : engine)
  /** Reads of one account, after making sure of it. */
  const known = <Result>(
    account: string,
    tables: readonly (keyof BookTables)[],
    read: (db: BookEngine['db']) => Promise<Result>,
    within?: Interval,
  ): Promise<Result> => soundRead(opened, account, tables, read, within)
  /** The record method of a kind of rows. */
  const recorder =
    <Row extends KeptRow>(kind: RowKind<Row>) =>
    async (account: string, rows: readonly Row[], coverage: Parameters<Book['recordCharges']>[2]) =>
      recordRows(opened(), kind, account, rows, coverage)
  return Object.freeze({
    accounts: async () => {
      await assertAccounts(opened())
      return readAccounts(opened().db)
    },
    addAccount: async (account) => addAccount(opened(), account),
    moveAccount: async (label, baseUrl) => moveAccount(opened(), label, baseUrl),
    removeAccount: async (label) => removeAccount(opened(), label),
    recordCharges: recorder(charges),
    recordExchangeRuns: recorder(exchangeRuns),
    recordMarginCharges: recorder(marginCharges),
    recordRates: recorder(rates),
    recordMovements: async (account, stream, rows, coverage) => {
      assertOwnStream(stream, rows.map(movements.streamOf))
      return recordRows(opened(), movements, account, rows, coverage)
    },
    recordBalances: async (account, snapshots) => recordBalances(opened(), account, snapshots),
    recordSyncState: async (state) => recordSyncState(opened(), state),
    recordPrices: async (prices) => recordPrices(opened(), prices),
    recordFact: async (fact) => recordFact(opened(), fact),
    recordFindings: async (findings) => recordFindings(opened(), findings),
    recordForecast: async (account, foreseen) => recordForecast(opened(), account, foreseen),
    withdrawProof: async (account, stream, span) => withdrawProof(opened(), account, stream, span),
    charges: (filter) => orderedRows(opened, charges, filter),
    chargeBatches: (account, within) => chargeBatches(opened, account, within),
    latestCharges: (account) => latestCharges(opened, account),
    totals: async (filter) => {
      await assertAccounts(opened())
      for (const account of await accountLabels(opened().db, filter.accounts))
        await assertTotals(opened(), account, filter.by, filter.within)
      return readTotals(opened().db, filter)
    },
    exchangeRuns: (filter) => orderedRows(opened, exchangeRuns, filter),
    marginCharges: (filter) => orderedRows(opened, marginCharges, ofOne(filter)),
    marginChargeBatches: (filter) => marginChargeBatches(opened, filter),
    movements: (filter) => orderedRows(opened, movements, ofOne(filter)),
    movementBatches: (filter) => movementBatches(opened, filter),
    rates: (filter) => orderedRows(opened, rates, ofOne(filter)),
    balances: (filter) => orderedRows(opened, balances, ofOne(filter)),
    latestBalances: (account) => known(account, ['balance_series', 'balances'], (db) => readLatestBalances(db, account)),
    proven: (account, stream) => known(account, ['proven'], (db) => readProven(db, account, stream)),
    coverage: (account, stream) => known(account, ['coverage'], (db) => readCoverage(db, account, stream)),
    provenAhead: (account, stream, ahead) => known(account, ['coverage'], (db) => readProvenAhead(db, account, stream, ahead)),
    syncState: (account) => known(account, ['sync_states'], (db) => readSyncState(db, account)),
    prices: async (filter) => soundPrices(opened, filter),
    fact: (account, name, at) => known(account, ['facts'], (db) => readFact(db, account, name, at)),
    findings: async (filter) => {
      await assertAccounts(opened())
      for (const account of await accountLabels(opened().db, filter.accounts)) await assertSound(opened(), 'findings', account, account)
      return readFindings(opened().db, filter)
    },
    forecasts: (account, within) => known(account, ['forecasts'], (db) => readForecasts(db, account, within)),
    takeLease: async (lease, now) => takeLease(opened(), lease, now),
    dropLease: async (account, holder) => dropLease(opened(), account, holder),
    check: async () => checkBook(opened()),
    repair: async (now) => repairBook(opened(), name, now),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await engine.close()
    },
  } satisfies Book)
}

const ofOne = ({ account, ...filter }: RowFilter): ChargeFilter => ({ ...filter, accounts: [account] })
