import { type Decimal, decimal } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceRateRule, type PrintingRule } from '../../../../decimal/printing.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'

/** `"1.0000"`. */
const collateralRule: PrintingRule = { decimalsMin: 4, decimalsMax: 30 }
const nothing = decimal('0.0000')
/** The cap of the last tier was not found. */
const noCap = decimal('999999999999.0000')

/** `GET /sapi/v1/portfolio/asset-index-price` (facts A6): every asset that has a price, or the one that is asked for. */
export const answerAssetIndexPrice: AnswerOf<'assetIndexPrice'> = ({ engine, values, now }) => {
  const fault = assetFault(values.asset)
  if (fault !== undefined) return refuse(fault)
  const assets = values.asset === undefined ? engine.marketAssets() : [values.asset]
  return reply(
    assets.flatMap((asset) => {
      const price = engine.priceOf(asset)
      return price === undefined ? [] : [{ asset, assetIndexPrice: atPrintedScale(price, binanceRateRule), time: now }]
    }),
  )
}

/** `GET /sapi/v1/portfolio/collateralRate` (facts A6). */
export const answerCollateralRates: AnswerOf<'collateralRates'> = ({ engine }) =>
  reply(collateralOf(engine).map(([asset, collateralRate]) => ({ asset, collateralRate })))

/** `GET /sapi/v2/portfolio/collateralRate` (facts A6): a venue has one rate for each asset, hence one tier. */
export const answerTieredCollateralRates: AnswerOf<'tieredCollateralRates'> = ({ engine }) =>
  reply(
    collateralOf(engine).map(([asset, collateralRate]) => ({
      asset,
      collateralInfo: [{ tierFloor: nothing, tierCap: noCap, collateralRate, cum: nothing }],
    })),
  )

/** `GET /sapi/v1/portfolio/margin-asset-leverage` (facts A6): of every asset that counts as collateral, the leverage of cross margin. */
export const answerMarginAssetLeverage: AnswerOf<'marginAssetLeverage'> = ({ engine }) =>
  reply(collateralOf(engine).map(([asset]) => ({ asset, leverage: engine.marginLeverage })))

function collateralOf(engine: Engine): readonly (readonly [asset: string, rate: Decimal])[] {
  return engine.marketAssets().flatMap((asset) => {
    const rate = engine.collateralRateOf(asset)
    return rate === undefined ? [] : [[asset, atPrintedScale(rate, collateralRule)] as const]
  })
}
