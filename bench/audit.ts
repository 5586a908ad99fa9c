import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Decimal as Independent } from 'decimal.js'
import type { Book } from '../src/book/book-interface.ts'
import { toText } from '../src/decimal/decimal.ts'
import { systemClock } from '../src/time/system-clock.ts'
import { fillBook } from './audit-book.ts'
import { built } from './built.ts'

const { openBook } = await built<typeof import('../src/book/open-book.ts')>('book/open-book.js')
const { auditAccount } = await built<typeof import('../src/audit/audit-account.ts')>('audit/audit-account.js')
const { openEvidence } = await built<typeof import('../src/audit/evidence/account-evidence.ts')>('audit/evidence/account-evidence.js')

/** An audit of one account's whole history beside the least that recomputes it. */
export interface AuditResult {
  readonly charges: number
  /** Whether each charge has its bill, which is read and held against it. */
  readonly isBilled: boolean
  /** By the processor time of this process: what one core does, whatever else the machine is busy with. */
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

/** Principal times the 24th of the daily rate that the printed one hides, rounded up, as one would write it by hand. */
async function loop(book: Book): Promise<{ readonly charges: number; readonly exact: number }> {
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

/** One history without bills, and a smaller one in which every charge has its own. */
export async function benchAudit(charges = 1_000_000): Promise<readonly AuditResult[]> {
  return [await auditOf(charges, false), await auditOf(Math.ceil(charges / 4), true)]
}

async function auditOf(charges: number, isBilled: boolean): Promise<AuditResult> {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-bench-audit-'))
  try {
    const target = { kind: 'sqlite', path: join(folder, 'book.db') } as const
    const filled = await openBook(target, { clock: systemClock })
    await fillBook(filled, charges, isBilled)
    await filled.close()
    const book = await openBook(target, { clock: systemClock })
    const account = (await book.accounts())[0]
    if (account === undefined) throw new Error('the book has no account')
    const startMiB = process.memoryUsage.rss() / mebibyte
    let peakMiB = startMiB
    let findings = 0
    const sampling = setInterval(() => {
      peakMiB = Math.max(peakMiB, process.memoryUsage.rss() / mebibyte)
    }, 20)
    const onFinding = () => {
      findings++
    }
    const audit = await timed(() => auditAccount({ book, account: account.label, evidence: openEvidence({ book, account }), onFinding }))
    clearInterval(sampling)
    const byHand = await timed(() => loop(book))
    await book.close()
    const perSecond = audit.result.charges / audit.coreSeconds
    const loopPerSecond = byHand.result.charges / byHand.coreSeconds
    return {
      charges: audit.result.charges,
      isBilled,
      perSecond: Math.round(perSecond),
      perSecondWall: Math.round(audit.result.charges / audit.wallSeconds),
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
