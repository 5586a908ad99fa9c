import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, Movement } from '../book/record.ts'
import { equals, isZero } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { type Interval, interval } from '../time/interval.ts'
import { covers, type IntervalSet, intersection } from '../time/interval-set.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import { byInstant } from './by-instant.ts'
import { afterBill, type BilledState, beyondBills, nothingBilled, owedByBills } from './owed-by-bills.ts'
import { sightBefore, sightsSince } from './sights-before.ts'

/** A debt that is not what the bills of its currency make it. */
export interface UnbilledDebt {
  readonly asset: string
  /** From the last bill, or what was seen before, to when the debt last changed. */
  readonly span: Interval
  readonly seen: BalanceSnapshot
  readonly owed: Decimal
  readonly expected: Decimal
}

export interface LiabilitySearch {
  readonly book: Book
  readonly account: string
  /** What was proven of the bills just now; what does not touch it is left alone. */
  readonly within: IntervalSet
  /** All that is proven of them. */
  readonly proven: IntervalSet
}

/** `uTime` and the instant of the bill that it is of may lie so far apart. */
const slackMs = minuteMs
/** A debt is billed every hour: what stood before is told by the bills of so long. */
const billsBeforeMs = dayMs
/** So many ways to read one snapshot are told apart. */
const readingsMax = 400

/**
 * Holds what OKX shows as owed against its bills: the liability of a currency is what its cash lacks and what its isolated
 * positions owe (facts B4, B5), each told by the last bill. `uTime` moves with every change, so that a balance is that of
 * its `uTime`, whatever the clocks say. Where balance and bills agreed before and no longer do, the last bills were not shown: no
 * later bill has come that would not follow from them.
 *
 * Reads bills once; what is kept grows with the currencies alone.
 */
export async function* unbilledDebts({ book, account, within, proven }: LiabilitySearch): AsyncGenerator<UnbilledDebt> {
  const first = within[0]
  if (first === undefined) return
  const from = await sightBefore(book, account, first.from)
  const bills = billsSince(book, account, from - billsBeforeMs)
  const debts = new Map<string, BilledDebt>()
  let next = await bills.next()
  try {
    for await (const sights of sightsSince(book, account, from)) {
      const changes = new Map(sights.map(({ asset, updatedAt }) => [asset, updatedAt]))
      const newest = Math.max(...changes.values())
      for (; next.done !== true && (next.value[0]?.at ?? 0) <= newest + slackMs; next = await bills.next()) {
        for (const bill of next.value) debtOf(debts, bill.asset).take(bill, changes.get(bill.asset) ?? Number.POSITIVE_INFINITY)
      }
      for (const snapshot of sights) {
        const found = debtOf(debts, snapshot.asset).see(snapshot, proven)
        if (found !== undefined && intersection([found.span], within).length > 0) yield found
      }
    }
  } finally {
    await bills.return(undefined)
  }
}

function debtOf(debts: Map<string, BilledDebt>, asset: string): BilledDebt {
  const debt = debts.get(asset) ?? new BilledDebt()
  debts.set(asset, debt)
  return debt
}

interface BilledRun {
  /** What was owed beyond the bills, in every way the last snapshot can be read. */
  readonly levels: readonly Decimal[]
  readonly changedAt: number
  /** Whether bills and balance agreed at some snapshot since all bills are proven. */
  readonly hasAgreed: boolean
}

/** One currency's debt as its bills tell it, up to the snapshot at hand. */
class BilledDebt {
  #state: BilledState = nothingBilled
  #lastBillAt = Number.NEGATIVE_INFINITY
  /** Bills that the snapshot at hand may hold or not. */
  #recent: Movement[] = []
  #run: BilledRun | undefined

  take(bill: Movement, changedAt: number): void {
    this.#recent.push(bill)
    this.#foldBefore(changedAt - slackMs)
  }

  see(snapshot: BalanceSnapshot, proven: IntervalSet): UnbilledDebt | undefined {
    const { asset, owed, total, updatedAt, takenAt } = snapshot
    // Of what is gone nobody tells when it went.
    if (updatedAt <= 0 || (isZero(owed) && isZero(total) && updatedAt === takenAt)) return undefined
    this.#foldBefore(updatedAt - slackMs)
    const edge = this.#recent.filter(({ at }) => at <= updatedAt + slackMs)
    const states = [this.#state]
    for (const bill of edge) states.push(afterBill(states.at(-1) ?? nothingBilled, bill))
    const run = this.#run
    if (states.some(({ isTold }) => !isTold) || edge.length > readingsMax) {
      this.#run = undefined
      return undefined
    }
    const levels = states.map((state) => beyondBills(owed, state))
    // A liability that the reply leaves out reads as none.
    if (isZero(owed) && !levels.some(isZero)) return undefined
    const isProven = run !== undefined && covers(proven, interval(run.changedAt, Math.max(updatedAt, run.changedAt) + 1))
    const agreed = isProven ? levels.filter((level) => run.levels.some((before) => equals(before, level))) : []
    const known = agreed.length > 0 ? agreed : levels
    const hasAgreed = isProven && run.hasAgreed
    this.#run = { levels: known, changedAt: updatedAt, hasAgreed: hasAgreed || known.some(isZero) }
    if (!hasAgreed || agreed.length > 0 || levels.some(isZero) || updatedAt <= run.changedAt) return undefined
    const lastBillAt = edge.at(-1)?.at ?? this.#lastBillAt
    const span = interval(Math.min(Math.max(lastBillAt, run.changedAt), updatedAt), updatedAt + 1)
    return { asset, span, seen: snapshot, owed, expected: owedByBills(states.at(-1) ?? nothingBilled) }
  }

  /** What lies so far back is in whatever is seen from now on. */
  #foldBefore(instant: number): void {
    let count = 0
    for (let bill = this.#recent[0]; bill !== undefined && bill.at < instant; bill = this.#recent[count]) {
      this.#state = afterBill(this.#state, bill)
      this.#lastBillAt = bill.at
      count++
    }
    this.#recent.splice(0, count)
  }
}

/** The bills of each instant in the order of their ids. */
async function* billsSince(book: Book, account: string, from: number): AsyncGenerator<readonly Movement[], undefined> {
  const within = interval(from, Number.MAX_SAFE_INTEGER)
  for await (const movements of byInstant([book.movements({ account, within, order: 'oldest-first' })])) {
    yield movements.filter(({ stream }) => stream === 'bills').sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1))
  }
}
