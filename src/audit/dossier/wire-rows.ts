import type { Charge, MarginCharge } from '../../book/record.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'
import { type Json, JsonNumber, type JsonObject, jsonInteger, printJson } from '../../json/json.ts'

/**
 * A charge as the exchange sent it: its fields in the order of its document, digits as they came. Byte for byte, unless the
 * row had fields that the document does not know, which then stand at the end, or spelled a number in another way than as
 * plain digits (documents 000 and 002; a test holds it against captured rows).
 */
export function chargeOnTheWire(charge: Charge, exchange: 'binance' | 'okx'): string {
  return printJson({ ...(exchange === 'binance' ? historyRow(charge) : accruedRow(charge)), ...charge.extra })
}

/** A row of Binance's margin interest history, likewise (facts A6). */
export function marginChargeOnTheWire({ txId, at, asset, rawAsset, principal, interest, rate, type }: MarginCharge): string {
  return printJson({
    txId: new JsonNumber(txId),
    interestAccuredTime: jsonInteger(at),
    asset,
    rawAsset,
    principal: toText(principal),
    interest: toText(interest),
    interestRate: toText(rate),
    type,
  })
}

function historyRow({ asset, interest, at, rate, principal }: Charge): JsonObject {
  return {
    asset,
    interest: toText(interest),
    interestAccuredTime: jsonInteger(at),
    interestRate: toText(rate),
    principal: toText(principal),
  }
}

function accruedRow(charge: Charge): JsonObject {
  const { asset, instId, interest, rate, principal, marginMode, at, loanType } = charge
  return {
    ccy: asset,
    instId,
    interest: toText(interest),
    interestRate: toText(rate),
    liab: toText(principal),
    ...field('totalLiab', charge.totalLiability),
    ...field('interestFreeLiab', charge.interestFreeLiability),
    mgnMode: marginMode,
    ts: String(at),
    type: loanType,
  }
}

/** Absent where nothing came, empty where nothing stood in it. */
function field(name: string, value: Decimal | null | undefined): Record<string, Json> {
  return value === undefined ? {} : { [name]: value === null ? '' : toText(value) }
}
