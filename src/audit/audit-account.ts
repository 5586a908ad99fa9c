import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Interval } from '../time/interval.ts'
import { AssetSums, type AuditSummary } from './audit-summary.ts'
import { ChargeJudge, type Doubt } from './charge-judge.ts'
import type { Evidence, SeenCharge, Unjudged } from './evidence.ts'
import type { Finding } from './finding.ts'
import { RoundingLearner } from './rounding-learner.ts'
import { SeriesNumbers } from './series-numbers.ts'
import { type Walk, walkCharges, walkMarginCharges } from './walk-histories.ts'

export interface AuditOptions {
  readonly book: Pick<Book, 'accounts' | 'chargeBatches' | 'marginChargeBatches' | 'proven'>
  /** Label. */
  readonly account: string
  /** Charges of these instants alone; evidence may look beyond. */
  readonly within?: Interval | undefined
  readonly evidence: Evidence
  /** Called with each finding, about in the order of the charges, and awaited before more is read. */
  readonly onFinding: (finding: Finding) => void | Promise<void>
  /** A charge that is sound, but not to the last digit by the rule learned. It may be kept. */
  readonly onDoubt?: ((charge: SeenCharge, verdict: Doubt) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Judges every charge of an account in one walk, of bounded memory. What is sound is counted; what is not is told to
 * `onFinding` with its argument.
 *
 * @throws `book.account-unknown`; what `signal` was aborted with
 */
export async function auditAccount(options: AuditOptions): Promise<AuditSummary> {
  const { book, account, within, evidence, signal, onFinding, onDoubt = () => undefined } = options
  const { exchange } = await accountOf(book, account)
  const found: Finding[] = []
  const sums = new AssetSums()
  const learner = new RoundingLearner()
  const judge = new ChargeJudge(evidence, learner, { onFinding: (finding) => found.push(finding), onDoubt })
  const tell = async () => {
    signal?.throwIfAborted()
    for (const finding of found.splice(0)) {
      sums.disputed(finding)
      await onFinding(finding)
    }
  }
  const walk: Walk = { book, account, exchange, within, evidence, judge, series: new SeriesNumbers(), afterBatch: tell }
  signal?.throwIfAborted()
  const charges = await walkCharges(walk)
  const marginCharges = exchange === 'binance' ? await walkMarginCharges(walk) : 0
  learner.finish()
  await tell()
  for await (const finding of evidence.remaining()) {
    judge.count(finding.verdict)
    found.push(finding)
    await tell()
  }
  for (const { asset, mantissa, scale } of judge.sums()) sums.charged(asset, mantissa, scale)
  return Object.freeze({
    account,
    exchange,
    within,
    charges,
    marginCharges,
    verdicts: Object.freeze({ ...judge.counts }),
    sums: sums.list(),
    rounding: learner.learned(),
    proven: await book.proven(account, 'interest'),
    unjudged: Object.freeze([...unjudgedBy(judge), ...evidence.unjudged()]),
  })
}

async function accountOf(book: AuditOptions['book'], label: string): Promise<BookAccount> {
  const accounts = await book.accounts()
  return accounts.find((one) => one.label === label) ?? fail('book.account-unknown', { label, known: accounts.map((one) => one.label) })
}

function unjudgedBy({ converted, unknownMoves }: ChargeJudge): readonly Unjudged[] {
  const all: readonly Unjudged[] = [
    { why: 'interest was paid in another asset than was borrowed, at a price no row tells', count: converted, spans: [] },
    { why: 'an isolated debt changed by more than its interest, and nothing proves what moved in between', count: unknownMoves, spans: [] },
  ]
  return all.filter(({ count }) => count > 0)
}
