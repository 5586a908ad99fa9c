import { Decimal as Exact } from 'decimal.js'
import { type Decimal, toText } from '../../src/decimal/decimal.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'
import { change, held, ofLevel, type Shadow, type ShadowAccount, type ShadowHolding, shadowHolding, totalOf } from './shadow.ts'

/** One charge as the facts have it; magnitudes at the scale of the ledger. */
export interface ExpectedCharge {
  readonly kind: 'negative' | 'loan' | 'okx'
  readonly holding: ShadowHolding
  readonly at: number
  readonly type: '' | 'on-borrow' | 'periodic'
  readonly principal: bigint
  /** OKX: what of the liability is free of interest. */
  readonly free: bigint
  readonly rate: Decimal
  readonly interest: bigint
}

const Wide = Exact.clone({ precision: 250, toExpPos: 1_000, toExpNeg: -1_000 })
const computed = new Map<string, bigint>()
const computedMax = 50_000

/** Principal x daily rate / periods, rounded up at the scale of the ledger (facts A3.2, A5, B3.1), in another number library. */
export function interestOf(principal: bigint, rate: Decimal, periods: 1 | 24): bigint {
  const key = `${principal} ${rate.mantissa}/${rate.scale} ${periods}`
  const known = computed.get(key)
  if (known !== undefined) return known
  const exact = new Wide(principal.toString()).times(toText(rate)).div(periods)
  const interest = BigInt(exact.toDecimalPlaces(0, Exact.ROUND_UP).toFixed(0))
  if (computed.size >= computedMax) computed.clear()
  computed.set(key, interest)
  return interest
}

/** Crosses every boundary up to `instant`, on the balances and rates as they stand; @returns what is charged, in order. */
export function crossTo(shadow: Shadow, instant: number): ExpectedCharge[] {
  const charges: ExpectedCharge[] = []
  for (let at = hourMs * (Math.floor(shadow.crossed / hourMs) + 1); at <= instant; at += hourMs) {
    if (isDaily(shadow, at)) for (const holding of shadow.owing.negative) charges.push(...negativeBalance(shadow, holding, at))
    for (const holding of shadow.owing.loan) charges.push(...marginLoan(shadow, holding, -held(holding, 'cross-borrowed'), at, 'periodic'))
    charges.push(...okxHour(shadow, at))
  }
  shadow.crossed = Math.max(shadow.crossed, instant)
  return charges
}

/** Once a UTC day: at 00:00 from the change on, at 08:00 on the days that began before it (facts A4.1). */
function isDaily({ choices: { dailyMidnightFrom } }: Shadow, at: number): boolean {
  const sinceMidnight = at % dayMs
  if (sinceMidnight === 0) return at >= dailyMidnightFrom
  return sinceMidnight === 8 * hourMs && at - sinceMidnight < dailyMidnightFrom
}

const usdtOnlyFrom = Date.UTC(2023, 1, 27, 8)
const thresholdsFrom = Date.UTC(2025, 4, 17)
const usdtLimit = 200_000n * 10n ** 8n

function negativePrincipal(shadow: Shadow, holding: ShadowHolding, at: number): bigint {
  const total = totalOf(holding)
  if (at < usdtOnlyFrom) return total < 0n ? -total : 0n
  const um = held(holding, 'um')
  if (at < thresholdsFrom) return holding.asset === 'USDT' && um < -usdtLimit ? -um : 0n
  const free = ofLevel(shadow.freeThresholds, holding.asset, holding.account.vip) ?? 0n
  return -total > free ? -total - free : 0n
}

function negativeBalance(shadow: Shadow, holding: ShadowHolding, at: number): ExpectedCharge[] {
  const rate = rateOf(shadow, holding)
  const principal = negativePrincipal(shadow, holding, at)
  if (rate === undefined || principal === 0n) return []
  const interest = interestOf(principal, rate, 1)
  change(shadow, holding, 'cross-interest', -interest)
  return [counted({ kind: 'negative', holding, at, type: '', principal, free: 0n, rate, interest })]
}

/** Also the hour that is begun when coins are borrowed, on what is borrowed (facts A5). */
export function marginLoan(
  shadow: Shadow,
  holding: ShadowHolding,
  principal: bigint,
  at: number,
  type: 'on-borrow' | 'periodic',
): ExpectedCharge[] {
  const rate = rateOf(shadow, holding)
  if (rate === undefined || principal === 0n) return []
  const interest = interestOf(principal, rate, 24)
  change(shadow, holding, 'cross-interest', -interest)
  return [counted({ kind: 'loan', holding, at, type, principal, free: 0n, rate, interest })]
}

/** All of an hour on the balances of the full hour; then cash pays, and what an isolated position owes grows (facts B4). */
function okxHour(shadow: Shadow, at: number): ExpectedCharge[] {
  const charges = [...shadow.owing.okx].flatMap((holding): ExpectedCharge[] => {
    const rate = rateOf(shadow, holding)
    const { charged, free } = okxLiability(shadow, holding)
    if (rate === undefined || charged === 0n) return []
    return [{ kind: 'okx', holding, at, type: '', principal: charged, free, rate, interest: interestOf(charged, rate, 24) }]
  })
  for (const charge of charges) {
    const { holding, interest } = counted(charge)
    if (holding.instId !== '') change(shadow, holding, 'isolated', -interest)
    else change(shadow, shadowHolding(holding.account, holding.asset), 'cash', -interest)
  }
  return charges
}

function okxLiability(shadow: Shadow, holding: ShadowHolding): { readonly charged: bigint; readonly free: bigint } {
  if (holding.instId !== '') return { charged: -held(holding, 'isolated'), free: 0n }
  if (holding.order !== '') return { charged: -held(holding, 'vip-borrowed'), free: 0n }
  const cash = held(holding, 'cash')
  const overdrawn = cash < 0n ? -cash : 0n
  const covered = cash > 0n ? cash : 0n
  const loss = -held(holding, 'cash-unrealised') - covered
  const losses = loss > 0n ? loss : 0n
  const shares = holding.account.autoBorrow ? losses : losses + overdrawn
  const quota = freeQuota(shadow, holding.account, holding.asset)
  const free = shares < quota ? shares : quota
  return { charged: overdrawn + losses - held(holding, 'spot-borrowed') - free, free }
}

/** Of USDT and USDC the positive equity in other stablecoins adds to it (facts B4). */
function freeQuota({ freeQuotas, choices }: Shadow, account: ShadowAccount, asset: string): bigint {
  const own = freeQuotas.get(asset) ?? 0n
  const others = asset === 'USDT' ? ['USDC', 'TUSD'] : asset === 'USDC' ? ['USDT'] : []
  if (own === 0n || choices.okxStablecoinQuota === 'own') return own
  return others.map((other) => equity(account, other)).reduce((sum, each) => (each > 0n ? sum + each : sum), own)
}

function equity(account: ShadowAccount, asset: string): bigint {
  let sum = 0n
  for (const holding of account.holdings.values()) {
    if (holding.asset !== asset || holding.instId !== '') continue
    sum += held(holding, 'cash') + held(holding, 'cash-unrealised') + held(holding, 'spot-borrowed') + held(holding, 'vip-borrowed')
  }
  return sum
}

/** Undefined where there is none, or one of zero: nothing is charged then. */
function rateOf({ rates }: Shadow, { account, asset, order, ownRate }: ShadowHolding): Decimal | undefined {
  const rate = order === '' ? ofLevel(rates, `${account.exchange} ${asset}`, account.vip) : ownRate
  return rate === undefined || rate.mantissa === 0n ? undefined : rate
}

function counted(charge: ExpectedCharge): ExpectedCharge {
  const sum = charge.holding.account.charged[charge.kind]
  sum.rows += 1
  sum.interest += charge.interest
  return charge
}
