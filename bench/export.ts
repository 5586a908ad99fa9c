import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ExportFormat } from '../src/report/export/export-format.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { fillBook } from './audit-book.ts'
import { built } from './built.ts'

const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { writeExport } = await built<typeof import('../src/report/export/write-export.ts')>('report/export/write-export.js')
const { writeTarget } = await built<typeof import('../src/report/export/target-file.ts')>('report/export/target-file.js')

/** One format written from one book, by a process that does nothing else. */
export interface ExportRun {
  readonly format: ExportFormat
  readonly rows: number
  readonly seconds: number
  readonly perSecond: number
  readonly bytes: number
  /** Highest resident memory of the process. */
  readonly peakMiB: number
}

const mebibyte = 2 ** 20
const formats: readonly ExportFormat[] = ['csv', 'jsonl', 'parquet', 'beancount', 'hledger']

/** @param charges default a million; the figure is for ten */
export async function benchExport(charges = 1_000_000): Promise<readonly ExportRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-export-'))
  try {
    const path = join(folder, 'book.db')
    const book = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
    await fillBook(book, charges)
    await book.close()
    const runs: ExportRun[] = []
    for (const format of formats) runs.push(await inItsOwnProcess(path, format))
    return runs
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function inItsOwnProcess(path: string, format: ExportFormat): Promise<ExportRun> {
  const one = fileURLToPath(new URL('./one.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, one, 'export-once', path, format])
  return JSON.parse(stdout) as ExportRun
}

export async function benchExportOnce(path: string, format: ExportFormat): Promise<ExportRun> {
  const book = await openBook({ kind: 'sqlite', path }, { clock: systemClock })
  const accounts = await book.accounts()
  const coverage = { gaps: [], isOpenStart: true, provenFrom: undefined, provenUntil: undefined }
  const out = `${path}.${format}`
  const startedAt = performance.now()
  const { rows } = await writeTarget(out, { force: true }, (sink) =>
    writeExport(book, { what: 'charges', format, per: 'charge', accounts, coverage, asOf: systemClock.now() }, sink),
  )
  const seconds = (performance.now() - startedAt) / 1e3
  await book.close()
  const bytes = statSync(out).size
  rmSync(out)
  const peakMiB = (process.resourceUsage().maxRSS * 1_024) / mebibyte
  return { format, rows, seconds, perSecond: rows / seconds, bytes, peakMiB }
}
