import type { BinanceHolding, OkxHolding } from './play-state.ts'

const nothingKnown = Object.freeze({ amount: 0n, known: 'unknown' })

/** An asset of which nothing is held or owed, and nothing is known. */
export function noBinanceHolding(asset: string): BinanceHolding {
  const wallets = { free: 0n, locked: 0n, um: 0n, cm: 0n, borrowed: 0n, interest: 0n }
  return { asset, ...wallets, freePart: nothingKnown, maximum: undefined, rateDaily: undefined, price: undefined }
}

/** The same on OKX. */
export function noOkxHolding(asset: string): OkxHolding {
  const wallets = { cash: 0n, unrealised: 0n, spotBorrowed: 0n, interest: 0n, positions: [] }
  return { asset, ...wallets, autoBorrow: true, quota: nothingKnown, isCashTold: true, isTold: false, rateDaily: undefined }
}
