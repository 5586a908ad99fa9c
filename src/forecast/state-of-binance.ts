import type { BalanceSnapshot, Charge, Movement } from '../book/record.ts'
import { absolute } from '../decimal/arithmetic.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { hourMs } from '../time/units.ts'
import { borrowedAssetOf } from './loan-charge.ts'
import type { PlayFacts } from './play-facts.ts'
import { type BinanceHolding, type BinancePlayState, type FreeAmount, ledgerUnits } from './play-state.ts'
import { currentRate } from './rate-history.ts'
import { binanceFreePart } from './thresholds.ts'

/** A Binance account as its newest balances show it; `now` is when auto-exchanges may begin to be played. */
export function stateOfBinance(facts: PlayFacts, now: number): BinancePlayState {
  const holdings = facts.balances.map((balance) => holdingOf(facts, balance))
  return Object.freeze({
    exchange: 'binance',
    holdings: new Map(holdings.map((holding) => [holding.asset, holding])),
    autoRepay: facts.autoRepay ?? true,
    exchangesFrom: now,
    exhausted: new Set<string>(),
  })
}

function holdingOf(facts: PlayFacts, balance: BalanceSnapshot): BinanceHolding {
  const { asset } = balance
  const units = (name: 'total' | 'free' | 'um' | 'cm' | 'interest') => ledgerUnits(balance[name], 'binance')
  const maximum = facts.maximums.get(asset)
  return Object.freeze({
    asset,
    free: units('free'),
    locked: units('total') - units('free') - units('um') - units('cm'),
    um: units('um'),
    cm: units('cm'),
    borrowed: borrowedOf(facts, balance),
    interest: units('interest'),
    freePart: freeAmountOf(facts, balance),
    maximum: maximum === undefined ? undefined : ledgerUnits(maximum.amount, 'binance'),
    rateDaily: currentRate(facts.rates.get(asset))?.rateDaily,
    price: facts.prices.get(asset),
  })
}

function freeAmountOf({ latestCharges, proven, learntThresholds }: PlayFacts, balance: BalanceSnapshot): FreeAmount {
  const part = binanceFreePart(balance, newestOf(latestCharges, balance.asset), proven)
  const learnt = learntThresholds.get(balance.asset)
  if (part.kind === 'exact') return { amount: ledgerUnits(part.amount, 'binance'), known: 'exact' }
  const atLeast = part.kind === 'unknown' ? 0n : ledgerUnits(part.amount, 'binance')
  const earlier = learnt === undefined ? undefined : ledgerUnits(learnt.amount, 'binance')
  // What went uncharged since tells more than what was learnt before.
  if (earlier !== undefined && earlier >= atLeast) return { amount: earlier, known: 'earlier' }
  return { amount: atLeast, known: part.kind }
}

function newestOf(charges: readonly Charge[], asset: string): Charge | undefined {
  return charges.filter((charge) => charge.asset === asset).sort((left, right) => right.at - left.at)[0]
}

/** The principal of the last hour's charge, and what was lent and repaid since: the book does not keep the loan of the balance itself. */
function borrowedOf({ loanCharges = [], loanMovements }: PlayFacts, { asset, takenAt }: BalanceSnapshot): bigint {
  const hour = boundaryAtOrBefore(takenAt, everyHour)
  const chargedAt = Math.max(hour - hourMs, ...loanCharges.map(({ at }) => at).filter((at) => at <= takenAt))
  const charged = loanCharges
    .filter((charge) => borrowedAssetOf(charge) === asset && charge.at === chargedAt)
    .reduce((sum, { principal }) => sum + ledgerUnits(principal, 'binance'), 0n)
  const moved = loanMovements
    .filter((movement) => movement.asset === asset && movement.at > chargedAt && movement.at <= takenAt)
    .reduce((sum, movement) => sum + principalOf(movement), 0n)
  return charged + moved > 0n ? charged + moved : 0n
}

/** What a loan or a repayment changes the principal by: of a repayment, interest is no part of it. */
function principalOf({ stream, amount, interest }: Movement): bigint {
  const units = ledgerUnits(absolute(amount), 'binance')
  return stream === 'margin-loans' ? units : (interest === undefined ? 0n : ledgerUnits(interest, 'binance')) - units
}
