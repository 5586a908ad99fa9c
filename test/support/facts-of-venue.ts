import type { BalanceSnapshot, BookAccount, Charge, Movement } from '../../src/book/record.ts'
import { add, divide, negate, strip, sum } from '../../src/decimal/arithmetic.ts'
import { decimal, zero } from '../../src/decimal/decimal.ts'
import { dailyRateOf } from '../../src/forecast/daily-rate.ts'
import type { PlayFacts } from '../../src/forecast/play-facts.ts'
import type { RateHistory } from '../../src/forecast/rate-history.ts'
import { maximumThresholdOf } from '../../src/forecast/thresholds.ts'
import { boundaryAtOrBefore, everyHour } from '../../src/time/boundary.ts'
import { interval } from '../../src/time/interval.ts'
import { hourMs } from '../../src/time/units.ts'
import type { Venue } from '../../src/venue/venue.ts'

export function accountOfVenue(venue: Venue, label: string): BookAccount {
  const exchange = venue.account(label).exchange
  return { label, exchange, baseUrl: 'http://127.0.0.1:1', addedAt: 0, mayRepay: false }
}

/** The balances of an account as a sync would keep them. */
export function balancesOfVenue(venue: Venue, label: string): readonly BalanceSnapshot[] {
  const takenAt = venue.clock.now()
  const [state] = venue.truth(label).accounts
  if (state?.exchange === 'binance') {
    return state.balances.map((row) => ({
      account: label,
      takenAt,
      asset: row.asset,
      total: row.totalWallet,
      owed: negate(row.negative),
      free: row.crossFree,
      um: row.um,
      cm: row.cm,
      interest: row.crossInterest,
      updatedAt: row.updatedAt,
    }))
  }
  return (state?.balances ?? []).map((row) => ({
    account: label,
    takenAt,
    asset: row.asset,
    total: row.equity,
    owed: add(row.crossLiability, sum(row.isolated.map(({ liability }) => liability))),
    free: row.availableBalance,
    um: zero,
    cm: zero,
    interest: row.interest,
    updatedAt: row.updatedAt,
  }))
}

/** Every charge of an account as a sync would keep it, oldest first; on OKX those the exchange shows already. */
export function chargesOfVenue(venue: Venue, label: string): readonly Charge[] {
  const receivedAt = venue.clock.now()
  const [state] = venue.truth(label).accounts
  if (state?.exchange === 'binance') {
    return state.charges
      .map(({ asset, at, principal, rateDaily, interest }) => {
        const names = { account: label, asset, instId: '', marginMode: '', loanType: '' }
        return { ...names, at, principal, rate: rateDaily, interest, receivedAt }
      })
      .reverse()
  }
  return (state?.charges ?? [])
    .filter(({ visibleAt }) => visibleAt <= receivedAt)
    .map(({ asset, instId, marginMode, loanType, at, liability, totalLiability, interestFreeLiability, rateDaily, interest }) => ({
      account: label,
      asset,
      instId,
      marginMode,
      loanType,
      at,
      principal: liability,
      rate: divide(rateDaily, decimal('24'), 16, 'down'),
      interest: strip(interest),
      totalLiability,
      interestFreeLiability,
      receivedAt,
    }))
    .reverse()
}

/** What a book that was synced this instant would know of an account of the venue. */
export function factsOfVenue(venue: Venue, label: string): PlayFacts {
  const now = venue.clock.now()
  const account = accountOfVenue(venue, label)
  const balances = balancesOfVenue(venue, label)
  const charges = chargesOfVenue(venue, label)
  const [state] = venue.truth(label).accounts
  const loans = state?.exchange === 'binance' ? state.loanCharges : []
  const hour = boundaryAtOrBefore(now, everyHour)
  const runs = state?.exchange === 'binance' ? state.exchangeRuns.map((run) => ({ ...run, receivedAt: now })) : []
  const assets = new Set(runs.flatMap(({ details }) => details.map(({ asset }) => asset)))
  return {
    account,
    balances,
    balancesAt: balances.length === 0 ? undefined : now,
    latestCharges: latestOf(charges),
    proven: [interval(0, now - hourMs / 4)],
    maximums: new Map(
      [...assets].flatMap((asset) => {
        const maximum = maximumThresholdOf(asset, runs)
        return maximum === undefined ? [] : [[asset, maximum] as const]
      }),
    ),
    autoRepay: venue.engine.settingsOf(label).repaySwitch,
    loanCharges: loans
      .filter(({ type, at }) => type === 'periodic' && at === hour)
      .map((row) => ({
        account: label,
        at: row.at,
        txId: String(row.id),
        asset: row.asset,
        rawAsset: row.asset,
        type: 'PERIODIC',
        principal: row.principal,
        rate: row.rateDaily,
        interest: row.interest,
        receivedAt: now,
      })),
    loanMovements: loanMovementsOf(venue, label),
    cash: new Map(state?.exchange === 'okx' ? state.balances.map((row) => [row.asset, row.cash] as const) : []),
    freeSeen: new Map(),
    learntThresholds: new Map(),
    rates: ratesOfVenue(venue, account, charges),
    rateUnit: undefined,
    prices: new Map(),
  }
}

function latestOf(charges: readonly Charge[]): readonly Charge[] {
  const latest = new Map<string, Charge>()
  for (const charge of charges) latest.set([charge.asset, charge.instId, charge.marginMode, charge.loanType].join(' '), charge)
  return [...latest.values()]
}

function loanMovementsOf(venue: Venue, label: string): readonly Movement[] {
  const now = venue.clock.now()
  return (venue.truth(label).accounts[0]?.movements ?? []).flatMap(({ id, at, asset, cause, changes }): Movement[] => {
    const paid = changes.find(({ wallet }) => wallet === 'cross-free')
    const interest = changes.find(({ wallet }) => wallet === 'cross-interest')
    if (paid === undefined || (cause !== 'borrow' && cause !== 'repay-loan') || at <= now - hourMs) return []
    const stream = cause === 'borrow' ? ('margin-loans' as const) : ('margin-repayments' as const)
    const row = { account: label, at, stream, id: String(id), asset, wallet: 'margin' as const, kind: cause, amount: paid.delta }
    return [{ ...row, interest: interest?.delta, detail: '', receivedAt: now }]
  })
}

/** As charged and as published; `published` is left out where only charges are to tell. */
function ratesOfVenue(venue: Venue, account: BookAccount, charges: readonly Charge[]): PlayFacts['rates'] {
  const { exchange, label } = account
  const histories = new Map<string, RateHistory>()
  const vip = venue.engine.accounts().find((state) => state.account === label)?.vip ?? 0
  for (const asset of venue.engine.marketAssets()) {
    // Newest first, also within an instant.
    const published = [...venue.engine.rateHistory({ exchange, asset, vip })].reverse()
    const charged = charges
      .filter((charge) => charge.asset === asset && charge.loanType !== '1')
      .map((charge) => ({ at: charge.at, rateDaily: dailyRateOf(exchange, charge) }))
    if (published.length + charged.length > 0) histories.set(asset, { charged, published })
  }
  return histories
}
