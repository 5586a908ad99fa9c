import type { Book } from '../../book/book-interface.ts'
import type { MovementBatch } from '../../book/row-batch.ts'
import { BalanceRoll } from './balance-roll.ts'
import { BatchCursor } from './batch-cursor.ts'
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
  const movements = new BatchCursor(book.movementBatches({ account }))
  const move = (batch: MovementBatch, from: number, end: number) => {
    for (let place = from; place < end; place++) moveAt(batch, place, rollOf)
  }
  for await (const balance of book.balances({ account, order: 'oldest-first' })) {
    await movements.until(balance.takenAt + 1, move)
    rollOf(balance.asset).see(balance)
  }
  return new Map([...rolls].map(([asset, roll]) => [asset, roll.owed]))
}

function moveAt({ at, names, nameOf, amount }: MovementBatch, place: number, rollOf: (asset: string) => BalanceRoll): void {
  const name = names[nameOf[place] as number]
  const told = amount.get(place)
  if (name !== undefined && told !== undefined) rollOf(name.asset).move({ ...name, at: at[place] as number, amount: told })
}
