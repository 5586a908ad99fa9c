import { okxCashOf } from '../../rules/okx-cash.ts'
import { everyHour, nextBoundary } from '../../time/boundary.ts'
import type { Holding } from './account.ts'
import type { Wallet } from './command.ts'
import { firstAfter, type KeptMovement, recordId } from './movement-log.ts'
import type { OkxHistory } from './okx-history.ts'

/** What a currency's cash was known to be, from where its history is walked back. */
export interface CashAnchor {
  readonly id: bigint
  readonly before: bigint
  readonly after: bigint
  /** The place of the newest movement below it. */
  readonly place: number
  /** Charges up to this instant lie below it. */
  readonly to: number
}

/**
 * The nearest known cash after a record: that from which the next hour's charge was computed, else the next movement of
 * cash, else the present. Without the first, a page far back would cost as much as everything after it.
 */
export function anchorAfter(history: OkxHistory, cross: Holding, at: number, id: bigint): CashAnchor {
  const list = history.movements.of(cross.account)
  const told = toldByNextCharge(history, list, cross, at)
  if (told !== undefined) return told
  const place = nextCashMovement(list, cross, at, id)
  const next = list[place]
  const change = next && cashChangeOf(next)
  if (next !== undefined && change !== undefined)
    return { id: next.id, before: change[2] - change[1], after: change[2], place: place - 1, to: next.at }
  const { cash } = cross.balances
  const end = { id: recordId(Number.MAX_SAFE_INTEGER, 0), before: cash, after: cash }
  return { ...end, place: list.length - 1, to: Number.POSITIVE_INFINITY }
}

/** Charges of an hour come before everything else at its instant, and all are computed on the balances before them. */
function toldByNextCharge({ charges }: OkxHistory, list: readonly KeptMovement[], cross: Holding, at: number): CashAnchor | undefined {
  const hour = nextBoundary(at, everyHour)
  const [row] = charges.rows([cross.id], hour, hour)
  if (row === undefined) return undefined
  const [charged = 0n, free = 0n] = row.amounts
  const place = firstAfter(list, hour - 1) - 1
  const held = (wallet: Wallet) => lastOf(list, place, cross, wallet)
  const cash = okxCashOf(charged + free, { unrealised: held('cash-unrealised'), spotBorrowed: held('spot-borrowed') })
  return cash === undefined ? undefined : { id: recordId(hour, 0), before: cash, after: cash, place, to: hour - 1 }
}

/** What a wallet that interest leaves alone held after the movement at `place`. */
function lastOf(list: readonly KeptMovement[], place: number, holding: Holding, wallet: Wallet): bigint {
  for (let at = place; at >= 0; at--) {
    const kept = list[at]
    const change = kept?.holding === holding ? kept.changes.find(([changed]) => changed === wallet) : undefined
    if (change !== undefined) return change[2]
  }
  return 0n
}

/** The place of the oldest movement of cash after the record; the length of the list when there is none. */
function nextCashMovement(list: readonly KeptMovement[], cross: Holding, at: number, id: bigint): number {
  let place = firstAfter(list, at - 1)
  for (; place < list.length; place++) {
    const kept = list[place]
    if (kept !== undefined && kept.id > id && kept.holding === cross && cashChangeOf(kept) !== undefined) break
  }
  return place
}

export function cashChangeOf({ changes }: KeptMovement): KeptMovement['changes'][number] | undefined {
  return changes.find(([wallet]) => wallet === 'cash')
}
