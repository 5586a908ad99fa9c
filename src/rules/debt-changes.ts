import { add, isNegative, isZero, negate, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, parseDecimal, zero } from '../decimal/decimal.ts'
import { potLevelsOf, type StandingBalance } from './debt.ts'
import type { Exchange } from './exchange.ts'
import type { PotChange, Sight } from './reconcile.ts'

/** A charge, as far as a debt is concerned; the book's own rows have this shape. */
export interface ChargeOfDebt {
  readonly at: number
  readonly marginMode: string
  readonly interest: Decimal
}

/** A row of Binance's margin interest history. */
export interface MarginChargeOfDebt {
  readonly at: number
  readonly type: string
  readonly interest: Decimal
}

/** A change of a wallet that is not a charge. */
export interface MovementOfDebt {
  readonly at: number
  readonly stream: string
  readonly wallet: string
  readonly kind: string
  readonly amount: Decimal
  readonly balanceAfter?: Decimal | undefined
  readonly interest?: Decimal | undefined
  /** What else the exchange told, as `name=value` with blanks between. */
  readonly detail: string
}

/** How an asset stood, as one reply showed it. */
export interface BalanceOfDebt extends StandingBalance {
  readonly takenAt: number
  /** When the asset last changed, as the same reply tells. */
  readonly updatedAt: number
}

export interface DebtRows {
  readonly exchange: Exchange
  readonly charges: readonly ChargeOfDebt[]
  readonly marginCharges: readonly MarginChargeOfDebt[]
  readonly movements: readonly MovementOfDebt[]
}

/**
 * How the pots of an asset stood when a balance was read. The exchange's time is known to a second or so; a change that
 * the reply itself tells of is in it, whatever that clock says.
 */
export function sightOf(exchange: Exchange, balance: BalanceOfDebt): Sight {
  return { at: Math.max(balance.takenAt, balance.updatedAt), levels: potLevelsOf(exchange, balance) }
}

/** Everything recorded of one asset as changes of its pots, in the order it came. */
export function debtChanges({ exchange, charges, marginCharges, movements }: DebtRows): readonly PotChange[] {
  return exchange === 'binance'
    ? [...charges.map(accrued), ...marginCharges.flatMap(accruedOnLoan), ...movements.flatMap(binanceMovement)]
    : okxChanges(charges, movements)
}

/** Interest on a negative balance is added to the unpaid interest of cross margin, not to the wallet (facts A4.2). */
function accrued({ at, interest }: ChargeOfDebt): PotChange {
  return { at, pot: 'interest', kind: 'charge', amount: negate(interest) }
}

/** `PORTFOLIO` rows tell the charges a second time. */
function accruedOnLoan({ at, type, interest }: MarginChargeOfDebt): readonly PotChange[] {
  return type === 'PORTFOLIO' ? [] : [{ at, pot: 'interest', kind: 'loan-charge', amount: negate(interest) }]
}

/**
 * A loan itself moves cross margin alone; what of its repayment is interest lowers what is unpaid. Money that comes from
 * cross margin into a futures wallet is a repayment of it, own balance where the wallet was above zero (facts A4.4, A6).
 */
function binanceMovement({ at, stream, wallet, kind, amount, interest }: MovementOfDebt): readonly PotChange[] {
  if (stream === 'margin-repayments') {
    return interest === undefined || isZero(interest) ? [] : [{ at, pot: 'interest', kind: 'repayment', amount: interest }]
  }
  if (wallet !== 'um' && wallet !== 'cm') return []
  if (kind === 'AUTO_EXCHANGE') return [{ at, pot: wallet, kind: 'auto-exchange', amount }]
  return [{ at, pot: wallet, kind: kind === 'TRANSFER' && !isNegative(amount) ? 'repayment' : 'other', amount }]
}

/**
 * OKX takes the interest of cross debts from cash in the hour it accrues and adds that of isolated ones to the debt
 * (facts B4). A bill tells what cash was after it, and so how much of it own cash bore; where there is no bill of a
 * charge, the charge is taken to make the debt larger.
 */
function okxChanges(charges: readonly ChargeOfDebt[], movements: readonly MovementOfDebt[]): readonly PotChange[] {
  const deductions = movements.filter(isDeduction)
  const borne = new Map<number, Decimal>()
  for (const bill of deductions) if (!isZero(bill.amount)) borne.set(bill.at, add(borne.get(bill.at) ?? zero, ownPartOf(bill) ?? zero))
  const ofCharges = charges.map(({ at, marginMode, interest }): PotChange => {
    // The first cross charge of an hour takes what own cash bore of all of them.
    const own = marginMode === 'isolated' ? undefined : borne.get(at)
    if (own !== undefined) borne.delete(at)
    return { at, pot: 'liability', kind: 'charge', amount: negate(interest), own }
  })
  return [...ofCharges, ...movements.filter((movement) => !isDeduction(movement)).map(okxMovement)]
}

/**
 * What a bill did to what is owed. Borrowed coins come in and are owed, what goes out again repays them (bill types 16
 * and 22, facts B5); those of an isolated position tell what they did to its debt beside.
 */
function okxMovement(movement: MovementOfDebt): PotChange {
  const { at, kind, amount } = movement
  const [type = ''] = kind.split('/')
  const ofCash = add(amount, ownPartOf(movement) ?? zero)
  if (type !== '16' && type !== '22') {
    const ofTransfer = isNegative(amount) ? 'other' : 'repayment'
    return {
      at,
      pot: 'liability',
      kind: type === '4' ? 'auto-exchange' : type === '1' ? ofTransfer : 'other',
      amount,
      own: ownPartOf(movement),
    }
  }
  const owed = positionChangeOf(movement) ?? negate(amount)
  const known = movement.balanceAfter === undefined ? zero : ofCash
  return { at, pot: 'liability', kind: isNegative(owed) ? 'other' : 'repayment', amount: owed, own: known }
}

/** Of an isolated position; a debt is below zero. */
function positionChangeOf({ detail }: MovementOfDebt): Decimal | undefined {
  const found = /(?:^| )posBalChg=(\S+)/.exec(detail)
  return found === null ? undefined : parseDecimal(found[1] ?? '')
}

/** What of a change of cash happened above zero, with the opposite sign; `undefined` where the balance is not told. */
function ownPartOf({ amount, balanceAfter }: MovementOfDebt): Decimal | undefined {
  if (balanceAfter === undefined) return undefined
  const before = subtract(balanceAfter, amount)
  return negate(subtract(positivePart(balanceAfter), positivePart(before)))
}

function isDeduction({ kind }: MovementOfDebt): boolean {
  return kind.startsWith('7/')
}

function positivePart(value: Decimal): Decimal {
  return isNegative(value) ? zero : value
}
