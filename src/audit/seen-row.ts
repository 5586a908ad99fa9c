import type { ChargeBatch, ChargeLiabilities, ChargeSeriesName } from '../book/book-interface.ts'
import type { Charge, MarginCharge } from '../book/record.ts'
import type { BatchDecimals, MarginChargeBatch, MarginChargeName } from '../book/row-batch.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { SeenCharge } from './evidence.ts'
import { ownText } from './own-text.ts'
import type { NumberedSeries } from './series-numbers.ts'

const noSeries: ChargeSeriesName = Object.freeze({ asset: '', instId: '', marginMode: '', loanType: '' })

/** The charge under judgement: one object, filled again for each row. */
export class SeenRow implements SeenCharge {
  readonly account: string
  readonly exchange: 'binance' | 'okx'
  history: SeenCharge['history'] = 'charges'
  seriesIndex = 0
  series: ChargeSeriesName = noSeries
  at = 0
  principalMantissa = 0n
  principalScale = 0
  rateMantissa = 0n
  rateScale = 0
  interestMantissa = 0n
  interestScale = 0
  type = ''
  rawAsset = ''
  #batch: ChargeBatch | undefined
  #marginBatch: MarginChargeBatch | undefined
  #place = 0

  constructor(account: string, exchange: 'binance' | 'okx') {
    this.account = account
    this.exchange = exchange
  }

  /** Row `place` of a batch, whose series has this number through the whole audit. */
  fromBatch(batch: ChargeBatch, place: number, series: ChargeSeriesName, seriesIndex: number): void {
    this.series = series
    this.seriesIndex = seriesIndex
    this.rawAsset = series.asset
    this.at = batch.at[place] as number
    this.principalScale = batch.principalScale[place] as number
    this.rateScale = batch.rateScale[place] as number
    this.interestScale = batch.interestScale[place] as number
    this.principalMantissa = batch.principalMantissa[place] as bigint
    this.rateMantissa = batch.rateMantissa[place] as bigint
    this.interestMantissa = batch.interestMantissa[place] as bigint
    this.#batch = batch.wide.size > 0 ? batch : undefined
    this.#place = place
    const wide = batch.beyond64.size > 0 && batch.beyond64.has(place) ? batch.wide.get(place) : undefined
    if (wide !== undefined) this.#figures(wide)
  }

  /** Row `place` of a batch of margin interest history. */
  fromMarginBatch(batch: MarginChargeBatch, place: number, { name, number }: NumberedSeries): void {
    const { rawAsset, type } = batch.names[batch.nameOf[place] as number] as MarginChargeName
    const { principal, rate, interest } = batch
    this.history = 'margin-charges'
    this.series = name
    this.seriesIndex = number
    this.rawAsset = rawAsset
    this.type = type
    this.at = batch.at[place] as number
    this.principalScale = principal.scales[place] as number
    this.rateScale = rate.scales[place] as number
    this.interestScale = interest.scales[place] as number
    this.principalMantissa = principal.mantissas[place] as bigint
    this.rateMantissa = rate.mantissas[place] as bigint
    this.interestMantissa = interest.mantissas[place] as bigint
    this.#marginBatch = batch
    this.#place = place
    if (batch.beyond64.size === 0 || !batch.beyond64.has(place)) return
    const wide = (figures: BatchDecimals) => figures.get(place)?.mantissa ?? 0n
    this.principalMantissa = wide(principal)
    this.rateMantissa = wide(rate)
    this.interestMantissa = wide(interest)
  }

  /** Read when it is asked for: nearly no row is. */
  get txId(): string {
    return this.#marginBatch === undefined ? '' : ownText(this.#marginBatch.txId(this.#place))
  }

  liabilities(): ChargeLiabilities | undefined {
    return this.#batch?.wide.liabilities(this.#place)
  }

  #figures({ principal, rate, interest }: Pick<Charge, 'principal' | 'rate' | 'interest'>): void {
    this.principalMantissa = principal.mantissa
    this.principalScale = principal.scale
    this.rateMantissa = rate.mantissa
    this.rateScale = rate.scale
    this.interestMantissa = interest.mantissa
    this.interestScale = interest.scale
  }
}

/** A charge of the book as the audit sees one; for who asks about a single charge. */
export function seenCharge(charge: Charge, exchange: 'binance' | 'okx'): SeenCharge {
  const { asset, instId, marginMode, loanType } = charge
  return Object.freeze({
    ...figuresOf(charge),
    history: 'charges',
    account: charge.account,
    exchange,
    seriesIndex: 0,
    series: Object.freeze({ asset, instId, marginMode, loanType }),
    at: charge.at,
    txId: '',
    type: '',
    rawAsset: asset,
  })
}

/** As `seenCharge`, for a row of Binance's margin interest history. */
export function seenMarginCharge(charge: MarginCharge): SeenCharge {
  return Object.freeze({
    ...figuresOf(charge),
    history: 'margin-charges',
    account: charge.account,
    exchange: 'binance',
    seriesIndex: 0,
    series: Object.freeze({ ...noSeries, asset: charge.asset }),
    at: charge.at,
    txId: charge.txId,
    type: charge.type,
    rawAsset: charge.rawAsset,
  })
}

function figuresOf({ principal, rate, interest }: { principal: Decimal; rate: Decimal; interest: Decimal }) {
  return {
    principalMantissa: principal.mantissa,
    principalScale: principal.scale,
    rateMantissa: rate.mantissa,
    rateScale: rate.scale,
    interestMantissa: interest.mantissa,
    interestScale: interest.scale,
  }
}
