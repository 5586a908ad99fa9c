import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot, Charge, Movement } from '../book/record.ts'
import { add, equals, isNegative, negate, subtract, sum } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'

/** A free threshold as an earlier charge showed it; it may have been changed since. */
export interface LearntThreshold {
  readonly amount: Decimal
  readonly learntAt: number
}

/** How far back is looked. */
const lookedBackMs = 30 * dayMs

/**
 * The free thresholds that the last 30 days of a Binance account show: what was owed at a charge less what was charged
 * (facts A4.2).
 */
export async function readLearntThresholds(book: Book, account: string, now: number): Promise<ReadonlyMap<string, LearntThreshold>> {
  const within = interval(now - lookedBackMs, now + dayMs)
  const charges: Charge[] = []
  for await (const charge of book.charges({ accounts: [account], within, order: 'newest-first' })) charges.push(charge)
  if (charges.length === 0) return new Map()
  const snapshots: BalanceSnapshot[] = []
  for await (const snapshot of book.balances({ account, within, order: 'oldest-first' })) snapshots.push(snapshot)
  const movements: Movement[] = []
  for await (const movement of book.movements({ account, within, order: 'oldest-first' })) movements.push(movement)
  return learntThresholds(charges, snapshots, movements)
}

/**
 * Of each asset the newest that a charge shows. Balances stand on both sides of it, and the movements between them must
 * explain the whole difference, so that what was owed at the very instant is known. Pure.
 *
 * @param charges newest first
 * @param snapshots oldest first
 */
export function learntThresholds(
  charges: readonly Charge[],
  snapshots: readonly BalanceSnapshot[],
  movements: readonly Movement[],
): ReadonlyMap<string, LearntThreshold> {
  const learnt = new Map<string, LearntThreshold>()
  for (const { asset, at, principal } of charges) {
    if (learnt.has(asset)) continue
    const total = totalAt(
      at,
      snapshots.filter((snapshot) => snapshot.asset === asset),
      movements.filter((movement) => movement.asset === asset),
    )
    if (total === undefined) continue
    const amount = subtract(negate(total), principal)
    if (!isNegative(amount)) learnt.set(asset, Object.freeze({ amount, learntAt: at }))
  }
  return learnt
}

/** The total over all wallets just before an instant; `undefined` where balances and movements do not tell the same. */
function totalAt(at: number, snapshots: readonly BalanceSnapshot[], movements: readonly Movement[]): Decimal | undefined {
  const before = snapshots.findLast(({ takenAt }) => takenAt < at)
  const after = snapshots.find(({ takenAt }) => takenAt >= at)
  if (before === undefined || after === undefined) return undefined
  const moved = (until: number) =>
    sum(movements.filter((movement) => movement.at > before.takenAt && movement.at < until).map(({ amount }) => amount))
  if (!equals(add(before.total, moved(after.takenAt + 1)), after.total)) return undefined
  return add(before.total, moved(at))
}
