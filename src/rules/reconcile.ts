import { add, isNegative, negate, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import { debtOfPots, type Pot, type PotLevels } from './debt.ts'

/** How the pots of one asset stood, as one reply of the exchange showed them. */
export interface Sight {
  /** By the exchange's clock; what happened at this very instant is in it. */
  readonly at: number
  readonly levels: PotLevels
}

/** Why a pot moved. `charge`: on what stood below zero; `loan-charge`: on a margin loan. */
export type ChangeKind = 'charge' | 'loan-charge' | 'repayment' | 'auto-exchange' | 'other'

/** One recorded change of one pot. */
export interface PotChange {
  readonly at: number
  readonly pot: Pot
  readonly kind: ChangeKind
  /** Signed: below zero it makes the debt larger. */
  readonly amount: Decimal
  /** What of the amount did not reach the pot because own money bore or took it; of the opposite sign. */
  readonly own?: Decimal | undefined
}

/** How the pots stood at a bound: seen there, or rolled there through the recorded changes. */
export interface BoundStanding {
  readonly at: number
  /** When it was seen; everything recorded between this and `at` was added or taken back. */
  readonly seenAt: number
  /** Whether anything recorded lies between. */
  readonly isRolled: boolean
  readonly levels: PotLevels
  /** Everything below zero: what was owed, as `debtOfPots` has it. */
  readonly debt: Decimal
}

/** One line of a statement; positive makes the debt larger. */
export interface ReconciledLine {
  readonly kind: ChangeKind
  readonly count: number
  readonly amount: Decimal
  /** What of the amount changed the unpaid interest; the rest changed the principal. */
  readonly unpaidInterest: Decimal
}

/** `opening.debt` and every line, `ownBalance` and `unexplained` added together are `closing.debt`, exactly. */
export interface Reconciliation {
  readonly opening: BoundStanding
  readonly closing: BoundStanding
  readonly lines: readonly ReconciledLine[]
  /** Positive: what came in and was kept above zero; negative: what own money paid of the lines. */
  readonly ownBalance: Decimal
  /** What no recorded change accounts for; positive makes the debt larger. */
  readonly unexplained: Decimal
  /** The same by pot, where it is not zero. */
  readonly unexplainedByPot: ReadonlyMap<Pot, Decimal>
  /** Whether two different sights were held against each other; with one alone nothing can be left unexplained. */
  readonly isChecked: boolean
}

export interface ReconcileQuestion {
  /** Ascending by instant. */
  readonly sights: readonly Sight[]
  /** Every recorded change of the asset from the first sight that is used to the last one, in any order. */
  readonly changes: readonly PotChange[]
  /** Half-open: what happened at `from` is in it, what happened at `to` is not. */
  readonly within: Interval
}

const kinds: readonly ChangeKind[] = ['charge', 'loan-charge', 'repayment', 'auto-exchange', 'other']
const pots: readonly Pot[] = ['um', 'cm', 'interest', 'liability']

/**
 * Holds how an asset stood at two bounds, of which nothing need have been seen, against everything recorded between them:
 * what a statement needs. Pure arithmetic over plain rows that `debt-changes.ts` beside it makes. The audit holds whole
 * histories against the balances seen, wallet by wallet, without keeping rows: that is `src/audit/reconcile-account.ts`.
 *
 * @returns `undefined` where the asset was never seen
 */
export function reconcile({ sights, changes, within }: ReconcileQuestion): Reconciliation | undefined {
  const opening = standingAt(sights, changes, within.from)
  const closing = standingAt(sights, changes, within.to)
  if (opening === undefined || closing === undefined) return undefined
  const inside = changes.filter(({ at }) => within.from <= at && at < within.to)
  const unexplainedByPot = new Map<Pot, Decimal>()
  let ownBalance = zero
  let unexplained = zero
  for (const pot of pots) {
    const [before, after] = [levelOf(opening.levels, pot), levelOf(closing.levels, pot)]
    const moved = sumOf(inside.filter((change) => change.pot === pot).map(effectOf))
    // What is left is told as the debt sees it: a level lower than it should be is more debt.
    const left = negate(subtract(subtract(after, before), moved))
    if (left.mantissa !== 0n) unexplainedByPot.set(pot, left)
    unexplained = add(unexplained, left)
    ownBalance = add(ownBalance, subtract(heldOf(after), heldOf(before)))
  }
  ownBalance = subtract(ownBalance, sumOf(inside.map(({ own = zero }) => own)))
  const isChecked = opening.seenAt !== closing.seenAt
  return Object.freeze({ opening, closing, lines: linesOf(inside), ownBalance, unexplained, unexplainedByPot, isChecked })
}

/** The newest sight before the bound, or else the first one after it, rolled to the bound. */
export function standingAt(sights: readonly Sight[], changes: readonly PotChange[], bound: number): BoundStanding | undefined {
  const sight = sightFor(sights, bound)
  if (sight === undefined) return undefined
  const levels = new Map(sight.levels)
  let isRolled = false
  for (const change of changes) {
    const isAhead = sight.at < change.at && change.at < bound
    const isBehind = bound <= change.at && change.at <= sight.at
    if (!isAhead && !isBehind) continue
    isRolled = true
    const effect = effectOf(change)
    levels.set(change.pot, add(levelOf(levels, change.pot), isAhead ? effect : negate(effect)))
  }
  return Object.freeze({ at: bound, seenAt: sight.at, isRolled, levels, debt: debtOfPots(levels).owed })
}

/** Which sight a bound is rolled from; whoever reads the changes has to read them from there on. */
export function sightFor(sights: readonly Sight[], bound: number): Sight | undefined {
  return sights.findLast(({ at }) => at < bound) ?? sights[0]
}

/** Changes added up by kind, as the debt sees them. */
export function linesOf(changes: readonly PotChange[]): readonly ReconciledLine[] {
  return kinds.flatMap((kind) => {
    const own = changes.filter((change) => change.kind === kind)
    if (own.length === 0) return []
    const asDebt = (changes: readonly PotChange[]) => negate(sumOf(changes.map(({ amount }) => amount)))
    const unpaidInterest = asDebt(own.filter(({ pot }) => pot === 'interest'))
    return [Object.freeze({ kind, count: own.length, amount: asDebt(own), unpaidInterest })]
  })
}

function effectOf({ amount, own }: PotChange): Decimal {
  return own === undefined ? amount : add(amount, own)
}

function levelOf(levels: PotLevels, pot: Pot): Decimal {
  return levels.get(pot) ?? zero
}

function heldOf(level: Decimal): Decimal {
  return isNegative(level) ? zero : level
}

function sumOf(values: readonly Decimal[]): Decimal {
  return values.reduce(add, zero)
}
