import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import type { AccrualResult } from './accrual.ts'
import type { AuditResult } from './audit.ts'
import type { BookResult } from './book.ts'
import type { DemoResult } from './demo.ts'
import type { ExportRun } from './export.ts'
import type { HttpResult, Measured } from './http.ts'
import type { IngestResult } from './ingest.ts'
import type { ScaleResult } from './scale.ts'
import type { BesideResult } from './scale-beside.ts'
import type { SyncResult } from './sync.ts'
import type { SyncMemoryRun } from './sync-memory.ts'
import { printSync } from './sync-table.ts'
import type { YearResult } from './year.ts'

const run = promisify(execFile)
const mebibyte = 2 ** 20
const one = fileURLToPath(new URL('./one.ts', import.meta.url))

/** Each bench runs in a process of its own, so that its peak memory is its own. */
async function measured<Result>(name: string, ...options: readonly string[]): Promise<Result> {
  process.stderr.write(`measuring ${name} …\n`)
  const { stdout } = await run(process.execPath, [...process.execArgv, one, name, ...options], { maxBuffer: mebibyte })
  return JSON.parse(stdout) as Result
}

interface Line {
  readonly what: string
  readonly perSecond: number
  readonly beside: string
  readonly ratio?: number
  readonly aim: string
  readonly peakMiB: number
}

function accrualLines(result: AccrualResult): Line[] {
  const peakMiB = result.peakResidentBytes / mebibyte
  return [
    {
      what: 'charges accrued, durable and queryable, rates unchanged',
      perSecond: result.steadyPerSecond,
      beside: '',
      aim: '500,000',
      peakMiB,
    },
    { what: 'the same, every rate new at every boundary', perSecond: result.changingPerSecond, beside: '', aim: '500,000', peakMiB },
  ]
}

function httpLines(results: readonly HttpResult[]): Line[] {
  return results.flatMap(({ call, bodyBytes, venue, bare, bareSameHeaders, ratio, ratioSameHeaders, peakResidentBytes }) => {
    // The aim is for answering at all; what a page of a history costs more is shown beside a server that builds none.
    const common = { perSecond: venue.perSecond, aim: call === 'balance' ? '0.70 of it' : '', peakMiB: peakResidentBytes / mebibyte }
    const what = `signed requests, ${call}, ${grouped(bodyBytes)} bytes`
    return [
      { ...common, what, beside: `bare node:http ${grouped(bare.perSecond)}${micros(bare, venue)}`, ratio },
      {
        ...common,
        what,
        beside: `with the venue's headers ${grouped(bareSameHeaders.perSecond)}${micros(bareSameHeaders, venue)}`,
        ratio: ratioSameHeaders,
      },
    ]
  })
}

/** A busy machine disturbs requests per second more than what a request costs. */
function micros(bare: Measured, venue: Measured): string {
  return `, ${Math.round(bare.micros)} of ${Math.round(venue.micros)} µs`
}

function ingestLines(results: readonly IngestResult[]): Line[] {
  return results.flatMap((result) => {
    const { history, bookRowsPerSecond, bareRowsPerSecond, ratio, bookPeakMiB } = result
    const common = { perSecond: bookRowsPerSecond, peakMiB: bookPeakMiB }
    return [
      {
        ...common,
        what: `rows into the book, ${history} history`,
        beside: `bare prepared statement ${grouped(bareRowsPerSecond)}`,
        ratio,
        aim: '0.60 of it',
      },
      {
        ...common,
        what: `the same, seals included: ${result.sealBytesPerRow.toFixed(1)} bytes a row of the file (${atMost(result.sealAims.bytesPerRow, result.sealBytesPerRow)})`,
        beside: `without seals ${grouped(result.unsealedRowsPerSecond)}`,
        ratio: result.sealedRatio,
        aim: `${result.sealAims.ratio} of it${result.sealedRatio < result.sealAims.ratio ? ', missed' : ''}`,
      },
    ]
  })
}

function scaleLines(scale: ScaleResult, beside: BesideResult): Line[] {
  const { days, chargesPerSecond, bytesPerCharge, debts } = scale
  const what = `${grouped(debts)} debts over ${days} days, on disk, ${bytesPerCharge.toFixed(1)} bytes a charge`
  const common = { what, perSecond: chargesPerSecond, aim: '2,000,000', peakMiB: scale.peakResidentBytes / mebibyte }
  const sql = `SQL on PostgreSQL ${grouped(beside.sqlPerSecond)}, ${beside.sqlBytesPerCharge.toFixed(0)} bytes a charge`
  return [
    { ...common, beside: sql, ratio: chargesPerSecond / beside.sqlPerSecond },
    { ...common, beside: `loop with decimal.js ${grouped(beside.loopPerSecond)}`, ratio: chargesPerSecond / beside.loopPerSecond },
  ]
}

function auditLines(results: readonly AuditResult[]): Line[] {
  return results.map(({ what, charges, marginCharges, perSecond, loopPerSecond, ratio, peakMiB }) => ({
    what: `${what} audited on one core, ${grouped(charges + marginCharges)} in the book`,
    perSecond,
    beside: `loop with decimal.js ${grouped(loopPerSecond)}`,
    ratio,
    aim: '300,000',
    peakMiB,
  }))
}

function exportLines(runs: readonly ExportRun[]): Line[] {
  return runs.map(({ format, rows, perSecond, bytes, peakMiB }) => ({
    what: `charges exported as ${format}, ${grouped(rows)} of them, ${(bytes / rows).toFixed(0)} bytes a charge`,
    perSecond,
    beside: '',
    aim: 'below 300 MiB',
    peakMiB,
  }))
}

function syncMemoryLines(runs: readonly SyncMemoryRun[]): Line[] {
  return runs.map(({ what, charges, requests, seconds, peakMiB }) => ({
    what: `charges synced by a process of its own, ${what}, ${grouped(requests)} requests`,
    perSecond: charges / seconds,
    beside: '',
    aim: 'below 300 MiB',
    peakMiB,
  }))
}

const batchesAim = 800_000
const pageAimMs = 5

/** An aim that a figure should stay below, and whether it did. */
function atMost(aim: number, value: number): string {
  return `aim: ${aim}${value > aim ? ', missed' : ''}`
}

function bookLines({ charges, batchesPerSecond, selectPerSecond, readPeakMiB }: BookResult): Line[] {
  return [
    {
      what: `charges read as columns on one core, ${grouped(charges)} in the book`,
      perSecond: batchesPerSecond,
      beside: `plain selects ${grouped(selectPerSecond)}`,
      ratio: batchesPerSecond / selectPerSecond,
      aim: batchesPerSecond < batchesAim ? `${grouped(batchesAim)}, missed` : grouped(batchesAim),
      peakMiB: readPeakMiB,
    },
  ]
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function printTable(lines: readonly Line[]): void {
  const head = ['measured', 'per second', 'beside', 'ratio', 'aim', 'peak MiB']
  const rows = lines.map(({ what, perSecond, beside, ratio, aim, peakMiB }) => [
    what,
    grouped(perSecond),
    beside,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim,
    grouped(peakMiB),
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 1 || column > 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`)
  }
}

function latency({ queryP50Ms, queryP99Ms, queries }: ScaleResult): string {
  return `${queryP50Ms.toFixed(1)} ms at the median, ${queryP99Ms.toFixed(1)} ms at the 99th percentile of ${grouped(queries)} requests`
}

function bookText(book: BookResult): string {
  const { charges, accounts, bytesPerCharge, totalsByMonthMs, totalsOddSpanMs, totalsSqlMs, page, pageOfAsset, pageSqlP50Ms } = book
  const page100 = ({ p50Ms, p99Ms }: BookResult['page']) =>
    `${p50Ms.toFixed(1)} ms at the median, ${p99Ms.toFixed(1)} ms at the 99th percentile`
  return (
    `A book of ${grouped(charges)} charges in ${accounts} accounts: ${bytesPerCharge.toFixed(1)} bytes a charge on disk with everything (aim: 120); ` +
    `totals by month and asset ${Math.round(totalsByMonthMs)} ms, from one odd day to another ${Math.round(totalsOddSpanMs)} ms (aim: 200), SUM over the charges ${grouped(totalsSqlMs)} ms; ` +
    `100 rows of one account and window ${page100(page)}, of one asset ${page100(pageOfAsset)} (${atMost(pageAimMs, Math.max(page.p99Ms, pageOfAsset.p99Ms))}), a plain select ${pageSqlP50Ms.toFixed(1)} ms at the median.\n`
  )
}

/**
 * `npm run bench -- --days 365` crosses a whole year, which takes 6 GB of disk for as long as it runs; with
 * `--audited 10000000` the audit is of ten million charges, which take some minutes to be filled in; `--exported` and
 * `--booked` likewise.
 */
const {
  days: scaleDays,
  audited,
  exported,
  booked,
} = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    audited: { type: 'string', default: '1000000' },
    exported: { type: 'string', default: '1000000' },
    booked: { type: 'string', default: '1000000' },
  },
}).values
const accrual = await measured<AccrualResult>('accrual')
const scale = await measured<ScaleResult>('scale', scaleDays)
const paced = await measured<ScaleResult>('scale-paced', scaleDays)
const beside = await measured<BesideResult>('scale-beside')
const http = await measured<readonly HttpResult[]>('http')
const ingest = await measured<readonly IngestResult[]>('ingest')
const book = await measured<BookResult>('book', booked)
const audit = await measured<readonly AuditResult[]>('audit', audited)
const exports = await measured<readonly ExportRun[]>('export', exported)
const demo = await measured<DemoResult>('demo')
const sync = await measured<SyncResult>('sync')
const syncMemory = await measured<readonly SyncMemoryRun[]>('sync-memory')
const year = await measured<YearResult>('year')
printTable([
  ...accrualLines(accrual),
  ...scaleLines(scale, beside),
  ...httpLines(http),
  ...ingestLines(ingest),
  ...bookLines(book),
  ...auditLines(audit),
  ...exportLines(exports),
  ...syncMemoryLines(syncMemory),
])
process.stdout.write(
  `100 rows anywhere in that history while the clock runs at ${grouped(paced.chargesPerSecond)} charges a second: ${latency(paced)} (aim: 5); ` +
    `while it runs as fast as it can: ${latency(scale)}.\n`,
)
process.stdout.write(bookText(book))
process.stdout.write(
  `The demo reports ${demo.secondsToReport.toFixed(1)} s after its start (median of ${demo.rounds}; aim: within 15 s).\n`,
)
process.stdout.write(
  `A year over the shipped scenario, on disk: ${(year.secondsToStart + year.secondsForYear).toFixed(1)} s, of which ${year.secondsForYear.toFixed(1)} s are the year itself (aim: 10 s). ` +
    `Snapshot ${Math.round(year.snapshotMs)} ms (aim: 1,000 ms), restore ${Math.round(year.restoreMs)} ms, fork ${Math.round(year.forkMs)} ms, start from a checkpoint ${year.secondsToResume.toFixed(2)} s.\n`,
)
printSync(sync)
