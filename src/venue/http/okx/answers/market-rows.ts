import type { Decimal } from '../../../../decimal/decimal.ts'
import type { Engine } from '../../../engine/engine-interface.ts'

/** A currency that can be borrowed, at a level's daily rate. */
export interface RatedCurrency {
  readonly ccy: string
  readonly rateDaily: Decimal
}

/** The currencies the account can borrow; of `ccy` only, when it is given. */
export function ratedCurrencies(engine: Engine, account: string, ccy?: string): readonly RatedCurrency[] {
  return ratedAt(engine, engine.accountState(account).vip, ccy)
}

/** The currencies that have a rate at this level. */
export function ratedAt(engine: Engine, vip: number, ccy?: string): readonly RatedCurrency[] {
  const found: RatedCurrency[] = []
  for (const asset of ccy === undefined ? engine.marketAssets() : [ccy]) {
    const rateDaily = engine.rateOf('okx', asset, vip)
    if (rateDaily !== undefined) found.push({ ccy: asset, rateDaily })
  }
  return found
}
