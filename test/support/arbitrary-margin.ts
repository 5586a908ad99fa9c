import fc from 'fast-check'
import { decimalOf } from '../../src/decimal/decimal.ts'
import type { Command } from '../../src/venue/engine/command.ts'

const small = fc.bigInt({ min: 0n, max: 10n ** 10n }).map((mantissa) => decimalOf(mantissa, 8))
const wallet = fc.constantFrom('um' as const, 'cm' as const)
const vip = fc.integer({ min: 0, max: 9 })

/** Random commands of Binance margin for these accounts and assets, possibly ones the engine refuses. */
export function marginCommands(account: fc.Arbitrary<string>, asset: fc.Arbitrary<string>): fc.Arbitrary<Command> {
  const exchange = fc.constantFrom('binance' as const, 'okx' as const)
  return fc.oneof(
    fc.record({ kind: fc.constant('set-repay-switch' as const), account, on: fc.boolean() }),
    fc.record({ kind: fc.constant('collect' as const), account }),
    fc.record({ kind: fc.constant('collect' as const), account, asset }),
    fc.record({ kind: fc.constant('collect' as const), account, asset, amount: small, from: wallet }),
    fc.record({
      kind: fc.constant('transfer-bnb' as const),
      account,
      amount: small,
      side: fc.constantFrom('to-um' as const, 'from-um' as const),
    }),
    fc.record({ kind: fc.constant('repay-debt' as const), account, asset }),
    fc.record({ kind: fc.constant('repay-debt' as const), account, asset, amount: small, sources: fc.array(asset, { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('set-requirements' as const),
      account,
      wallet,
      asset,
      initial: small,
      maintenance: small,
      openLoss: small,
    }),
    fc.record({ kind: fc.constant('set-vip' as const), account, vip }),
    fc.record({
      kind: fc.constant('set-loan-terms' as const),
      exchange,
      asset,
      vip,
      maintenanceRate: fc.bigInt({ min: 0n, max: 100n }).map((percent) => decimalOf(percent, 2)),
      maximum: small,
    }),
    fc.record({ kind: fc.constant('set-lending-pool' as const), exchange, asset, amount: small }),
  )
}
