import { type Decimal, decimal } from '../decimal/decimal.ts'

/**
 * What of a liability is free of interest for each (sub-)account and currency, as the help centre listed it (facts B4).
 * The machine source, `public/discount-rate-interest-free-quota`, often says 0 today: so that nothing is free until a
 * scenario says so, and these are a table for scenarios to take.
 */
export const okxFreeQuotaDefaults: Readonly<Record<string, Decimal>> = Object.freeze(
  Object.fromEntries(
    Object.entries({
      USDT: '20000',
      USDC: '5000',
      BTC: '1',
      ETH: '5',
      LTC: '10',
      ETC: '2000',
      XRP: '5000',
      EOS: '500',
      BCH: '5',
      BSV: '5',
      TRX: '30000',
      LINK: '50',
      DOT: '50',
      ADA: '500',
      ALGO: '500',
      ATOM: '20',
      CRV: '100',
      FIL: '10',
      DASH: '2',
      IOST: '10000',
      IOTA: '500',
      KNC: '200',
      NEO: '10',
      ONT: '300',
      QTUM: '100',
      THETA: '100',
      SUSHI: '30',
      SUN: '20',
      XLM: '1000',
      UNI: '20',
      XMR: '2',
      XTZ: '100',
      ZEC: '2',
      YFI: '0.01',
      YFII: '0.1',
    }).map(([asset, amount]) => [asset, decimal(amount)]),
  ),
)

const nothing: readonly string[] = Object.freeze([])
const enlargedBy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  USDT: Object.freeze(['USDC', 'TUSD']),
  USDC: Object.freeze(['USDT']),
})

/** The stablecoins whose positive cross equity enlarges the quota of this one (facts B4). */
export function okxQuotaEnlargedBy(asset: string): readonly string[] {
  return enlargedBy[asset] ?? nothing
}

/**
 * A quota enlarged by the cross equity of other stablecoins, each where it is positive (facts B4). A quota of zero
 * stays zero: a currency of which nothing is free has nothing to enlarge. Integers at the scale of the ledger.
 */
export function okxFreeQuota(ownQuota: bigint, equities: Iterable<bigint>): bigint {
  if (ownQuota === 0n) return 0n
  let quota = ownQuota
  for (const equity of equities) if (equity > 0n) quota += equity
  return quota
}
