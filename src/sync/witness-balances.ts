import type { Book } from '../book/book-interface.ts'
import type { Movement } from '../book/record.ts'
import { add, equals } from '../decimal/arithmetic.ts'
import { type Decimal, decimal, toText, zero } from '../decimal/decimal.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { detailPart } from './witness-histories.ts'

/** A balance that does not follow from the one before: a bill between them was not shown. */
export interface BrokenBalance {
  /** From the bill before to the bill that does not follow. */
  readonly span: Interval
  readonly asset: string
  /** Empty where it is the balance of cash. */
  readonly instId: string
  /** The asset, and the instrument where it is a position's. */
  readonly key: string
  readonly expected: string
  readonly came: string
  readonly sentence: string
}

/** What a bill says of one balance: what it changed it by, and what it then was. */
interface Step {
  readonly key: string
  readonly instId: string
  readonly change: Decimal
  readonly after: Decimal
}

/**
 * Where the bills of OKX do not follow one from another: each tells its currency's balance after it, and the balance of an
 * isolated position where it is of one, so that one that is missing between two others shows. What came before the first and
 * after the last of a balance does not.
 */
export async function* brokenBalances(book: Book, account: string, within: Interval): AsyncGenerator<BrokenBalance> {
  const known = new Map<string, { readonly after: Decimal; readonly at: number }>()
  for await (const bills of instantsOf(book, account, within)) {
    for (const bill of bills) {
      for (const { key, instId, change, after } of stepsOf(bill)) {
        const before = known.get(key) ?? (await balanceBefore(book, account, bill, key, within.from))
        known.set(key, { after, at: bill.at })
        if (before === undefined || equals(add(before.after, change), after)) continue
        const expected = toText(add(before.after, change))
        yield {
          span: interval(before.at, bill.at + 1),
          asset: bill.asset,
          instId,
          key,
          expected,
          came: toText(after),
          sentence:
            `bill ${bill.id} ${account} ${key} ${isoInstant(bill.at)}: its balance is ${toText(after)}, but ${toText(before.after)} of ` +
            `${isoInstant(before.at)} and a change of ${toText(change)} make ${expected}`,
        }
      }
    }
  }
}

/** The bills of each instant in the order of their ids, of which no two are alike. */
export async function* instantsOf(book: Book, account: string, within: Interval): AsyncGenerator<readonly Movement[]> {
  let bills: Movement[] = []
  for await (const movement of book.movements({ account, within, order: 'oldest-first' })) {
    if (movement.stream !== 'bills') continue
    if (bills.length > 0 && bills[0]?.at !== movement.at) {
      yield inOrder(bills)
      bills = []
    }
    bills.push(movement)
  }
  if (bills.length > 0) yield inOrder(bills)
}

function inOrder(bills: readonly Movement[]): readonly Movement[] {
  return [...bills].sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1))
}

/** What a bill says of its currency's balance, and of a position's. */
export function stepsOf(bill: Movement): readonly Step[] {
  const steps: Step[] =
    bill.balanceAfter === undefined ? [] : [{ key: bill.asset, instId: '', change: bill.amount, after: bill.balanceAfter }]
  const change = detailPart(bill, 'posBalChg')
  if (change === '') return steps
  const [after, instId] = [detailPart(bill, 'posBal'), detailPart(bill, 'instId')]
  return [...steps, { key: `${bill.asset} ${instId}`, instId, change: decimal(change), after: after === '' ? zero : decimal(after) }]
}

const billsLookedAt = 200

/** The balance as the newest bill before the span left it, if one of the nearest tells it. */
async function balanceBefore(book: Book, account: string, { asset }: Movement, key: string, before: number) {
  const earlier: Movement[] = []
  const filter = { account, asset, within: interval(0, Math.max(before, 0)), order: 'newest-first', limit: billsLookedAt } as const
  for await (const movement of book.movements(filter)) {
    // All bills of one instant are needed to know which is the last of them.
    if (earlier.length > 0 && earlier[0]?.at !== movement.at) break
    if (movement.stream === 'bills' && stepsOf(movement).some((step) => step.key === key)) earlier.push(movement)
  }
  const last = inOrder(earlier).at(-1)
  const step = last === undefined ? undefined : stepsOf(last).find((one) => one.key === key)
  return step === undefined || last === undefined ? undefined : { after: step.after, at: last.at }
}
