import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'

/** A value for every level, and those for single levels that go before it. */
export interface ByLevel<Value> {
  general: Value | undefined
  readonly levels: Map<number, Value>
}

export interface Thresholds {
  /** Integers at the scale of the Binance ledger. */
  readonly free: bigint
  readonly maximum: bigint
}

/** What a loan requires, and how much a level may borrow. */
export interface LoanTerms {
  /** Share of the loan that counts as maintenance margin. */
  readonly maintenanceRate: Decimal
  /** Integer at the scale of the ledger. */
  readonly maximum: bigint
}

/** A rate from an instant on: `index` names its place among all rates; no `vip` where it holds for every level without one. */
export interface KeptRate {
  readonly at: number
  readonly vip: number | undefined
  readonly index: number
}

/** Plain data, as everything in a `WorldMemory`. */
export interface MarketMemory {
  readonly prices: Map<string, Decimal>
  readonly collateralRates: Map<string, Decimal>
  readonly freeQuotas: Map<string, bigint>
  readonly rates: Decimal[]
  readonly ratesInForce: Record<Exchange, Map<string, ByLevel<number>>>
  /** By exchange and asset, oldest first. */
  readonly rateChanges: Record<Exchange, Map<string, KeptRate[]>>
  readonly thresholds: Map<string, ByLevel<Thresholds>>
  readonly loanTerms: Record<Exchange, Map<string, ByLevel<LoanTerms>>>
  /** Integers at the scale of the exchange's ledger. */
  readonly lendingPools: Record<Exchange, Map<string, bigint>>
}

export function noMarket(): MarketMemory {
  return {
    prices: new Map(),
    collateralRates: new Map(),
    freeQuotas: new Map(),
    rates: [],
    ratesInForce: { binance: new Map(), okx: new Map() },
    rateChanges: { binance: new Map(), okx: new Map() },
    thresholds: new Map(),
    loanTerms: { binance: new Map(), okx: new Map() },
    lendingPools: { binance: new Map(), okx: new Map() },
  }
}

/** Prices, rates, thresholds: what holds for everybody, or for everybody of one level. */
export class Market {
  readonly #memory: MarketMemory

  constructor(memory: MarketMemory) {
    this.#memory = memory
  }

  get prices(): Map<string, Decimal> {
    return this.#memory.prices
  }

  get collateralRates(): Map<string, Decimal> {
    return this.#memory.collateralRates
  }

  /** Integers at the scale of the OKX ledger. */
  get freeQuotas(): Map<string, bigint> {
    return this.#memory.freeQuotas
  }

  /** Every rate ever set; a charge names its rate by the place in this list. */
  get rates(): readonly Decimal[] {
    return this.#memory.rates
  }

  /** Names a rate, for what is charged at a rate of its own. */
  addRate(rateDaily: Decimal): number {
    this.#memory.rates.push(rateDaily)
    return this.#memory.rates.length - 1
  }

  setRate(exchange: Exchange, asset: string, vip: number | undefined, rateDaily: Decimal, at: number): void {
    const index = this.addRate(rateDaily)
    setLevel(this.#memory.ratesInForce[exchange], asset, vip, index)
    const changes = this.#memory.rateChanges[exchange]
    const list = changes.get(asset)
    if (list === undefined) changes.set(asset, [{ at, vip, index }])
    else list.push({ at, vip, index })
  }

  /** Where in `rates` the daily rate stands that is in force for this level. */
  rateIndex(exchange: Exchange, asset: string, vip: number): number | undefined {
    return levelOf(this.#memory.ratesInForce[exchange].get(asset), vip)
  }

  /** Every rate set for the asset, oldest first. */
  rateChanges(exchange: Exchange, asset: string): readonly KeptRate[] {
    return this.#memory.rateChanges[exchange].get(asset) ?? []
  }

  /** Assets that have a rate. */
  ratedAssets(exchange: Exchange): Iterable<string> {
    return this.#memory.rateChanges[exchange].keys()
  }

  setThresholds(asset: string, vip: number | undefined, thresholds: Thresholds): void {
    setLevel(this.#memory.thresholds, asset, vip, thresholds)
  }

  thresholds(asset: string, vip: number): Thresholds | undefined {
    return levelOf(this.#memory.thresholds.get(asset), vip)
  }

  setLoanTerms(exchange: Exchange, asset: string, vip: number | undefined, terms: LoanTerms): void {
    setLevel(this.#memory.loanTerms[exchange], asset, vip, terms)
  }

  loanTerms(exchange: Exchange, asset: string, vip: number): LoanTerms | undefined {
    return levelOf(this.#memory.loanTerms[exchange].get(asset), vip)
  }

  setLendingPool(exchange: Exchange, asset: string, amount: bigint): void {
    this.#memory.lendingPools[exchange].set(asset, amount)
  }

  lendingPoolsOf(exchange: Exchange): MapIterator<[string, bigint]> {
    return this.#memory.lendingPools[exchange].entries()
  }

  /** What the exchange lends of the asset in all; undefined while no pool was set. */
  lendingPool(exchange: Exchange, asset: string): bigint | undefined {
    return this.#memory.lendingPools[exchange].get(asset)
  }

  /** Every value in force as lines of text, in an order that does not depend on how it came about. */
  *lines(): Generator<string> {
    const { ratesInForce, rateChanges, thresholds, loanTerms, lendingPools } = this.#memory
    for (const [asset, price] of this.prices) yield `price ${asset} ${price.mantissa}/${price.scale}`
    for (const [asset, rate] of this.collateralRates) yield `collateral ${asset} ${rate.mantissa}/${rate.scale}`
    for (const [asset, quota] of this.freeQuotas) yield `quota ${asset} ${quota}`
    for (const rate of this.rates) yield `rate ${rate.mantissa}/${rate.scale}`
    for (const exchange of ['binance', 'okx'] as const) {
      for (const [asset, vip, index] of levelRows(ratesInForce[exchange])) yield `rate-of ${exchange} ${asset} ${vip} ${index}`
      for (const [asset, changes] of rateChanges[exchange]) {
        for (const { at, vip, index } of changes) yield `rate-change ${exchange} ${asset} ${at} ${vip ?? 'general'} ${index}`
      }
      for (const [asset, vip, { maintenanceRate, maximum }] of levelRows(loanTerms[exchange])) {
        yield `loan-terms ${exchange} ${asset} ${vip} ${maintenanceRate.mantissa}/${maintenanceRate.scale} ${maximum}`
      }
      for (const [asset, amount] of lendingPools[exchange]) yield `pool ${exchange} ${asset} ${amount}`
    }
    for (const [asset, vip, { free, maximum }] of levelRows(thresholds)) yield `threshold ${asset} ${vip} ${free} ${maximum}`
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
