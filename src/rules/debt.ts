import { absolute, add, isNegative, negate } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import type { Exchange } from './exchange.ts'

/**
 * What of an account can stand below zero in one asset, each kept apart: the futures wallets and the unpaid interest of
 * Binance, the liability of OKX. Cross margin on Binance never does, so it is no pot (facts A3.1).
 */
export type Pot = 'um' | 'cm' | 'interest' | 'liability'

/** Signed: what is owed stands below zero. A pot that is not named stands at zero. */
export type PotLevels = ReadonlyMap<Pot, Decimal>

/** How an asset stands, as one reply of the exchange tells it. */
export interface StandingBalance {
  /** OKX: its liability, a magnitude. Not looked at on Binance, where it is net of what other wallets hold. */
  readonly owed: Decimal
  /** Binance: the futures wallets, signed. */
  readonly um: Decimal
  readonly cm: Decimal
  /** Accrued and not yet paid, a magnitude. */
  readonly interest: Decimal
}

/** What is owed in one asset, loans left out. Magnitudes; `owed` is the sum of the other two. */
export interface Debt {
  /** Binance: what the UM and CM wallets lack, each on its own; OKX: the liability (facts A3.1, B5). */
  readonly principal: Decimal
  /** Interest that was charged and is not paid yet. On OKX most of it is in the liability already (facts B4). */
  readonly unpaidInterest: Decimal
  readonly owed: Decimal
}

/** The pots of one asset as a reply shows them. */
export function potLevelsOf(exchange: Exchange, { owed, um, cm, interest }: StandingBalance): PotLevels {
  const unpaid = ['interest', negate(absolute(interest))] as const
  return exchange === 'binance' ? new Map([['um', um], ['cm', cm], unpaid]) : new Map([['liability', negate(absolute(owed))], unpaid])
}

/** What is owed, by the pots. Every face that says what is owed takes it from here. */
export function debtOfPots(levels: PotLevels): Debt {
  let principal = zero
  let unpaidInterest = zero
  for (const [pot, level] of levels) {
    if (!isNegative(level)) continue
    if (pot === 'interest') unpaidInterest = add(unpaidInterest, negate(level))
    else principal = add(principal, negate(level))
  }
  return Object.freeze({ principal, unpaidInterest, owed: add(principal, unpaidInterest) })
}

/** The same of a reply. @example a UM wallet of -100 with 2 of unpaid interest: principal 100, unpaid interest 2, owed 102 */
export function debtOf(exchange: Exchange, balance: StandingBalance): Debt {
  return debtOfPots(potLevelsOf(exchange, balance))
}
