import { type Decimal, decimalOf, powerOfTen } from '../../src/decimal/decimal.ts'
import type { Command } from '../../src/venue/engine/command.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import { assets, type Cast, playerOf } from './cast.ts'
import type { Draws } from './draws.ts'

type Weighted = readonly (readonly [weight: number, make: () => Command])[]

/** The market moves: prices by a few percent or by a lot, rates, thresholds, quotas, terms and pools. */
export function marketCommand(draws: Draws, engine: Engine): Command {
  const asset = draws.pick(assets)
  const exchange = draws.pick(['binance', 'okx'] as const)
  const level = draws.percent(30) ? { vip: draws.below(11) } : {}
  const any: Weighted = [
    [8, () => ({ kind: 'set-price', asset, price: movedPrice(draws, engine.priceOf(asset)) })],
    [8, () => ({ kind: 'set-rate', exchange, asset, ...level, rateDaily: draws.rate() })],
    [4, () => ({ kind: 'set-thresholds', asset, ...level, free: thresholdOf(draws), maximum: thresholdOf(draws) })],
    [2, () => ({ kind: 'set-collateral-rate', asset, rate: decimalOf(BigInt(draws.below(106)), 2) })],
    [4, () => ({ kind: 'set-free-quota', asset, amount: thresholdOf(draws) })],
    [
      2,
      () => ({
        kind: 'set-loan-terms',
        exchange,
        asset,
        ...level,
        maintenanceRate: decimalOf(BigInt(draws.below(103)), 2),
        maximum: largeAmount(draws),
      }),
    ],
    [2, () => ({ kind: 'set-lending-pool', exchange, asset, amount: largeAmount(draws) })],
  ]
  return draws.weighted(any)()
}

/** Accounts, keys and names that are there already, are not there, or cannot be. */
export function oddCommand(draws: Draws, engine: Engine, cast: Cast): Command {
  const exchange = draws.pick(['binance', 'okx'] as const)
  const { account } = playerOf(draws, cast, exchange)
  const apiKey = `later-${draws.below(5)}`
  const key = { apiKey, signing: draws.pick(['hmac', 'ed25519'] as const), verifier: 'x', permissions: ['read'] as const }
  const other = draws.pick(['', 'nobody', 'a b', account])
  const any: Weighted = [
    [3, () => ({ kind: 'add-key', account, key: exchange === 'okx' && draws.percent(70) ? { ...key, passphrase: 'p' } : key })],
    [2, () => ({ kind: 'remove-key', account: engine.accountOfKey(apiKey)?.account.account ?? account, apiKey })],
    [
      1,
      () => ({ kind: 'open-account', account: draws.percent(50) ? other : `new-${draws.below(50)}`, exchange, vip: draws.below(105) - 3 }),
    ],
    [1, () => ({ kind: 'open-account', account: `odd-${draws.below(50)}`, exchange, vip: 0, product: 'pm-pro' })],
    [1, () => ({ kind: 'deposit', account: other, asset: draws.pick(['', 'US DT', 'NEW']), amount: draws.amount(exchange) })],
    [1, () => ({ kind: 'set-vip', account, vip: draws.pick([-1, 1.5, Number.NaN, 100, 99]) })],
    [1, () => ({ kind: 'set-price', asset: draws.pick(assets), price: draws.oddAmount(exchange) })],
    [
      1,
      () => ({
        kind: 'set-rate',
        exchange,
        asset: draws.pick(assets),
        rateDaily: draws.pick([decimalOf(-1n, 4), decimalOf(1n, 31), decimalOf(10n ** 21n)]),
      }),
    ],
    [1, () => ({ kind: 'dance' }) as unknown as Command],
  ]
  return draws.weighted(any)()
}

function movedPrice(draws: Draws, price: Decimal | undefined): Decimal {
  if (price === undefined || draws.percent(3)) return decimalOf(draws.magnitude(8), 2)
  const permille = BigInt(draws.percent(80) ? draws.between(980, 1_020) : draws.between(300, 3_000))
  const moved = (price.mantissa * permille * powerOfTen(8)) / (1_000n * powerOfTen(price.scale))
  return decimalOf(moved > 0n ? moved : 1n, 8)
}

function thresholdOf(draws: Draws): Decimal {
  return draws.percent(20) ? decimalOf(0n) : decimalOf(draws.magnitude(8), 3)
}

/** Sometimes so little that almost everybody is beyond it. */
function largeAmount(draws: Draws): Decimal {
  return draws.percent(15) ? decimalOf(BigInt(draws.below(3))) : decimalOf(draws.magnitude(8))
}
