import type { BinanceEventPayload } from '../../contracts/binance/stream-events.ts'
import { add, equals, isZero, negate } from '../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../decimal/decimal.ts'
import { atPrintedScale, binanceFixedRule, binancePlainRule } from '../../decimal/printing.ts'
import type { FaceBehaviour } from '../behaviour.ts'
import type { Wallet } from '../engine/command.ts'
import type { Engine } from '../engine/engine-interface.ts'
import type { EngineEvent, MarginStatus, Movement } from '../engine/record.ts'
import { accountFigures } from '../http/binance/account-figures.ts'
import { accountAlias } from './account-alias.ts'
import { accountUpdateReason, countsAsBalanceChange, isTransfer } from './balance-reasons.ts'

type FeedBehaviour = Pick<FaceBehaviour, 'binanceAutoExchangeEvents' | 'binanceLiabilityFigures'>

interface Options {
  readonly engine: Engine
  readonly account: string
  readonly behaviour: FeedBehaviour
}

interface CrossBalance {
  readonly free: Decimal
  readonly locked: Decimal
}

const updatesPerMs = 1_000n

/**
 * What the user data stream tells of one account, from what its engine tells (facts A7). There is no event for interest
 * on negative balances, nor for auto-exchange as such: both have to be asked for.
 *
 * Engines tell once a command or a move of the clock is done, when balances may have gone on: so it keeps what was free
 * and locked from movement to movement, beginning with the balances at the time it was made.
 */
export class AccountFeed {
  readonly #engine: Engine
  readonly #account: string
  readonly #behaviour: FeedBehaviour
  readonly #alias: string
  readonly #cross = new Map<string, CrossBalance>()
  #openLoss: ReadonlyMap<string, Decimal>
  #lastUpdate = 0n

  constructor({ engine, account, behaviour }: Options) {
    this.#engine = engine
    this.#account = account
    this.#behaviour = behaviour
    this.#alias = accountAlias(engine.accountState(account).uid)
    for (const { asset, crossFree, crossLocked } of engine.binanceBalances(account)) {
      this.#cross.set(asset, { free: crossFree, locked: crossLocked })
    }
    this.#openLoss = this.#presentOpenLoss()
  }

  /** The events that something brings about; none for what is not of this account. */
  eventsOf(event: EngineEvent): readonly BinanceEventPayload[] {
    switch (event.kind) {
      case 'movement':
        return event.movement.account === this.#account ? this.#moved(event.movement) : []
      case 'margin-level':
        return event.account === this.#account ? riskEvents(event.status, event.at) : []
      case 'command':
        return event.command === 'set-requirements' ? this.#openLossEvents(event.at) : []
      case 'boundary':
      case 'exchange-run':
        return []
    }
  }

  #moved(movement: Movement): BinanceEventPayload[] {
    const update = this.#nextUpdate(movement.at)
    const events = [...this.#crossEvents(movement, update), ...borrowed(movement).map((amount) => this.#liabilityEvent(movement, amount))]
    for (const wallet of ['um', 'cm'] as const) events.push(...this.#futuresEvents(movement, wallet))
    return movement.cause === 'auto-exchange' && this.#behaviour.binanceAutoExchangeEvents === 'none' ? [] : events
  }

  /** Ascending, and below 2^53 for as long as instants have 13 digits, as in the documents. */
  #nextUpdate(at: number): bigint {
    const first = BigInt(at) * updatesPerMs
    this.#lastUpdate = this.#lastUpdate < first ? first : this.#lastUpdate + 1n
    return this.#lastUpdate
  }

  #crossEvents({ asset, at, cause, changes }: Movement, update: bigint): BinanceEventPayload[] {
    const free = changeOf(changes, 'cross-free')
    const locked = changeOf(changes, 'cross-locked')
    if (free === undefined && locked === undefined) return []
    const before = this.#cross.get(asset) ?? { free: zero, locked: zero }
    const after = { free: free?.after ?? before.free, locked: locked?.after ?? before.locked }
    this.#cross.set(asset, after)
    const row = { a: asset, f: fixed(after.free), l: fixed(after.locked) }
    const events: BinanceEventPayload[] = [{ e: 'outboundAccountPosition', E: at, u: at, U: update, B: [row] }]
    const delta = add(free?.delta ?? zero, locked?.delta ?? zero)
    if (isTransfer(cause) && !isZero(delta)) events.push({ e: 'balanceUpdate', E: at, a: asset, d: fixed(delta), U: update, T: at })
    return events
  }

  #liabilityEvent({ id, asset, at, changes }: Movement, amount: Decimal): BinanceEventPayload {
    const principal = negate(changeOf(changes, 'cross-borrowed')?.after ?? zero)
    // Interest is no movement: what is owed of it is known as it stands now, right after the loan was taken.
    const interest = this.#engine.binanceBalances(this.#account).find((balance) => balance.asset === asset)?.crossInterest ?? zero
    const isWhole = this.#behaviour.binanceLiabilityFigures === 'of-the-debt'
    const figures = { p: fixed(isWhole ? principal : amount), i: plainZero(isWhole ? interest : zero), l: fixed(add(principal, interest)) }
    return { e: 'liabilityChange', E: at, a: asset, t: 'BORROW', T: id, ...figures }
  }

  /** Without positions: the venue has none. */
  #futuresEvents({ asset, at, cause, changes }: Movement, wallet: 'um' | 'cm'): BinanceEventPayload[] {
    const change = changeOf(changes, wallet)
    const reason = change && accountUpdateReason(cause, change.delta.mantissa > 0n)
    if (change === undefined || reason === undefined) return []
    const balance = fixed(change.after)
    const row = { a: asset, wb: balance, cw: balance, bc: fixed(countsAsBalanceChange(cause) ? change.delta : zero) }
    const whose = wallet === 'um' ? { fs: 'UM', i: '' } : { fs: 'CM', i: this.#alias }
    return [{ e: 'ACCOUNT_UPDATE', ...whose, E: at, T: at, a: { m: reason, B: [row], P: [] } }]
  }

  #openLossEvents(at: number): BinanceEventPayload[] {
    const before = this.#openLoss
    this.#openLoss = this.#presentOpenLoss()
    const changed = [...this.#openLoss].filter(([asset, loss]) => !equals(loss, before.get(asset) ?? zero))
    const rows = changed.map(([asset, loss]) => ({ a: asset, o: atPrintedScale(negate(loss), binancePlainRule) }))
    return rows.length === 0 ? [] : [{ e: 'openOrderLoss', E: at, O: rows }]
  }

  /** Of both wallets together, by asset. */
  #presentOpenLoss(): ReadonlyMap<string, Decimal> {
    const losses = new Map<string, Decimal>([...(this.#openLoss ?? [])].map(([asset]) => [asset, zero]))
    for (const { asset, openLoss } of this.#engine.requirementsOf(this.#account)) {
      losses.set(asset, add(losses.get(asset) ?? zero, openLoss))
    }
    return losses
  }
}

function riskEvents(status: MarginStatus, at: number): BinanceEventPayload[] {
  if (status.level === 'normal') return []
  const { uniMMR, accountStatus, accountEquity, actualEquity, accountMaintMargin } = accountFigures(status)
  return [{ e: 'riskLevelChange', E: at, u: uniMMR, s: accountStatus, eq: accountEquity, ae: actualEquity, m: accountMaintMargin }]
}

/** What was borrowed of cross margin by this movement: at most one amount. */
function borrowed({ cause, changes }: Movement): Decimal[] {
  const change = cause === 'borrow' ? changeOf(changes, 'cross-borrowed') : undefined
  return change === undefined ? [] : [negate(change.delta)]
}

function changeOf(changes: Movement['changes'], wallet: Wallet): Movement['changes'][number] | undefined {
  return changes.find((change) => change.wallet === wallet)
}

function fixed(value: Decimal): Decimal {
  return atPrintedScale(value, binanceFixedRule)
}

/** Nothing is "0", as in the document's example. */
function plainZero(value: Decimal): Decimal {
  return isZero(value) ? zero : fixed(value)
}
