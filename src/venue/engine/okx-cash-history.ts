import type { Account, Holding } from './account.ts'
import { type KeptMovement, recordId } from './movement-log.ts'
import { anchorAfter, cashChangeOf } from './okx-cash-anchor.ts'
import type { OkxHistory } from './okx-history.ts'

interface Point {
  readonly id: bigint
  readonly at: number
  readonly holding: Holding
}

/** What cash held right after each of these records of one account (newest first), by the record's id. */
export function cashAfter(history: OkxHistory, account: Account, points: readonly Point[]): Map<bigint, bigint> {
  const balances = new Map<bigint, bigint>()
  const assets = new Set(points.map(({ holding }) => holding.asset))
  for (const asset of assets) {
    const wanted = points.filter(({ holding }) => holding.asset === asset)
    const changes = cashChanges(history, account, asset, wanted)
    let balance = 0n
    let change = changes.next()
    // Each change tells what cash held before it and after it; a record of its own instant and id, or the last before it.
    for (const { id } of wanted) {
      while (change.done !== true && change.value.id > id) {
        balance = change.value.before
        change = changes.next()
      }
      if (change.done !== true && change.value.id === id) balance = change.value.after
      balances.set(id, balance)
    }
  }
  return balances
}

interface CashChange {
  readonly id: bigint
  readonly before: bigint
  readonly after: bigint
}

/** Every change of the currency's cash from the nearest known balance after the newest point on, newest first. */
function* cashChanges(history: OkxHistory, account: Account, asset: string, points: readonly Point[]): Generator<CashChange> {
  const newest = points[0]
  const oldest = points.at(-1)
  const cross = account.holdings.get(asset)
  if (newest === undefined || oldest === undefined || cross === undefined) return
  const list = history.movements.of(account)
  const anchor = anchorAfter(history, cross, newest.at, newest.id)
  yield anchor
  let { before: balance, place } = anchor
  const payers = [...account.holdings.values()].filter((holding) => holding.asset === asset && holding.instId === '').map(({ id }) => id)
  const sorted = payers.sort((left, right) => left - right)
  for (const { at, debtor, amounts } of history.charges.rows(sorted, oldest.at, anchor.to)) {
    const id = recordId(at, debtor)
    for (; (list[place]?.id ?? -1n) > id; place--) {
      const moved = movedCash(list[place], cross)
      if (moved === undefined) continue
      yield moved
      balance = moved.before
    }
    const after = balance
    balance += amounts[2] ?? 0n
    yield { id, before: balance, after }
  }
  for (; (list[place]?.id ?? -1n) >= oldest.id; place--) {
    const moved = movedCash(list[place], cross)
    if (moved !== undefined) yield moved
  }
}

function movedCash(kept: KeptMovement | undefined, cross: Holding): CashChange | undefined {
  if (kept === undefined || kept.holding !== cross) return undefined
  const change = cashChangeOf(kept)
  return change && { id: kept.id, before: change[2] - change[1], after: change[2] }
}
