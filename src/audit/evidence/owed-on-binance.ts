import type { Book } from '../../book/book-interface.ts'
import { BalanceRoll } from './balance-roll.ts'
import type { OwedSpans } from './owed-spans.ts'
import { ProvenSpans } from './proven-spans.ts'

/**
 * What each asset of a Binance account stood at when charges fell due, as far as balances and histories prove it. Reads
 * balances and movements once, oldest first, in step; what is kept grows with the days, not with the rows.
 */
export async function owedOnBinance(book: Book, account: string): Promise<ReadonlyMap<string, OwedSpans>> {
  const um = new ProvenSpans(await book.proven(account, 'um-income'))
  const cm = new ProvenSpans(await book.proven(account, 'cm-income'))
  const futuresProven = (from: number, to: number) => um.coversBetween(from, to) && cm.coversBetween(from, to)
  const rolls = new Map<string, BalanceRoll>()
  const rollOf = (asset: string) => {
    const known = rolls.get(asset)
    if (known !== undefined) return known
    const roll = new BalanceRoll(futuresProven)
    rolls.set(asset, roll)
    return roll
  }
  const movements = book.movements({ account, order: 'oldest-first' })[Symbol.asyncIterator]()
  let movement = await movements.next()
  for await (const balance of book.balances({ account, order: 'oldest-first' })) {
    while (movement.done !== true && movement.value.at <= balance.takenAt) {
      rollOf(movement.value.asset).move(movement.value)
      movement = await movements.next()
    }
    rollOf(balance.asset).see(balance)
  }
  await movements.return?.()
  return new Map([...rolls].map(([asset, roll]) => [asset, roll.owed]))
}
