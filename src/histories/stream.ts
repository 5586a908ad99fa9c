/**
 * One history of one account, as rows and proofs name it. Binance asks for loans, repayments and published rates asset by
 * asset, so each asset is a history of its own: `margin-loans:BTC`.
 */
export type Stream = WholeStream | `${StreamOfAsset}:${string}`

/** Asked for all assets at once. */
export type WholeStream = 'interest' | 'exchanges' | 'margin-interest' | 'um-income' | 'cm-income' | 'bills'
export type StreamOfAsset = 'margin-loans' | 'margin-repayments' | 'rates'
export type StreamKind = WholeStream | StreamOfAsset

/** What a stream is of; `asset` only where it is of one asset. @example partsOfStream('rates:BTC') // { kind: 'rates', asset: 'BTC' } */
export function partsOfStream(stream: Stream): { readonly kind: StreamKind; readonly asset: string | undefined } {
  const colon = stream.indexOf(':')
  if (colon === -1) return { kind: stream as WholeStream, asset: undefined }
  return { kind: stream.slice(0, colon) as StreamOfAsset, asset: stream.slice(colon + 1) }
}
