import type { Book } from '../book/book-interface.ts'
import type { Charge, Stream } from '../book/record.ts'
import { add, equals, isNegative, isZero, negate } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { binanceRegimeAt } from '../rules/binance-regime.ts'
import { interval } from '../time/interval.ts'
import { covers, intervalSet } from '../time/interval-set.ts'

/**
 * Whether a debt on Binance stood at a boundary between two charges, by what moved its asset meanwhile: the principal of the
 * first and every change up to the second make the principal of the second, so that nothing moved it that is not known of,
 * and at some boundary between them they make more than nothing. What is charged changes one to one with the sum of all
 * wallets (facts A4.2); `undefined` where that cannot be told. Where nothing is known to have moved it, the same principal
 * before and after is taken for one that stood; where something did, it may have been repaid and made again.
 */
export async function stoodBetween(book: Book, before: Charge, after: Charge): Promise<boolean | undefined> {
  const isSame = equals(before.principal, after.principal)
  if (!isSame && binanceRegimeAt(before.at).name !== binanceRegimeAt(after.at).name) return undefined
  const within = interval(before.at + 1, after.at + 1)
  const streams: Stream[] = ['um-income', 'cm-income', `margin-loans:${before.asset}`, `margin-repayments:${before.asset}`]
  for (const stream of streams) {
    if (!covers(intervalSet(await book.proven(before.account, stream)), within)) return isSame ? true : undefined
  }
  let isMoved = false
  let principal = before.principal
  let stood = false
  let boundary = nextBinanceCharge(before.at)
  for await (const movement of book.movements({ account: before.account, asset: before.asset, within, order: 'oldest-first' })) {
    isMoved = true
    for (; boundary < after.at && boundary < movement.at; boundary = nextBinanceCharge(boundary)) stood ||= isOwed(principal)
    // Between the wallets of an account nothing is gained.
    if (movement.kind.includes('TRANSFER')) continue
    principal = add(principal, negate(movement.amount))
  }
  for (; boundary < after.at; boundary = nextBinanceCharge(boundary)) stood ||= isOwed(principal)
  if (isSame && !isMoved) return true
  return equals(principal, after.principal) ? stood : undefined
}

function isOwed(principal: Decimal): boolean {
  return !isNegative(principal) && !isZero(principal)
}
