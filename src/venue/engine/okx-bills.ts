import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import type { Wallet } from './command.ts'
import type { OkxBillQuery } from './engine-interface.ts'
import { firstAfter, type KeptMovement, recordId } from './movement-log.ts'
import { cashAfter } from './okx-cash-history.ts'
import type { OkxHistory } from './okx-history.ts'
import type { OkxBill } from './record.ts'

/** A bill whose balance is not worked out yet; integers at the scale of the ledger. */
interface Line {
  readonly id: bigint
  readonly at: number
  readonly holding: Holding
  readonly kind: OkxBill['kind']
  readonly cashChange: bigint
  readonly spotDebtChange: bigint
  readonly positionChange: bigint
  readonly position: bigint
  readonly interest: bigint
}

/** The id of one hour's charge on a holding; unique among the bills, below the ids of that instant's movements. */
export function okxChargeId(at: number, holding: number): bigint {
  return recordId(at, holding)
}

/**
 * The bills of an account, newest first. Balances are not kept with charges: those of a page are worked out from the
 * nearest movement after it, or from the present.
 */
export function okxBills(history: OkxHistory, account: Account, query: OkxBillQuery): OkxBill[] {
  const lines = newestLines(history, account, query)
  const balances = cashAfter(history, account, lines)
  return lines.map((line) => billOf(line, balances.get(line.id) ?? 0n))
}

function newestLines(history: OkxHistory, account: Account, query: OkxBillQuery): Line[] {
  const { limit = Number.POSITIVE_INFINITY } = query
  const found: Line[] = []
  if (limit <= 0) return found
  const movements = movementLines(history, account, query)
  const charges = chargeLines(history, account, query)
  let movement = movements.next()
  let charge = charges.next()
  while (found.length < limit) {
    if (movement.done === true && charge.done === true) break
    const takesMovement = charge.done === true || (movement.done !== true && movement.value.id > charge.value.id)
    const next = takesMovement ? movement : charge
    if (next.done === true) break
    found.push(next.value)
    if (takesMovement) movement = movements.next()
    else charge = charges.next()
  }
  return found
}

function* movementLines({ movements }: OkxHistory, account: Account, query: OkxBillQuery): Generator<Line> {
  const list = movements.of(account)
  for (let place = firstAfter(list, newestInstant(query)) - 1; place >= 0; place--) {
    const kept = list[place]
    if (kept === undefined || kept.at < (query.from ?? 0) || (query.after !== undefined && kept.id <= query.after)) return
    if (!isWanted(kept.id, kept.holding, query) || !(query.kinds?.includes(kept.cause) ?? true)) continue
    const [cashChange] = changeOf(kept, 'cash')
    const [spotDebtChange] = changeOf(kept, 'spot-borrowed')
    const [positionChange, position] = changeOf(kept, 'isolated')
    if (kept.cause === 'unrealised' || (cashChange === 0n && positionChange === 0n)) continue
    const { id, at, holding, cause: kind } = kept
    yield { id, at, holding, kind, cashChange, spotDebtChange, positionChange, position, interest: 0n }
  }
}

function* chargeLines({ state, charges }: OkxHistory, account: Account, query: OkxBillQuery): Generator<Line> {
  if (!(query.kinds?.includes('interest') ?? true)) return
  const debtors = [...account.holdings.values()].filter((holding) => isOfInterest(holding, query)).map(({ id }) => id)
  const from = Math.max(query.from ?? 0, query.after === undefined ? 0 : instantOf(query.after))
  for (const { at, debtor, amounts } of charges.rows(ascending(debtors), from, newestInstant(query))) {
    const holding = state.holdings.okx[debtor]
    const id = okxChargeId(at, debtor)
    if (holding === undefined || !isWanted(id, holding, query)) continue
    const [liability = 0n, , interest = 0n] = amounts
    const isolated = holding.instId !== ''
    yield {
      id,
      at,
      holding,
      kind: 'interest',
      cashChange: isolated ? 0n : -interest,
      spotDebtChange: 0n,
      positionChange: isolated ? -interest : 0n,
      position: isolated ? -liability - interest : 0n,
      interest,
    }
  }
}

function isWanted(id: bigint, holding: Holding, query: OkxBillQuery): boolean {
  if (query.before !== undefined && id >= query.before) return false
  if (query.after !== undefined && id <= query.after) return false
  return isOfInterest(holding, query)
}

function isOfInterest({ asset, instId }: Holding, query: OkxBillQuery): boolean {
  if (query.asset !== undefined && query.asset !== asset) return false
  if (query.instId !== undefined && query.instId !== instId) return false
  return query.marginMode === undefined || (query.marginMode === 'cross') === (instId === '')
}

function newestInstant({ to = Number.POSITIVE_INFINITY, before }: OkxBillQuery): number {
  return before === undefined ? to : Math.min(to, instantOf(before))
}

function instantOf(id: bigint): number {
  return Number(id / recordId(1, 0))
}

function changeOf({ changes }: KeptMovement, wanted: Wallet): readonly [delta: bigint, after: bigint] {
  const change = changes.find(([wallet]) => wallet === wanted)
  return change === undefined ? [0n, 0n] : [change[1], change[2]]
}

function ascending(ids: number[]): number[] {
  return ids.sort((left, right) => left - right)
}

function billOf({ id, at, holding, kind, cashChange, spotDebtChange, positionChange, position, interest }: Line, balance: bigint): OkxBill {
  const { account, asset, instId, order } = holding
  return Object.freeze({
    id,
    account: account.label,
    asset,
    instId,
    order,
    marginMode: instId === '' ? 'cross' : 'isolated',
    at,
    kind,
    balanceChange: amountOf(cashChange, 'okx'),
    balance: amountOf(balance, 'okx'),
    spotDebtChange: amountOf(spotDebtChange, 'okx'),
    positionChange: amountOf(positionChange, 'okx'),
    position: amountOf(position, 'okx'),
    interest: amountOf(interest, 'okx'),
  })
}
