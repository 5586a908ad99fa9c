import type { Command } from '../../src/venue/engine/command.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import { amountFor } from './amounts.ts'
import { assets, type Cast, instruments, orders, playerOf } from './cast.ts'
import type { Draws } from './draws.ts'

type Weighted = readonly (readonly [weight: number, make: () => Command])[]

/** A command about a Binance account; some ask for what cannot be. */
export function binanceCommand(draws: Draws, engine: Engine, cast: Cast): Command {
  const player = playerOf(draws, cast, 'binance')
  const { account } = player
  const asset = draws.pick(assets)
  const amount = () => amountFor(draws, engine, player, asset)
  const wallet = () => draws.pick(['um', 'cm'] as const)
  const on = () => draws.percent(60)
  const any: Weighted = [
    [8, () => ({ kind: 'deposit', account, asset, amount: amount(), ...(draws.percent(15) ? { wallet: 'spot' } : {}) })],
    [4, () => ({ kind: 'withdraw', account, asset, amount: amount() })],
    [14, () => ({ kind: 'book', account, wallet: wallet(), asset, amount: draws.signed(amount()), reason: reasonOf(draws) })],
    [3, () => ({ kind: 'set-unrealised', account, wallet: `${wallet()}-unrealised`, asset, amount: draws.signed(amount()) })],
    [4, () => ({ kind: 'lock', account, asset, amount: amount() })],
    [3, () => ({ kind: 'unlock', account, asset, amount: amount() })],
    [8, () => ({ kind: 'borrow', account, asset, amount: amount() })],
    [6, () => ({ kind: 'repay-loan', account, asset, amount: amount() })],
    [4, () => ({ kind: 'repay-futures', account, ...(draws.percent(30) ? { from: 'spot' } : {}) })],
    [3, () => ({ kind: 'set-repay-switch', account, on: on() })],
    [3, () => collection(draws, account, asset, amount)],
    [
      2,
      () => ({
        kind: 'transfer-bnb',
        account,
        amount: amountFor(draws, engine, player, 'BNB'),
        side: draws.pick(['to-um', 'from-um'] as const),
      }),
    ],
    [4, () => debtRepayment(draws, account, asset, amount)],
    [2, () => ({ kind: 'lend-bankruptcy', account, asset, amount: amount() })],
    [2, () => ({ kind: 'repay-bankruptcy', account, ...(draws.percent(50) ? { from: 'spot' } : {}) })],
    [1, () => ({ kind: 'set-delta-mode', account, on: on() })],
    [
      3,
      () => ({ kind: 'set-requirements', account, wallet: wallet(), asset, initial: amount(), maintenance: amount(), openLoss: amount() }),
    ],
    [2, () => ({ kind: 'set-vip', account, vip: draws.below(11) })],
  ]
  return draws.weighted(any)()
}

/** A command about an OKX account; some ask for what cannot be. */
export function okxCommand(draws: Draws, engine: Engine, cast: Cast): Command {
  const player = playerOf(draws, cast, 'okx')
  const { account } = player
  const asset = draws.pick(assets)
  const instId = draws.pick(instruments)
  const order = draws.pick(orders)
  const amount = () => amountFor(draws, engine, player, asset)
  const any: Weighted = [
    [8, () => ({ kind: 'deposit', account, asset, amount: amount() })],
    [4, () => ({ kind: 'withdraw', account, asset, amount: amount() })],
    [12, () => ({ kind: 'book', account, wallet: 'cash', asset, amount: draws.signed(amount()), reason: reasonOf(draws) })],
    [5, () => ({ kind: 'set-unrealised', account, wallet: 'cash-unrealised', asset, amount: draws.signed(amount()) })],
    [5, () => ({ kind: 'borrow-isolated', account, asset, instId, amount: amount() })],
    [4, () => ({ kind: 'repay-isolated', account, asset, instId, amount: amount() })],
    [5, () => ({ kind: 'borrow-spot', account, asset, amount: amount() })],
    [4, () => ({ kind: 'repay-spot', account, asset, amount: amount() })],
    [3, () => ({ kind: 'set-auto-repay', account, on: draws.percent(60) })],
    [3, () => ({ kind: 'set-auto-borrow', account, on: draws.percent(50) })],
    [4, () => ({ kind: 'borrow-vip', account, asset, order, amount: amount(), rateDaily: draws.rate() })],
    [4, () => ({ kind: 'repay-vip', account, asset, order, amount: amount() })],
    [2, () => ({ kind: 'set-vip', account, vip: draws.below(11) })],
  ]
  return draws.weighted(any)()
}

function reasonOf(draws: Draws) {
  return draws.pick(['profit-or-loss', 'funding', 'fee'] as const)
}

function collection(draws: Draws, account: string, asset: string, amount: () => Extract<Command, { kind: 'deposit' }>['amount']): Command {
  const kind = 'collect'
  return draws.weighted<() => Command>([
    [4, () => ({ kind, account })],
    [3, () => ({ kind, account, asset })],
    [3, () => ({ kind, account, asset, amount: amount(), from: draws.pick(['um', 'cm'] as const) })],
    [1, () => ({ kind, account, amount: amount() })],
  ])()
}

function debtRepayment(
  draws: Draws,
  account: string,
  asset: string,
  amount: () => Extract<Command, { kind: 'deposit' }>['amount'],
): Command {
  const sources = Array.from({ length: draws.below(4) }, () => draws.pick(assets))
  return {
    kind: 'repay-debt',
    account,
    asset,
    ...(draws.percent(60) ? { amount: amount() } : {}),
    ...(draws.percent(40) ? { sources } : {}),
  }
}
