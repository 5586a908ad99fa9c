import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Charge } from '../src/book/record.ts'
import { decimalOf } from '../src/decimal/decimal.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { dayMs, hourMs } from '../src/time/units.ts'
import { built } from './built.ts'
import { median } from './median.ts'

const { chargeWriter } = await built<typeof import('../src/book/stored-charge.ts')>('book/stored-charge.js')
const { openSqliteEngine } = await built<typeof import('../src/book/engines/sqlite-engine.ts')>('book/engines/sqlite-engine.js')
const { storedBook } = await built<typeof import('../src/book/stored-book.ts')>('book/stored-book.js')
const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { inTransaction, openDatabase } = await built<typeof import('../src/sqlite/database.ts')>('sqlite/database.js')

/** What the ingest of one kind of history costs beside the least that could be done. */
export interface IngestResult {
  /** `hourly`: OKX, 24 charges share a day's total. `daily`: Binance, every charge has a total of its own. */
  readonly history: 'hourly' | 'daily'
  readonly rows: number
  /** Medians. */
  readonly bookRowsPerSecond: number
  readonly bareRowsPerSecond: number
  readonly ratio: number
  /** The same book without the sums that tell when a byte of it changed: the share of its speed that is left with them. */
  readonly unsealedRowsPerSecond: number
  readonly sealedRatio: number
  /** What these sums take in the file. */
  readonly sealBytesPerRow: number
  /** What is asked of both, and which of them fell short of it; empty where none did. */
  readonly sealAims: typeof sealAims
  readonly missed: string
  /** Highest resident memory seen while the book ingested, and before it began, in MiB. */
  readonly bookPeakMiB: number
  readonly startMiB: number
}

/** At least this share of the speed is left, at most so many bytes a row are taken. */
export const sealAims = { ratio: 0.95, bytesPerRow: 8 } as const

const batchRows = 5_000
const assets = ['USDT', 'BTC', 'ETH', 'BNB']
const mebibyte = 2 ** 20

/** One batch as a sync brings it: newest first, a few assets at each boundary. */
function batchOf(history: IngestResult['history'], index: number): Charge[] {
  const everyMs = history === 'hourly' ? hourMs : dayMs
  const newest = 1_790_000_000_000 - (1_790_000_000_000 % dayMs)
  return Array.from({ length: batchRows }, (_, row) => {
    const number = index * batchRows + row
    return {
      account: 'main',
      asset: assets[number % assets.length] ?? 'USDT',
      instId: '',
      marginMode: history === 'hourly' ? 'cross' : '',
      loanType: history === 'hourly' ? '2' : '',
      at: newest - Math.floor(number / assets.length) * everyMs,
      principal: decimalOf(BigInt(21_000_000 + number), 2),
      rate: decimalOf(40_833_333_333n, 16),
      interest: decimalOf(3_960_833_333_334n + BigInt(number), 16),
      ...(history === 'hourly' ? { totalLiability: decimalOf(BigInt(21_000_000 + number), 2), interestFreeLiability: null } : {}),
      receivedAt: 1_790_000_000_000,
    }
  })
}

/** A prepared statement in a loop, into the same table, without anything else: rows a second. */
function bareLoop(path: string, history: IngestResult['history'], batches: number): number {
  const database = openDatabase(path)
  const columns = chargeWriter.columns.map((column) => {
    const type = column.endsWith('_mantissa') ? 'ANY' : column === 'extra' ? 'TEXT' : 'INTEGER'
    return `${column} ${type}`
  })
  const key = chargeWriter.columns.slice(0, chargeWriter.keyLength)
  database.exec(`CREATE TABLE charges (${columns.join(', ')}, PRIMARY KEY (${key.join(', ')})) STRICT, WITHOUT ROWID`)
  const insert = database.prepare(`INSERT INTO charges VALUES (${columns.map(() => '?').join(', ')})`)
  let tookMs = 0
  for (let index = 0; index < batches; index++) {
    const rows = batchOf(history, index).map((charge) =>
      chargeWriter.values({ charge, account: 1, series: assets.indexOf(charge.asset) + 1 }),
    )
    const startedAt = performance.now()
    inTransaction(database, () => {
      for (const row of rows) insert.run(...row)
    })
    tookMs += performance.now() - startedAt
  }
  database.close()
  return (batches * batchRows * 1_000) / tookMs
}

/** The same charges into a book, with totals, series and coverage. */
async function intoBook(path: string, history: IngestResult['history'], batches: number, seals: 'sealed' | 'unsealed') {
  const opened = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
  if (seals === 'unsealed') await opened.close()
  const book = seals === 'sealed' ? opened : storedBook(openSqliteEngine(path), path)
  await book.addAccount({ label: 'main', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
  let tookMs = 0
  let peak = 0
  // Of the processor's time: a busy machine disturbs it least.
  let coreMicros = 0
  for (let index = 0; index < batches; index++) {
    const charges = batchOf(history, index)
    const span = { from: charges.at(-1)?.at ?? 0, to: (charges[0]?.at ?? 0) + 1 }
    const startedAt = performance.now()
    const usage = process.cpuUsage()
    await book.recordCharges('main', charges, [{ account: 'main', stream: 'interest', ...span, provenBy: 'GET /x', provenAt: 1 }])
    tookMs += performance.now() - startedAt
    const { user, system } = process.cpuUsage(usage)
    coreMicros += user + system
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  await book.close()
  return { perSecond: (batches * batchRows * 1_000) / tookMs, peak, coreMicros, bytes: statSync(path).size }
}

/** Ingest into the book beside the bare loop, in turn, in files on disk with `synchronous = FULL`. */
export async function benchIngest(options: { readonly rows?: number; readonly rounds?: number } = {}): Promise<readonly IngestResult[]> {
  const { rows = 250_000, rounds = 5 } = options
  const batches = Math.ceil(rows / batchRows)
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-ingest-'))
  const results: IngestResult[] = []
  try {
    for (const history of ['hourly', 'daily'] as const) {
      const bare: number[] = []
      const book: number[] = []
      const unsealed: number[] = []
      const ratios: number[] = []
      let sealBytes = 0
      let peak = 0
      const start = process.memoryUsage.rss()
      for (let round = 0; round < rounds; round++) {
        bare.push(bareLoop(join(folder, `bare-${history}-${round}.db`), history, batches))
        const without = await intoBook(join(folder, `unsealed-${history}-${round}.db`), history, batches, 'unsealed')
        const run = await intoBook(join(folder, `book-${history}-${round}.db`), history, batches, 'sealed')
        unsealed.push(without.perSecond)
        book.push(run.perSecond)
        ratios.push(without.coreMicros / run.coreMicros)
        sealBytes = run.bytes - without.bytes
        peak = Math.max(peak, run.peak)
      }
      const sealedRatio = Math.round(median(ratios) * 1_000) / 1_000
      const sealBytesPerRow = Math.round((sealBytes / (batches * batchRows)) * 100) / 100
      results.push({
        history,
        rows: batches * batchRows,
        bookRowsPerSecond: Math.round(median(book)),
        bareRowsPerSecond: Math.round(median(bare)),
        ratio: Math.round((median(book) / median(bare)) * 100) / 100,
        unsealedRowsPerSecond: Math.round(median(unsealed)),
        sealedRatio,
        sealBytesPerRow,
        sealAims,
        missed: missedOf(sealedRatio, sealBytesPerRow),
        bookPeakMiB: Math.round(peak / mebibyte),
        startMiB: Math.round(start / mebibyte),
      })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return results
}

function missedOf(ratio: number, bytesPerRow: number): string {
  const missed = [ratio < sealAims.ratio ? 'sealedRatio' : '', bytesPerRow > sealAims.bytesPerRow ? 'sealBytesPerRow' : '']
  return missed.filter((name) => name !== '').join(', ')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(await benchIngest())
}
