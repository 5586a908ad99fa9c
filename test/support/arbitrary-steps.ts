import fc from 'fast-check'
import { decimal, decimalOf } from '../../src/decimal/decimal.ts'
import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import { parseInstant } from '../../src/time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import type { Command } from '../../src/venue/engine/command.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import { marginCommands } from './arbitrary-margin.ts'

/** A random command, possibly one the engine refuses, after a random span of time. */
export interface Step {
  readonly afterMs: number
  readonly command: Command
}

/** Before: the regime of 2023, Auto Repay, the change from 08:00 to 00:00, the start of auto-exchange, the regime of 2025. */
export const starts = fc.constantFrom(
  ...['2023-02-20T03:07:11.123Z', '2023-07-17T21:00:00Z', '2024-12-25T23:59:59.999Z', '2025-01-20T00:00:00Z', '2025-05-10T12:00:00Z'].map(
    parseInstant,
  ),
)

const binanceAccounts = ['first', 'second']
const assets = ['USDT', 'BTC', 'BNB']

/** Opens the accounts and sets prices, rates and thresholds for random steps. */
export function settle(engine: Engine): void {
  for (const account of binanceAccounts) engine.apply({ kind: 'open-account', account, exchange: 'binance', vip: 3 })
  engine.apply({ kind: 'open-account', account: 'third', exchange: 'okx', vip: 0 })
  for (const [index, asset] of assets.entries()) {
    engine.apply({ kind: 'set-price', asset, price: decimal(String(10 ** index)) })
    engine.apply({ kind: 'set-collateral-rate', asset, rate: decimal(`0.${9 - index}`) })
    engine.apply({ kind: 'set-thresholds', asset, free: decimal('3.5'), maximum: decimal(String(20 * index)) })
    for (const exchange of ['binance', 'okx'] as const) {
      engine.apply({ kind: 'set-rate', exchange, asset, rateDaily: decimal(`0.0003${index}`) })
    }
  }
}

/** Carries out the steps, skipping what is refused; tells how many were carried out. */
export function carryOut(engine: Engine, steps: readonly Step[], afterEach: () => void = () => undefined): number {
  let done = 0
  let at = engine.now
  for (const { afterMs, command } of steps) {
    at += afterMs
    try {
      engine.apply(command, { at })
      done++
    } catch (error) {
      if (!isOverdraftError(error)) throw error
    }
    afterEach()
  }
  return done
}

const asset = fc.constantFrom(...assets)
const account = fc.constantFrom(...binanceAccounts)
/** Mostly everyday sizes, sometimes such that neither 64 nor 128 bits hold what comes of them. */
const positive = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 12n }).map((mantissa) => decimalOf(mantissa, 8)) },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 28n }).map((mantissa) => decimalOf(mantissa, 8)) },
)
const signed = fc.tuple(positive, fc.boolean()).map(([{ mantissa, scale }, up]) => decimalOf(up ? mantissa / 3n : -mantissa, scale))
const reason = fc.constantFrom('profit-or-loss' as const, 'funding' as const, 'fee' as const)
const instId = fc.constantFrom('BTC-USDT', 'ETH-USDT')

const movement: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('deposit' as const, 'withdraw' as const, 'lock' as const, 'unlock' as const),
    account,
    asset,
    amount: positive,
  }),
  fc.record({
    kind: fc.constant('book' as const),
    account,
    wallet: fc.constantFrom('um' as const, 'cm' as const),
    asset,
    amount: signed,
    reason,
  }),
  fc.record({ kind: fc.constantFrom('borrow' as const, 'repay-loan' as const), account, asset, amount: positive }),
  fc.record({ kind: fc.constant('repay-futures' as const), account }),
  fc.record({
    kind: fc.constant('set-unrealised' as const),
    account,
    wallet: fc.constant('um-unrealised' as const),
    asset,
    amount: signed,
  }),
)

const third = fc.constant('third')
const order = fc.constantFrom('1001', '1002')
const okxMovement: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constantFrom('deposit' as const, 'withdraw' as const), account: third, asset, amount: positive }),
  fc.record({ kind: fc.constant('book' as const), account: third, wallet: fc.constant('cash' as const), asset, amount: signed, reason }),
  fc.record({
    kind: fc.constant('set-unrealised' as const),
    account: third,
    wallet: fc.constant('cash-unrealised' as const),
    asset,
    amount: signed,
  }),
  fc.record({
    kind: fc.constantFrom('borrow-isolated' as const, 'repay-isolated' as const),
    account: third,
    asset,
    instId,
    amount: positive,
  }),
  fc.record({ kind: fc.constantFrom('borrow-spot' as const, 'repay-spot' as const), account: third, asset, amount: positive }),
  fc.record({ kind: fc.constantFrom('set-auto-borrow' as const, 'set-auto-repay' as const), account: third, on: fc.boolean() }),
  fc.record({
    kind: fc.constant('borrow-vip' as const),
    account: third,
    asset,
    order,
    amount: positive,
    rateDaily: fc.bigInt({ min: 0n, max: 10n ** 6n }).map((mantissa) => decimalOf(mantissa, 8)),
  }),
  fc.record({ kind: fc.constant('repay-vip' as const), account: third, asset, order, amount: positive }),
)

const small = fc.bigInt({ min: 0n, max: 10n ** 6n })
const threshold = small.map((mantissa) => decimalOf(mantissa, 3))
const marketMove: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('set-price' as const), asset, price: small.map((mantissa) => decimalOf(mantissa + 1n, 2)) }),
  fc.record({
    kind: fc.constant('set-rate' as const),
    exchange: fc.constantFrom('binance' as const, 'okx' as const),
    asset,
    rateDaily: small.map((mantissa) => decimalOf(mantissa, 8)),
  }),
  fc.record({ kind: fc.constant('set-thresholds' as const), asset, free: threshold, maximum: threshold }),
  fc.record({ kind: fc.constant('set-free-quota' as const), asset, amount: positive }),
  fc.record({ kind: fc.constant('set-lending-pool' as const), exchange: fc.constant('okx' as const), asset, amount: positive }),
)

const afterMs = fc.oneof(
  fc.integer({ min: 0, max: minuteMs }),
  fc.integer({ min: 0, max: 3 * hourMs }),
  fc.integer({ min: 0, max: 20 * dayMs }),
  fc.constant(0),
)

const command = fc.oneof(
  { weight: 5, arbitrary: movement },
  { weight: 3, arbitrary: marginCommands(account, asset) },
  { weight: 3, arbitrary: okxMovement },
  { weight: 2, arbitrary: marketMove },
)

export const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ afterMs, command }), { minLength: 3, maxLength: 30, size: 'max' })
