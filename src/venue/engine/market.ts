import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'

/** A value for every level, and those for single levels that go before it. */
interface ByLevel<Value> {
  general: Value | undefined
  readonly levels: Map<number, Value>
}

export interface Thresholds {
  /** Integers at the scale of the Binance ledger. */
  readonly free: bigint
  readonly maximum: bigint
}

/** Prices, rates, thresholds: what holds for everybody, or for everybody of one level. */
export class Market {
  readonly prices = new Map<string, Decimal>()
  readonly collateralRates = new Map<string, Decimal>()
  /** Integers at the scale of the OKX ledger. */
  readonly freeQuotas = new Map<string, bigint>()
  /** Every rate ever set; a charge names its rate by the place in this list. */
  readonly rates: Decimal[] = []
  readonly #rates: Record<Exchange, Map<string, ByLevel<number>>> = { binance: new Map(), okx: new Map() }
  readonly #thresholds = new Map<string, ByLevel<Thresholds>>()

  setRate(exchange: Exchange, asset: string, vip: number | undefined, rateDaily: Decimal): void {
    this.rates.push(rateDaily)
    setLevel(this.#rates[exchange], asset, vip, this.rates.length - 1)
  }

  /** Where in `rates` the daily rate stands that is in force for this level. */
  rateIndex(exchange: Exchange, asset: string, vip: number): number | undefined {
    return levelOf(this.#rates[exchange].get(asset), vip)
  }

  setThresholds(asset: string, vip: number | undefined, thresholds: Thresholds): void {
    setLevel(this.#thresholds, asset, vip, thresholds)
  }

  thresholds(asset: string, vip: number): Thresholds | undefined {
    return levelOf(this.#thresholds.get(asset), vip)
  }

  /** Every value in force as lines of text, in an order that does not depend on how it came about. */
  *lines(): Generator<string> {
    for (const [asset, price] of this.prices) yield `price ${asset} ${price.mantissa}/${price.scale}`
    for (const [asset, rate] of this.collateralRates) yield `collateral ${asset} ${rate.mantissa}/${rate.scale}`
    for (const [asset, quota] of this.freeQuotas) yield `quota ${asset} ${quota}`
    for (const rate of this.rates) yield `rate ${rate.mantissa}/${rate.scale}`
    for (const exchange of ['binance', 'okx'] as const) {
      for (const [asset, vip, index] of levelRows(this.#rates[exchange])) yield `rate-of ${exchange} ${asset} ${vip} ${index}`
    }
    for (const [asset, vip, { free, maximum }] of levelRows(this.#thresholds)) yield `threshold ${asset} ${vip} ${free} ${maximum}`
  }
}

function setLevel<Value>(table: Map<string, ByLevel<Value>>, asset: string, vip: number | undefined, value: Value): void {
  const row = table.get(asset) ?? { general: undefined, levels: new Map<number, Value>() }
  table.set(asset, row)
  if (vip === undefined) row.general = value
  else row.levels.set(vip, value)
}

function levelOf<Value>(row: ByLevel<Value> | undefined, vip: number): Value | undefined {
  return row?.levels.get(vip) ?? row?.general
}

function* levelRows<Value>(table: Map<string, ByLevel<Value>>): Generator<[string, number | 'general', Value]> {
  for (const [asset, row] of table) {
    if (row.general !== undefined) yield [asset, 'general', row.general]
    for (const [vip, value] of row.levels) yield [asset, vip, value]
  }
}
