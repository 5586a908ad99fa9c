import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Decimal as Independent } from 'decimal.js'
import type { Evidence } from '../src/audit/evidence.ts'
import type { Book } from '../src/book/book-interface.ts'
import { toText } from '../src/decimal/decimal.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { fillBook } from './audit-book.ts'
import { fillBinanceBook } from './audit-book-binance.ts'
import { built } from './built.ts'

const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { auditAccount } = await built<typeof import('../src/audit/audit-account.ts')>('audit/audit-account.js')
const { openEvidence } = await built<typeof import('../src/audit/evidence/account-evidence.ts')>('audit/evidence/account-evidence.js')

/**
 * What is audited:
 *
 * - `charges`: hourly ones of OKX, without any other history.
 * - `charges with bills`: each has its own bill, which is read and held against it.
 * - `margin charges`: Binance's hourly ones, and daily charges that are told a second time among them.
 */
type History = 'charges' | 'charges with bills' | 'margin charges'

/** An audit of one account's whole history beside the least that recomputes it. */
export interface AuditResult {
  readonly what: History
  readonly charges: number
  /** Binance: rows of margin interest history, which are judged as charges are. */
  readonly marginCharges: number
  /** Charges of both histories, by the processor time of this process: what one core does, whatever else the machine is busy with. */
  readonly perSecond: number
  readonly perSecondWall: number
  readonly exact: number
  readonly findings: number
  /** A loop that reads the same book and multiplies, divides and rounds with decimal.js: no rule learned, no evidence. */
  readonly loopPerSecond: number
  readonly loopExact: number
  readonly loopCharges: number
  readonly ratio: number
  /** Highest resident memory seen during the audit, and before it began. */
  readonly peakMiB: number
  readonly startMiB: number
}

const mebibyte = 2 ** 20
const loopChargesMax = 300_000
const witnessedMax = 1_000_000

interface Timed<Result> {
  readonly result: Result
  readonly coreSeconds: number
  readonly wallSeconds: number
}

async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
  const usage = process.cpuUsage()
  const startedAt = performance.now()
  const result = await work()
  const { user, system } = process.cpuUsage(usage)
  return { result, coreSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - startedAt) / 1e3 }
}

/** What one would write by hand: how many rows there were, and of how many the interest came out to the digit. */
type Loop = (book: Book) => Promise<{ readonly charges: number; readonly exact: number }>

/** Principal times the 24th of the daily rate that the printed one hides, rounded up. */
const loopOverCharges: Loop = async (book) => {
  const Exact = Independent.clone({ precision: 60, rounding: Independent.ROUND_UP })
  let [charges, exact] = [0, 0]
  for await (const { principal, rate, interest } of book.charges({ accounts: ['main'], order: 'oldest-first', limit: loopChargesMax })) {
    const daily = new Exact(toText(rate)).times(24).toDecimalPlaces(12, Exact.ROUND_UP)
    const due = new Exact(toText(principal)).times(daily).div(24).toDecimalPlaces(16)
    if (due.equals(toText(interest))) exact++
    charges++
  }
  return { charges, exact }
}

/** Principal times the daily rate or the 24th of it, rounded down. */
const loopOverMarginCharges: Loop = async (book) => {
  const Exact = Independent.clone({ precision: 60, rounding: Independent.ROUND_DOWN })
  let [charges, exact] = [0, 0]
  const filter = { account: 'main', order: 'oldest-first', limit: loopChargesMax } as const
  for await (const { type, principal, rate, interest } of book.marginCharges(filter)) {
    const daily = new Exact(toText(principal)).times(toText(rate))
    const due = daily.div(type === 'PORTFOLIO' ? 1 : 24).toDecimalPlaces(8)
    if (due.equals(toText(interest))) exact++
    charges++
  }
  return { charges, exact }
}

/** The same evidence, which looks at the memory at each batch: nothing else of this process has a turn before the audit ends. */
function watched(evidence: Evidence, look: () => void): Evidence {
  return {
    begin: (history) => evidence.begin(history),
    advance: (within) => {
      look()
      return evidence.advance(within)
    },
    objectionTo: (charge, sound) => evidence.objectionTo(charge, sound),
    movedBetween: (charge, from, to) => evidence.movedBetween(charge, from, to),
    remaining: () => evidence.remaining(),
    unjudged: () => evidence.unjudged(),
  }
}

/** One history without witnesses, and others in which every charge has its own, which take longer to be filled in. */
export async function benchAudit(charges = 1_000_000): Promise<readonly AuditResult[]> {
  const fewer = Math.min(charges, witnessedMax)
  return [await auditOf('charges', charges), await auditOf('charges with bills', fewer), await auditOf('margin charges', fewer)]
}

async function fill(book: Book, what: History, charges: number): Promise<void> {
  if (what === 'margin charges') await fillBinanceBook(book, charges)
  else await fillBook(book, charges, what === 'charges with bills')
}

async function auditOf(what: History, charges: number): Promise<AuditResult> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-audit-'))
  try {
    const target = { kind: 'sqlite', path: join(folder, 'book.db') } as const
    const filled = await openBook(target, { clock: systemClock })
    await fill(filled, what, charges)
    await filled.close()
    const book = await openBook(target, { clock: systemClock })
    const account = (await book.accounts())[0]
    if (account === undefined) throw new Error('the book has no account')
    const startMiB = process.memoryUsage.rss() / mebibyte
    let peakMiB = startMiB
    let findings = 0
    const look = () => {
      peakMiB = Math.max(peakMiB, process.memoryUsage.rss() / mebibyte)
    }
    const onFinding = () => {
      findings++
    }
    const evidence = watched(openEvidence({ book, account }), look)
    const audit = await timed(() => auditAccount({ book, account: account.label, evidence, onFinding }))
    look()
    const byHand = await timed(() => (what === 'margin charges' ? loopOverMarginCharges(book) : loopOverCharges(book)))
    await book.close()
    const judged = audit.result.charges + audit.result.marginCharges
    const perSecond = judged / audit.coreSeconds
    const loopPerSecond = byHand.result.charges / byHand.coreSeconds
    return {
      what,
      charges: audit.result.charges,
      marginCharges: audit.result.marginCharges,
      perSecond: Math.round(perSecond),
      perSecondWall: Math.round(judged / audit.wallSeconds),
      exact: audit.result.verdicts.exact,
      findings,
      loopPerSecond: Math.round(loopPerSecond),
      loopExact: byHand.result.exact,
      loopCharges: byHand.result.charges,
      ratio: Math.round((perSecond / loopPerSecond) * 100) / 100,
      peakMiB: Math.round(peakMiB),
      startMiB: Math.round(startMiB),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(await benchAudit(Number(process.argv[2] ?? 1_000_000)))
}
