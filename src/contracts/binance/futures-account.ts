import { object } from '../wire-object.ts'
import { decimalText, epochMsNumber, text } from '../wire-types.ts'

/** One margin asset of a futures wallet. */
export const futuresAsset = object({
  asset: text,
  crossWalletBalance: decimalText,
  crossUnPnl: decimalText,
  maintMargin: decimalText,
  initialMargin: decimalText,
  positionInitialMargin: decimalText,
  openOrderInitialMargin: decimalText,
  updateTime: epochMsNumber,
})

/** The document’s example of such an asset. */
export const futuresAssetExample = (asset: string, balance: string) =>
  `{"asset":"${asset}","crossWalletBalance":"${balance}","crossUnPnl":"0.00000000","maintMargin":"0.00000000","initialMargin":"0.00000000",` +
  '"positionInitialMargin":"0.00000000","openOrderInitialMargin":"0.00000000","updateTime":1625474304765}'
