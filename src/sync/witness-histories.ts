import type { Book } from '../book/book-interface.ts'
import type { Charge, Movement } from '../book/record.ts'
import { strip } from '../decimal/arithmetic.ts'
import { type Decimal, toText } from '../decimal/decimal.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import type { Interval } from '../time/interval.ts'
import type { Told } from './witness-pairs.ts'

/** What the history of interest tells, as `PORTFOLIO` rows tell it. */
export async function* toldByInterest(book: Book, account: string, within: Interval): AsyncGenerator<Told> {
  for await (const charge of book.charges({ accounts: [account], within, order: 'oldest-first' })) {
    yield { at: charge.at, key: charge.asset, says: saying(charge.interest, charge.principal) }
  }
}

/** What Binance's margin interest history tells of negative balances (facts A5, A6). */
export async function* toldByMarginInterest(book: Book, account: string, within: Interval): AsyncGenerator<Told> {
  for await (const charge of book.marginCharges({ account, within, order: 'oldest-first' })) {
    if (charge.type === 'PORTFOLIO') yield { at: charge.at, key: charge.asset, says: saying(charge.interest, charge.principal) }
  }
}

/** What the history of interest tells of market loans, as bills tell it: no bill says what was owed. */
export async function* toldByAccrued(book: Book, account: string, within: Interval): AsyncGenerator<Told> {
  for await (const charge of book.charges({ accounts: [account], within, order: 'oldest-first' })) {
    yield { at: boundaryAtOrBefore(charge.at, everyHour), key: keyOfCharge(charge), says: plain(charge.interest) }
  }
}

/** Bills of interest on market loans (facts B5). They are dated when it was deducted, within the hour that was charged. */
export async function* toldByBills(book: Book, account: string, within: Interval): AsyncGenerator<Told> {
  for await (const bill of book.movements({ account, within, order: 'oldest-first' })) {
    if (bill.kind !== interestOfMarketLoans || bill.interest === undefined) continue
    yield { at: boundaryAtOrBefore(bill.at, everyHour), key: keyOfBill(bill), says: plain(bill.interest) }
  }
}

const interestOfMarketLoans = '7/9'

function keyOfCharge({ asset, marginMode, instId }: Charge): string {
  return [asset, marginMode, instId].filter((part) => part !== '').join(' ')
}

function keyOfBill(bill: Movement): string {
  return [bill.asset, detailPart(bill, 'mgnMode'), detailPart(bill, 'instId')].filter((part) => part !== '').join(' ')
}

/** One part of a movement's detail, `instId=BTC-USDT`; empty where there is none. */
export function detailPart({ detail }: Pick<Movement, 'detail'>, name: string): string {
  const found = detail.split(' ').find((part) => part.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? ''
}

function saying(interest: Decimal, principal: Decimal): string {
  return `${plain(interest)} on ${plain(principal)}`
}

function plain(value: Decimal): string {
  return toText(strip(value))
}
