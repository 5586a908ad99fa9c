import type { Charge, ExchangeRun, MarginCharge, Movement, PublishedRate } from '../../book/record.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'

/** A row as certificates know it: docs/certificate.md states each kind of it. */
export interface CanonicalRow {
  readonly at: number
  /** What tells it from every other row of that instant, account and stream. */
  readonly key: readonly string[]
  /** Every other field of it; decimals digit by digit as the exchange printed them, empty where nothing came. */
  readonly values: readonly string[]
}

/** The text that is hashed: one JSON array without spaces, the instant a number, everything else a string. */
export function canonicalText({ at, key, values }: CanonicalRow): string {
  return JSON.stringify([at, ...key, ...values])
}

/** Negative, zero or positive: by instant, then by the texts of the key, code unit by code unit. */
export function compareRows(left: Pick<CanonicalRow, 'at' | 'key'>, right: Pick<CanonicalRow, 'at' | 'key'>): number {
  if (left.at !== right.at) return left.at - right.at
  for (let place = 0; place < left.key.length; place++) {
    const [one = '', other = ''] = [left.key[place], right.key[place]]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

export function canonicalCharge(charge: Omit<Charge, 'account' | 'receivedAt'>): CanonicalRow {
  const { at, asset, instId, marginMode, loanType, principal, rate, interest, totalLiability, interestFreeLiability } = charge
  return {
    at,
    key: [asset, instId, marginMode, loanType],
    values: [toText(principal), toText(rate), toText(interest), textOf(totalLiability), textOf(interestFreeLiability)],
  }
}

export function canonicalRun({ from, to, details }: ExchangeRun): CanonicalRow {
  const parts = details.flatMap(({ asset, negativeBalance, maximumThreshold }) => [
    asset,
    toText(negativeBalance),
    toText(maximumThreshold),
  ])
  return { at: from, key: [], values: [String(to), ...parts] }
}

export function canonicalMarginCharge(charge: MarginCharge): CanonicalRow {
  const { at, txId, asset, rawAsset, type, principal, rate, interest } = charge
  return { at, key: [txId, asset], values: [rawAsset, type, toText(principal), toText(rate), toText(interest)] }
}

export function canonicalMovement(movement: Movement): CanonicalRow {
  const { at, id, asset, wallet, kind, amount, balanceAfter, interest, detail } = movement
  return { at, key: [id, asset], values: [wallet, kind, toText(amount), textOf(balanceAfter), textOf(interest), detail] }
}

export function canonicalRate({ at, asset, source, rate, per, vipLevel }: PublishedRate): CanonicalRow {
  return { at, key: [asset, source], values: [toText(rate), per, vipLevel === undefined ? '' : String(vipLevel)] }
}

function textOf(value: Decimal | null | undefined): string {
  return value === undefined || value === null ? '' : toText(value)
}
