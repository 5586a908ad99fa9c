import type { BalanceSnapshot, Charge } from '../book/record.ts'
import { isNegative, isZero } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { interestOn } from '../rules/interest.ts'
import { okxCrossLiability } from '../rules/okx-liability.ts'
import { boundariesCrossed, boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { contains } from '../time/interval.ts'
import { hourMs } from '../time/units.ts'
import { dailyFromHourly } from './daily-rate.ts'
import type { PlayFacts } from './play-facts.ts'
import { type FreeAmount, ledgerUnits, type OkxHolding, type OkxPlayState, type OkxPosition } from './play-state.ts'
import { currentRate } from './rate-history.ts'

/** An OKX account as its newest balances and the charges of the last hour show it. */
export function stateOfOkx(facts: PlayFacts): OkxPlayState {
  const holdings = facts.balances.map((balance) => holdingOf(facts, balance))
  return Object.freeze({ exchange: 'okx', holdings: new Map(holdings.map((holding) => [holding.asset, holding])) })
}

/** What a balance tells of cash and debts. */
interface Cross {
  readonly cash: bigint
  readonly unrealised: bigint
  readonly spotBorrowed: bigint
}

function holdingOf(facts: PlayFacts, balance: BalanceSnapshot): OkxHolding {
  const { asset } = balance
  const charges = facts.latestCharges.filter((charge) => charge.asset === asset && isAlive(charge, balance, facts))
  const rateDaily = currentRate(facts.rates.get(asset))?.rateDaily
  const positions = charges.flatMap((charge) => positionOf(charge, balance.takenAt, rateDaily) ?? [])
  const isolated = positions.reduce((sum, { kind, liability }) => (kind === 'isolated' ? sum + liability : sum), 0n)
  const vip = positions.reduce((sum, { kind, liability }) => (kind === 'vip' ? sum + liability : sum), 0n)
  const left = ledgerUnits(balance.owed, 'okx') - isolated
  const borrowed = left > 0n ? left : 0n
  const shown = crossOf(facts, balance, borrowed, vip)
  const charge = charges.find((each) => each.marginMode !== 'isolated' && each.loanType !== vipLoanType)
  const cross = isSharedReading(facts, balance, shown, charge) ? asOverdrawn(shown) : shown
  const owesCross = okxCrossLiability(cross, 0n, true).total > 0n
  const { quota, autoBorrow, fits } = quotaOf(facts, balance, cross, charge)
  return Object.freeze({
    asset,
    ...cross,
    interest: ledgerUnits(balance.interest, 'okx'),
    autoBorrow,
    quota,
    isCashTold: borrowed === 0n || cross.cash > 0n || facts.cash.has(asset),
    isTold: left >= 0n && fits && (charge !== undefined || !owesCross || quota.known === 'at-least'),
    positions: Object.freeze(positions),
    rateDaily,
  })
}

const vipLoanType = '1'

/** Whether the debt of a series still stands: charged within the last two hours, as rows appear late, and not provably left out since. */
function isAlive(charge: Charge, { takenAt }: BalanceSnapshot, { proven }: PlayFacts): boolean {
  const next = charge.at + hourMs
  if (charge.at < boundaryAtOrBefore(takenAt, everyHour) - hourMs) return false
  return next > takenAt || !proven.some((span) => contains(span, next))
}

/** An isolated debt grows by what each hour charged, at the rate of its currency; a VIP loan does not, and has a rate of its own. */
function positionOf(charge: Charge, takenAt: number, currencyRate: Decimal | undefined): OkxPosition | undefined {
  const ownRate = dailyFromHourly(charge.rate)
  const principal = ledgerUnits(charge.principal, 'okx')
  if (charge.loanType === vipLoanType) return Object.freeze({ kind: 'vip', instId: '', liability: principal, rateDaily: ownRate })
  if (charge.marginMode !== 'isolated') return undefined
  let liability = principal + ledgerUnits(charge.interest, 'okx')
  for (const _ of boundariesCrossed(charge.at, takenAt, everyHour)) liability += interestOn(liability, ownRate, 24n)
  return Object.freeze({ kind: 'isolated', instId: charge.instId, liability, rateDaily: currencyRate ?? ownRate })
}

/**
 * Cash, unrealised results and spot loans from equity, liability and what is free: where coins are free the liability is a
 * spot loan, else cash is overdrawn, unless a bill told how far. Equity is cash and unrealised results net of what was
 * borrowed (facts B5).
 */
function crossOf({ cash: told }: PlayFacts, { asset, total, free }: BalanceSnapshot, borrowed: bigint, vip: bigint): Cross {
  const available = isNegative(free) ? 0n : ledgerUnits(free, 'okx')
  const cash = available > 0n ? available : overdrawnCash(told.get(asset), borrowed)
  const spotBorrowed = (cash < 0n ? -cash : 0n) - borrowed
  return { cash, spotBorrowed, unrealised: ledgerUnits(total, 'okx') + vip - cash - spotBorrowed }
}

function overdrawnCash(told: Decimal | undefined, borrowed: bigint): bigint {
  if (told === undefined) return -borrowed
  const cash = ledgerUnits(told, 'okx')
  return cash > 0n ? 0n : cash < -borrowed ? -borrowed : cash
}

/**
 * Coins borrowed by hand are never free of interest (facts B4). Where the charge of the hour left the whole liability free all
 * the same, it was not by hand: what is free beside it is other coins, and the debt is overdrawn cash, which shares the quota.
 */
function isSharedReading(facts: PlayFacts, balance: BalanceSnapshot, cross: Cross, charge: Charge | undefined): boolean {
  if (charge === undefined || cross.spotBorrowed === 0n || cross.unrealised < 0n) return false
  const { principal, totalLiability: total } = charge
  const wasFree = isZero(principal) && total !== undefined && total !== null && !isZero(total)
  return wasFree && !quotaOf(facts, balance, cross, charge).fits
}

function asOverdrawn({ cash, unrealised, spotBorrowed }: Cross): Cross {
  const overdrawn = (cash < 0n ? cash : 0n) + spotBorrowed
  return { cash: overdrawn, spotBorrowed: 0n, unrealised: unrealised + cash + spotBorrowed - overdrawn }
}

interface QuotaKnown {
  readonly quota: FreeAmount
  readonly autoBorrow: boolean
  /** Whether the last charge was computed on what the balance shows. */
  readonly fits: boolean
}

function quotaOf(facts: PlayFacts, balance: BalanceSnapshot, cross: Cross, charge: Charge | undefined): QuotaKnown {
  const hour = boundaryAtOrBefore(balance.takenAt, everyHour)
  const isUnmoved = balance.updatedAt > 0 && balance.updatedAt <= hour
  if (charge === undefined) return quotaOfUncharged(cross, isUnmoved && facts.proven.some((span) => contains(span, hour)))
  return charge.at === hour && isUnmoved ? quotaOfTheHour(facts, cross, charge) : quotaOfBefore(facts, charge)
}

/** The balance shows what the charge was computed on: it was taken after the interest had left cash, and nothing else moved. */
function quotaOfTheHour(facts: PlayFacts, cross: Cross, charge: Charge): QuotaKnown {
  const atTheHour = { ...cross, cash: cross.cash + ledgerUnits(charge.interest, 'okx') }
  const whole = okxCrossLiability(atTheHour, 0n, true)
  const principal = ledgerUnits(charge.principal, 'okx')
  const told = charge.interestFreeLiability
  const free = told === undefined || told === null ? whole.total - principal : ledgerUnits(told, 'okx')
  if (free < 0n) return { ...quotaOfBefore(facts, charge), fits: false }
  // With auto-borrow on the quota frees losses alone; more than those is free only with it off (facts B4).
  const autoBorrow = free <= whole.unrealised
  const { sharingQuota } = okxCrossLiability(atTheHour, 0n, autoBorrow)
  const { charged } = okxCrossLiability(atTheHour, free, autoBorrow)
  const fits = charged === principal
  if (free < sharingQuota) return { quota: { amount: free, known: 'exact' }, autoBorrow, fits }
  return { quota: { amount: larger(free, freeSeen(facts, charge)), known: 'at-least' }, autoBorrow, fits }
}

/**
 * Something moved since the charge. What was free of interest then, or within the last week, the quota frees at least; with
 * auto-borrow off a debt beyond it would have been repaid by force (facts B4.1), so that it is taken to be on.
 */
function quotaOfBefore(facts: PlayFacts, charge: Charge): QuotaKnown {
  const told = charge.interestFreeLiability
  if (told === undefined || told === null) return { quota: { amount: 0n, known: 'unknown' }, autoBorrow: true, fits: true }
  return { quota: { amount: larger(ledgerUnits(told, 'okx'), freeSeen(facts, charge)), known: 'at-least' }, autoBorrow: true, fits: true }
}

function freeSeen({ freeSeen: seen }: PlayFacts, { asset }: Charge): bigint {
  const amount = seen.get(asset)
  return amount === undefined ? 0n : ledgerUnits(amount, 'okx')
}

function larger(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}

/** A debt that provably went uncharged is wholly within the quota, which frees what is borrowed only with auto-borrow off. */
function quotaOfUncharged(cross: Cross, isProven: boolean): QuotaKnown {
  const { total, borrowed } = okxCrossLiability(cross, 0n, true)
  if (!isProven || total === 0n) return { quota: { amount: 0n, known: 'unknown' }, autoBorrow: true, fits: true }
  return { quota: { amount: total, known: 'at-least' }, autoBorrow: borrowed === 0n, fits: true }
}
