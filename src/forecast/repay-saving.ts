import { compare, isZero, subtract, sum } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { autoRepayRunsAtDefault } from '../rules/auto-repay.ts'
import { everyDayAtMidnightUtc } from '../time/boundary.ts'
import { type HorizonName, horizonMs, horizons } from './expected.ts'
import { owingIn } from './owed.ts'
import { chargesBetween, type Play, type Played, play } from './play.ts'
import type { Certainty, PlayedCharge } from './play-event.ts'
import type { PlayState } from './play-state.ts'

/** What one repayment saves. */
export interface RepaySaving {
  /** Everything, or only what is charged: down to the part that is free of interest. */
  readonly how: 'all' | 'to-free'
  /** What has to come in. What is free in cross margin of the same asset repays the futures wallets beside it. */
  readonly amount: Decimal
  /** How far what is saved is known. */
  readonly certainty: Certainty
  /** Repaid before this instant, the charge of it is saved too. */
  readonly before: number
  /** Binance: coins that are there by now are moved by Auto Repay itself; `undefined` where that does not run, or has begun. */
  readonly fundBefore: number | undefined
  /** Saved when it is repaid before the next charge, and when only right after it. */
  readonly saved: Readonly<Record<HorizonName, Decimal>>
  readonly savedAfter: Readonly<Record<HorizonName, Decimal>>
}

export interface SavingQuestion {
  readonly account: string
  readonly asset: string
  readonly state: PlayState
  readonly from: number
  readonly now: number
}

/** What repaying the debts of one asset saves; nothing where nothing is charged, or no rate is known. */
export function repaySavings(question: SavingQuestion): readonly RepaySaving[] {
  const { asset, now, from } = question
  const until = now + horizonMs
  const start: Play = { state: onlyWith(question.state, asset), from, until }
  const base = play(start)
  const charges = chargesBetween(base, now, until).filter((charge) => charge.asset === asset)
  const [next] = charges
  if (next === undefined || charges.some(({ interest }) => interest === undefined)) return []
  const { state } = play({ ...start, until: now })
  const { negativeBalance, debt, loan } = owingIn(state, asset)
  const all = sum([negativeBalance, debt.unpaidInterest, loan])
  if (isZero(all)) return []
  const charged = sum(charges.filter(({ at, of }) => at === next.at && of !== 'margin-loan').map(({ principal }) => principal))
  const savingOf = (how: RepaySaving['how'], amount: Decimal) => savingBy(question, start, base, next, how, amount)
  const isPartFree = next.certainty === 'exact' && !isZero(charged) && compare(charged, negativeBalance) < 0
  return [savingOf('all', all), ...(isPartFree ? [savingOf('to-free', charged)] : [])]
}

function savingBy(
  { account, asset, now, state }: SavingQuestion,
  start: Play,
  base: Played,
  next: PlayedCharge,
  how: RepaySaving['how'],
  amount: Decimal,
): RepaySaving {
  const savedAt = (at: number) => {
    const action = { verb: 'repay' as const, account, asset, amount: how === 'all' ? ('all' as const) : amount, at }
    const played = play({ ...start, actions: [action] })
    const savedWithin = (ms: number) => subtract(interestWithin(base, asset, now, ms), interestWithin(played, asset, now, ms))
    return Object.freeze(Object.fromEntries(horizons.map(({ name, ms }) => [name, savedWithin(ms)])) as Record<HorizonName, Decimal>)
  }
  return Object.freeze({
    how,
    amount,
    certainty: next.certainty,
    before: next.at,
    fundBefore: fundBefore(state, next, now),
    saved: savedAt(now),
    savedAfter: savedAt(next.at),
  })
}

/** Coins should be there before the first run of Auto Repay on the day before the charge (facts A4.4). */
function fundBefore(state: PlayState, { at, of }: PlayedCharge, now: number): number | undefined {
  if (state.exchange !== 'binance' || !state.autoRepay || of !== 'negative-balance') return undefined
  const firstRun = at - everyDayAtMidnightUtc.everyMs + Math.min(...autoRepayRunsAtDefault)
  return firstRun > now ? firstRun : undefined
}

export function interestWithin(played: Played, asset: string, after: number, ms: number): Decimal {
  const charges = chargesBetween(played, after, after + ms).filter((charge) => charge.asset === asset)
  return charges.length === 0 ? zero : sum(charges.flatMap(({ interest }) => interest ?? []))
}

/** Currencies of OKX do not touch one another in a play; on Binance auto-exchange sells other assets. */
function onlyWith(state: PlayState, asset: string): PlayState {
  if (state.exchange === 'binance') return state
  const holding = state.holdings.get(asset)
  return { ...state, holdings: new Map(holding === undefined ? [] : [[asset, holding]]) }
}
