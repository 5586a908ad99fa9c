import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Book } from '../src/book/book-interface.ts'
import type { DatabaseSync } from '../src/sqlite/database.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { dayMs } from '../src/time/units.ts'
import { chargesOf, type FilledAccount, fillAccounts, filledAccounts, spanOf } from './book-world.ts'
import { built } from './built.ts'
import { median } from './median.ts'

const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { openDatabase } = await built<typeof import('../src/sqlite/database.ts')>('sqlite/database.js')

/** Size and speed of an embedded book, each beside plain SQL on the same file in the same run. */
export interface BookResult {
  readonly charges: number
  readonly accounts: number
  /** Page by page, newest first, each page durable with its proof. */
  readonly fillPerSecond: number
  /** All there is in the file: rows, totals, series, coverage. */
  readonly bytesPerCharge: number
  /** Medians, over all accounts and all time. */
  readonly totalsByMonthMs: number
  /** From one odd day to another: months where they are whole, days at both ends. */
  readonly totalsOddSpanMs: number
  /** `SUM` over the charges by month and series. */
  readonly totalsSqlMs: number
  readonly page: PageTimes
  readonly pageOfAsset: PageTimes
  /** `SELECT … ORDER BY … LIMIT 100` in the same windows. */
  readonly pageSqlP50Ms: number
  readonly batchesPerSecond: number
  /** The same rows by plain selects of the same size. */
  readonly selectPerSecond: number
  /** Highest resident memory while everything was read, as batches and as charges. */
  readonly readPeakMiB: number
}

interface PageTimes {
  readonly p50Ms: number
  readonly p99Ms: number
}

const mebibyte = 2 ** 20
const rounds = 9
const pages = 1_000
const rowsPerPage = 100

/** @param charges default a million; the figures are for ten */
export async function benchBook(charges = 1_000_000): Promise<BookResult> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-book-'))
  try {
    const path = join(folder, 'book.db')
    const accounts = filledAccounts(charges)
    const count = accounts.reduce((sum, account) => sum + chargesOf(account), 0)
    const filling = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
    const [, fillMs] = await timed(() => fillAccounts(filling, accounts))
    await filling.close()
    const bytes = ['', '-wal'].reduce((sum, suffix) => sum + (statSync(`${path}${suffix}`, { throwIfNoEntry: false })?.size ?? 0), 0)
    const book = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
    const database = openDatabase(path)
    try {
      return {
        charges: count,
        accounts: accounts.length,
        fillPerSecond: (count * 1e3) / fillMs,
        bytesPerCharge: bytes / count,
        ...(await totals(book, database)),
        ...(await pagesAnywhere(book, database, accounts)),
        ...(await everything(book, database, accounts, count)),
      }
    } finally {
      database.close()
      await book.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function timed<Result>(work: () => Promise<Result> | Result): Promise<readonly [Result, number]> {
  const startedAt = performance.now()
  const result = await work()
  return [result, performance.now() - startedAt]
}

async function totals(book: Book, database: DatabaseSync) {
  const byMonth: number[] = []
  const oddSpan: number[] = []
  const end = Date.UTC(2026, 4, 17)
  for (let round = 0; round < rounds; round++) {
    byMonth.push((await timed(() => book.totals({ by: 'month' })))[1])
    oddSpan.push((await timed(() => book.totals({ by: 'month', within: { from: end - 700 * dayMs, to: end } })))[1])
  }
  const sum = database.prepare(
    `SELECT account_number, strftime('%Y-%m', at / 1000, 'unixepoch') AS month, series, count(*) AS charges,
       sum(interest_mantissa) AS mantissa, interest_scale
     FROM charge_rows GROUP BY account_number, month, series, interest_scale`,
  )
  sum.setReadBigInts(true)
  const [, totalsSqlMs] = await timed(() => sum.all())
  return { totalsByMonthMs: median(byMonth), totalsOddSpanMs: median(oddSpan), totalsSqlMs }
}

/** Windows of one account that begin anywhere in its history and last from a day to a quarter, both ends first in turn. */
async function pagesAnywhere(book: Book, database: DatabaseSync, accounts: readonly FilledAccount[]) {
  let seed = 12_345
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  const select = database.prepare(
    `SELECT charge_rows.*, asset, inst_id, margin_mode, loan_type FROM charge_rows
     JOIN accounts ON accounts.number = charge_rows.account_number
     JOIN charge_series ON charge_series.account = accounts.account AND charge_series.number = charge_rows.series
     WHERE accounts.account = ? AND at >= ? AND at < ? ORDER BY at DESC LIMIT ${rowsPerPage}`,
  )
  select.setReadBigInts(true)
  const [anyAsset, oneAsset, plain]: [number[], number[], number[]] = [[], [], []]
  for (let page = 0; page < pages; page++) {
    const account = accounts[Math.floor(random() * accounts.length)] as FilledAccount
    const { from, to } = spanOf(account)
    const begin = Math.floor(from + random() * (to - from))
    const within = { from: begin, to: begin + Math.ceil((1 + random() * 90) * dayMs) }
    const order = page % 2 === 0 ? 'newest-first' : 'oldest-first'
    const filter = { accounts: [account.label], within, order, limit: rowsPerPage } as const
    anyAsset.push((await timed(() => collected(book.charges(filter))))[1])
    const asset = account.series[Math.floor(random() * account.series.length)]?.asset
    oneAsset.push((await timed(() => collected(book.charges({ ...filter, asset }))))[1])
    plain.push((await timed(() => select.all(account.label, BigInt(within.from), BigInt(within.to))))[1])
  }
  return { page: timesOf(anyAsset), pageOfAsset: timesOf(oneAsset), pageSqlP50Ms: timesOf(plain).p50Ms }
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<number> {
  let count = 0
  for await (const _ of items) count++
  return count
}

function timesOf(times: readonly number[]): PageTimes {
  const sorted = [...times].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** By the processor time of this process: what one core does, whatever else the machine is busy with. */
async function everything(book: Book, database: DatabaseSync, accounts: readonly FilledAccount[], count: number) {
  let readPeak = 0
  const seen = () => {
    readPeak = Math.max(readPeak, process.memoryUsage.rss())
  }
  const batches = await coreSeconds(async () => {
    let [read, sum] = [0, 0n]
    for (const { label } of accounts) {
      for await (const batch of book.chargeBatches(label)) {
        read += batch.count
        sum += batch.interestMantissa[batch.count - 1] ?? 0n
        seen()
      }
    }
    if (read !== count || sum === 0n) throw new Error(`batches brought ${read} of ${count} charges`)
  })
  const select = await coreSeconds(() => selectAll(database, accounts, count))
  // As charges, each an object: what exports of a kind the columns are not enough for, and certificates, read.
  let read = 0
  for (const { label } of accounts.slice(0, 3)) {
    for await (const _ of book.charges({ accounts: [label], order: 'oldest-first' })) if (++read % 10_000 === 0) seen()
  }
  return { batchesPerSecond: count / batches, selectPerSecond: count / select, readPeakMiB: readPeak / mebibyte }
}

function selectAll(database: DatabaseSync, accounts: readonly FilledAccount[], count: number): void {
  const select = database.prepare(
    `SELECT at, series, principal_mantissa, principal_scale, rate_mantissa, rate_scale, interest_mantissa, interest_scale
     FROM charge_rows WHERE account_number = ? AND (at, series) > (?, ?) ORDER BY at, series LIMIT 8192`,
  )
  select.setReadBigInts(true)
  let read = 0
  for (let number = 1; number <= accounts.length; number++) {
    for (let [at, series] = [0n, 0n]; ; ) {
      const rows = select.all(BigInt(number), at, series) as { at: bigint; series: bigint }[]
      const last = rows.at(-1)
      if (last === undefined) break
      read += rows.length
      ;({ at, series } = last)
    }
  }
  if (read !== count) throw new Error(`plain selects brought ${read} of ${count} charges`)
}

async function coreSeconds(work: () => Promise<void> | void): Promise<number> {
  const usage = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(usage)
  return (user + system) / 1e6
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await benchBook(Number(process.argv[2] ?? 1_000_000)))
}
