import { isMap } from 'yaml'
import type { Exchange } from '../../contracts/contract.ts'
import { compare, isNegative, subtract } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import { freeQuotasReader } from './free-quotas.ts'
import { amountRule } from './read-movements.ts'
import { dictionary, type Field, list, type Outcome, optional, type Reader, record, required, withDefault } from './readers.ts'
import { fault, type Spot } from './reading.ts'
import { assetText, type DecimalRule, decimalText, duration, matching, moment, one } from './scalar-readers.ts'
import type { ByAsset, Leveled, LoanTerms, ScenarioMarkets, Series, ThresholdPair, Thresholds, Wander } from './scenario-data.ts'

const empty = Object.freeze({})
const none = Object.freeze([])
const vipText = matching(/^(?:[0-9]|1[0-5])$/, 'a VIP level from 0 to 15')

/** Bounds and step of a walk; the low bound lies below the high one. */
export function wanderFields(rule: DecimalRule): {
  [Name in 'every' | 'between' | 'step']: Field<Name extends 'between' ? Bounds : Name extends 'every' ? number : Decimal>
} {
  return {
    every: required(duration),
    between: required(boundsReader(rule)),
    step: required(decimalText({ sign: 'positive', decimalsMax: rule.decimalsMax })),
  }
}

export interface Bounds {
  readonly low: Decimal
  readonly high: Decimal
}

/** Two decimals, the lower first. */
export function boundsReader(rule: DecimalRule): Reader<Bounds> {
  const pair = list(decimalText(rule), 2)
  return (spot) => {
    const read = pair(spot)
    if (read === undefined) return undefined
    const [low, high] = read.value
    if (low === undefined || high === undefined) return fault(spot, 'should be two decimals, such as [-4.5, -0.5]')
    if (compare(low, high) >= 0) return fault(spot, 'should name the lower bound first, and a higher one after it')
    return { value: Object.freeze({ low, high }) }
  }
}

function wander(rule: DecimalRule): Reader<Wander> {
  const reader = record(wanderFields(rule))
  return (spot) => {
    const read = reader(spot)
    return read && { value: Object.freeze({ everyMs: read.value.every, ...read.value.between, step: read.value.step }) }
  }
}

function seriesFields(rule: DecimalRule) {
  return {
    start: required(decimalText(rule)),
    changes: withDefault(list(record({ at: required(moment), to: required(decimalText(rule)) })), none),
    walk: optional(wander(rule)),
  }
}

/** A figure over time; a figure that never changes may be written as a bare decimal. */
function series(rule: DecimalRule): Reader<Series> {
  const long = record(seriesFields(rule))
  const short = decimalText(rule)
  return (spot) => (isMap(spot.node) ? long(spot) : startingAt(short(spot)))
}

function startingAt(read: Outcome<Decimal>): Outcome<Series> {
  return read && { value: Object.freeze({ start: read.value, changes: none }) }
}

function leveledSeries(rule: DecimalRule): Reader<Leveled<Series>> {
  const long = record({ ...seriesFields(rule), levels: withDefault(dictionary(vipText, series(rule)), empty) })
  const short = decimalText(rule)
  return (spot) => {
    if (isMap(spot.node)) return long(spot)
    const read = startingAt(short(spot))
    return read && { value: Object.freeze({ ...read.value, levels: empty }) }
  }
}

const thresholdRule = amountRule('binance', 'not-negative')
const pairFields = { free: required(decimalText(thresholdRule)), maximum: required(decimalText(thresholdRule)) }

function ordered<Pair extends ThresholdPair>(reader: Reader<Pair>): Reader<Pair> {
  return (spot) => {
    const read = reader(spot)
    if (read === undefined || !isNegative(subtract(read.value.maximum, read.value.free))) return read
    return fault(spot, 'the maximum should not lie below the free threshold')
  }
}

const thresholdFields = {
  ...pairFields,
  changes: withDefault(list(ordered(record({ at: required(moment), ...pairFields }))), none),
}
const thresholds: Reader<Leveled<Thresholds>> = ordered(
  record({ ...thresholdFields, levels: withDefault(dictionary(vipText, ordered(record(thresholdFields))), empty) }),
)

function loanTerms(exchange: Exchange): Reader<Leveled<LoanTerms>> {
  const fields = { maintenanceRate: required(decimalText(shareRule)), maximum: required(decimalText(amountRule(exchange, 'not-negative'))) }
  return record({ ...fields, levels: withDefault(dictionary(vipText, record(fields)), empty) })
}

/** Figures of both exchanges; one that is left out has none. */
function byExchange<Figure>(
  binance: Field<ByAsset<Figure>>,
  okx: Field<ByAsset<Figure>>,
): Field<Readonly<Record<Exchange, ByAsset<Figure>>>> {
  return withDefault(record({ binance, okx }), Object.freeze({ binance: empty, okx: empty }))
}

const rateRule: DecimalRule = { sign: 'not-negative', decimalsMax: 8, atMost: one }
const shareRule: DecimalRule = rateRule
const okxRateRule: DecimalRule = { ...rateRule, decimalsMax: 16 }

/** `markets`: prices first, since an asset that has none is unknown everywhere else. */
export function marketsReader(spot: Spot): Outcome<ScenarioMarkets> {
  const known = new Set<string>()
  const knownAsset = knownAssetReader(known)
  const byAsset = <Figure>(reader: Reader<Figure>): Field<ByAsset<Figure>> => withDefault(dictionary(knownAsset, reader), empty)
  const pricesReader = dictionary(assetText, series({ sign: 'positive', decimalsMax: 8 }))
  const prices: Reader<ByAsset<Series>> = (pricesSpot) => {
    if (isMap(pricesSpot.node)) for (const { key } of pricesSpot.node.items) known.add(String(key))
    return pricesReader(pricesSpot)
  }
  return record({
    prices: required(prices),
    rates: byExchange(byAsset(leveledSeries(rateRule)), byAsset(leveledSeries(okxRateRule))),
    thresholds: byAsset(thresholds),
    collateralRates: byAsset(series(shareRule)),
    freeQuotas: withDefault(freeQuotasReader(known, dictionary(knownAsset, series(amountRule('okx', 'not-negative')))), empty),
    loanTerms: byExchange(byAsset(loanTerms('binance')), byAsset(loanTerms('okx'))),
    lendingPools: byExchange(byAsset(series(amountRule('binance', 'not-negative'))), byAsset(series(amountRule('okx', 'not-negative')))),
  })(spot)
}

/** An asset that has a price; with none known (the prices themselves are wrong), any asset. */
export function knownAssetReader(known: ReadonlySet<string>): Reader<string> {
  return (spot) => {
    const read = assetText(spot)
    if (read === undefined || known.size === 0 || known.has(read.value)) return read
    return fault(spot, `"${read.value}" has no price under markets.prices; there are: ${[...known].join(', ')}`)
  }
}
