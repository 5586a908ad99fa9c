import { spawnSync } from 'node:child_process'
import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import type { BookAccount, Charge, Price } from '../../src/book/record.ts'
import { decimal } from '../../src/decimal/decimal.ts'
import { type AnswerCoverage, answerCoverage } from '../../src/report/answer-coverage.ts'
import type { ExportSink } from '../../src/report/export/export-format.ts'
import { type ExportQuestion, writeExport } from '../../src/report/export/write-export.ts'
import { parseInstant } from '../../src/time/instant.ts'
import { interval } from '../../src/time/interval.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'
import { chargeOf } from './charges.ts'
import { reportOf } from './coverage-kit.ts'

export const reportNow = parseInstant('2026-03-10T09:30:00Z')

const account = (label: string, exchange: BookAccount['exchange']): BookAccount => ({
  label,
  exchange,
  baseUrl: 'http://127.0.0.1:1',
  addedAt: reportNow,
  mayRepay: false,
})

/** A book in memory with a Binance account `bin` and an OKX account `okx`; the caller closes it. */
export async function reportBook(accounts: readonly BookAccount[] = [account('bin', 'binance'), account('okx', 'okx')]): Promise<Book> {
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: new ManualClock(reportNow) })
  for (const one of accounts) await book.addAccount(one)
  return book
}

export { account as reportAccount }

/** A charge at an ISO instant. */
export function chargedAt(at: string, given: Partial<Charge> = {}): Charge {
  return chargeOf({ at: parseInstant(at), ...given })
}

/** An hourly OKX charge, with all that OKX prints. */
export function okxChargedAt(at: string, given: Partial<Charge> = {}): Charge {
  return chargedAt(at, {
    account: 'okx',
    marginMode: 'cross',
    loanType: '2',
    principal: decimal('97'),
    rate: decimal('0.0000040833333333'),
    interest: decimal('0.0003960833333334'),
    totalLiability: decimal('100'),
    interestFreeLiability: decimal('3'),
    ...given,
  })
}

export function priceAt(at: string, price: string, given: Partial<Price> = {}): Price {
  return { asset: 'USDT', currency: 'USD', at: parseInstant(at), source: 'import', price: decimal(price), ...given }
}

/** Proven from an instant to another, and not before. */
export function provenBetween(from: string, to: string, since = from): AnswerCoverage {
  const [start, begin, end] = [since, from, to].map(parseInstant) as [number, number, number]
  const unproven = start < begin ? [interval(start, begin)] : []
  return answerCoverage([reportOf({ proven: [interval(begin, end)], unproven }, undefined, { account: 'bin' })])
}

/** What an export writes, as bytes. */
export async function exported(book: Book, question: Partial<ExportQuestion> & Pick<ExportQuestion, 'format'>): Promise<Buffer> {
  const parts: Buffer[] = []
  const sink: ExportSink = { write: async (bytes) => void parts.push(Buffer.from(bytes as string)) }
  const coverage = provenBetween('2026-01-01', '2026-03-10')
  const accounts = await book.accounts()
  await writeExport(book, { what: 'charges', per: 'charge', accounts, coverage, asOf: reportNow, ...question }, sink)
  return Buffer.concat(parts)
}

/** Runs a program that may not be on this machine; `undefined` where it is not. */
export function runTool(command: string, args: readonly string[]): { readonly code: number | null; readonly said: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined
  return { code: status, said: `${stdout}${stderr}` }
}
