import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { AccrualResult } from './accrual.ts'
import type { HttpResult } from './http.ts'
import type { IngestResult } from './ingest.ts'

const run = promisify(execFile)
const mebibyte = 2 ** 20
const one = fileURLToPath(new URL('./one.ts', import.meta.url))

/** Each bench runs in a process of its own, so that its peak memory is its own. */
async function measured<Result>(name: string): Promise<Result> {
  process.stderr.write(`measuring ${name} …\n`)
  const { stdout } = await run(process.execPath, [...process.execArgv, one, name], { maxBuffer: mebibyte })
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

function httpLines(result: HttpResult): Line[] {
  const beside = `bare node:http ${grouped(result.barePerSecond)}`
  return [
    {
      what: 'signed requests answered by the venue',
      perSecond: result.venuePerSecond,
      beside,
      ratio: result.ratio,
      aim: '0.70 of it',
      peakMiB: result.peakResidentBytes / mebibyte,
    },
  ]
}

function ingestLines(results: readonly IngestResult[]): Line[] {
  return results.map(({ history, bookRowsPerSecond, bareRowsPerSecond, ratio, bookPeakMiB }) => ({
    what: `rows into the book, ${history} history`,
    perSecond: bookRowsPerSecond,
    beside: `bare prepared statement ${grouped(bareRowsPerSecond)}`,
    ratio,
    aim: '0.60 of it',
    peakMiB: bookPeakMiB,
  }))
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

const accrual = await measured<AccrualResult>('accrual')
const http = await measured<HttpResult>('http')
const ingest = await measured<readonly IngestResult[]>('ingest')
printTable([...accrualLines(accrual), ...httpLines(http), ...ingestLines(ingest)])
