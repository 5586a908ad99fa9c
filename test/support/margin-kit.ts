import { strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, toText } from '../../src/decimal/decimal.ts'
import { parseInstant } from '../../src/time/instant.ts'
import type { EngineBehaviour } from '../../src/venue/engine/behaviour.ts'
import { createEngine } from '../../src/venue/engine/engine.ts'
import type { Engine } from '../../src/venue/engine/engine-interface.ts'
import type { BinanceBalance } from '../../src/venue/engine/record.ts'

type Wallet = 'um' | 'cm'

/** What tests of margin say of one Binance account, `main`, in one word each. */
export class MarginKit {
  readonly engine: Engine

  constructor(startsAt: string, behaviour: Partial<EngineBehaviour> = {}, vip = 0) {
    this.engine = createEngine({ startsAt: parseInstant(startsAt), behaviour })
    this.engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip })
  }

  at(instant: string): this {
    this.engine.advanceTo(parseInstant(instant))
    return this
  }

  price(asset: string, price: string, collateralRate?: string): this {
    this.engine.apply({ kind: 'set-price', asset, price: decimal(price) })
    if (collateralRate !== undefined) this.engine.apply({ kind: 'set-collateral-rate', asset, rate: decimal(collateralRate) })
    return this
  }

  rate(asset: string, rateDaily: string): this {
    this.engine.apply({ kind: 'set-rate', exchange: 'binance', asset, rateDaily: decimal(rateDaily) })
    return this
  }

  terms(asset: string, maximum: string, maintenanceRate = '0', vip?: number): this {
    const level = vip === undefined ? {} : { vip }
    const values = { maximum: decimal(maximum), maintenanceRate: decimal(maintenanceRate) }
    this.engine.apply({ kind: 'set-loan-terms', exchange: 'binance', asset, ...level, ...values })
    return this
  }

  pool(asset: string, amount: string): this {
    this.engine.apply({ kind: 'set-lending-pool', exchange: 'binance', asset, amount: decimal(amount) })
    return this
  }

  holds(asset: string, amount: string): this {
    this.engine.apply({ kind: 'deposit', account: 'main', asset, amount: decimal(amount) })
    return this
  }

  borrows(asset: string, amount: string): this {
    this.engine.apply({ kind: 'borrow', account: 'main', asset, amount: decimal(amount) })
    return this
  }

  withdraws(asset: string, amount: string): this {
    this.engine.apply({ kind: 'withdraw', account: 'main', asset, amount: decimal(amount) })
    return this
  }

  /** A profit, or a loss with a sign before it. */
  books(asset: string, amount: string, wallet: Wallet = 'um'): this {
    this.engine.apply({ kind: 'book', account: 'main', wallet, asset, amount: decimal(amount), reason: 'profit-or-loss' })
    return this
  }

  requires(asset: string, maintenance: string, openLoss = '0', wallet: Wallet = 'um'): this {
    const values = { initial: decimal(maintenance), maintenance: decimal(maintenance), openLoss: decimal(openLoss) }
    this.engine.apply({ kind: 'set-requirements', account: 'main', wallet, asset, ...values })
    return this
  }

  switches(on: boolean): this {
    this.engine.apply({ kind: 'set-repay-switch', account: 'main', on })
    return this
  }

  /** Balances of one asset as short texts; those that are zero are left out. */
  balances(asset: string): Partial<Record<keyof BinanceBalance, string>> {
    const found = this.engine.binanceBalances('main').find((balance) => balance.asset === asset)
    const { asset: _asset, updatedAt: _updatedAt, totalWallet: _total, negative: _negative, ...wallets } = found as BinanceBalance
    return Object.fromEntries(Object.entries(wallets).flatMap(([name, amount]) => (amount.mantissa === 0n ? [] : [[name, short(amount)]])))
  }

  /** Principal and interest of every charge on negative balances, oldest first. */
  charges(asset?: string): string[] {
    return this.engine
      .binanceCharges({ account: 'main', asset })
      .map(({ principal, interest }) => `${short(principal)} ${short(interest)}`)
      .reverse()
  }
}

export function short(value: Decimal): string {
  return toText(strip(value))
}
