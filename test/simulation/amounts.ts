import { absolute } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../src/decimal/decimal.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { Player } from './cast.ts'
import type { Draws } from './draws.ts'

/** An amount for a command about this asset: what is held or owed of it to the last unit, a unit more or less, or any. */
export function amountFor(draws: Draws, engine: Engine, { account, exchange }: Player, asset: string): Decimal {
  if (draws.percent(4)) return draws.oddAmount(exchange)
  if (draws.percent(45)) return draws.amount(exchange)
  const there = draws.pick(standing(engine, account, exchange, asset))
  if (there === undefined || there.mantissa === 0n) return draws.amount(exchange)
  const { mantissa, scale } = absolute(there)
  const nearby = draws.weighted([
    [5, mantissa],
    [1, mantissa + 1n],
    [1, mantissa - 1n],
    [3, mantissa / 2n],
    [1, mantissa * 3n],
  ])
  return decimalOf(nearby > 0n ? nearby : 1n, scale)
}

function standing(engine: Engine, account: string, exchange: Player['exchange'], asset: string): readonly Decimal[] {
  if (exchange === 'binance') {
    const found = engine.binanceBalances(account).find((balance) => balance.asset === asset)
    if (found === undefined) return []
    const { crossFree, crossLocked, crossBorrowed, crossInterest, um, cm, totalWallet, spot, bankruptcy } = found
    return [crossFree, crossLocked, crossBorrowed, crossInterest, um, cm, totalWallet, spot, bankruptcy].filter(
      ({ mantissa }) => mantissa !== 0n,
    )
  }
  const found = engine.okxBalances(account).find((balance) => balance.asset === asset)
  if (found === undefined) return []
  const { cash, unrealised, spotBorrowed, isolated, vipLoans } = found
  const debts = [...isolated, ...vipLoans].map(({ liability }) => liability)
  return [cash, unrealised, spotBorrowed, ...debts].filter(({ mantissa }) => mantissa !== 0n)
}
