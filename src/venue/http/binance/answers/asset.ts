import { type BinanceError, binanceErrors } from '../../../../contracts/binance/errors.ts'

const assetRe = /^[A-Z0-9-_.]{1,20}$/

/** The refusal of a text that cannot be an asset. An asset nobody ever held is none: it is answered with zeros or nothing. */
export function assetFault(asset: string | undefined): BinanceError | undefined {
  return asset === undefined || assetRe.test(asset) ? undefined : binanceErrors.illegalCharacters('asset', assetRe.source)
}
