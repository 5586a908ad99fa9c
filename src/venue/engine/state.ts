import type { Exchange } from '../../contracts/contract.ts'
import type { Account, Holding, KeyOwner } from './account.ts'
import { defaultBehaviour, type EngineBehaviour } from './behaviour.ts'
import type { ClockMode, Wallet } from './command.ts'
import { Market } from './market.ts'
import type { WorldMemory } from './memory.ts'

/** Who takes the other side of a movement that does not stay within an account. */
export type House = 'external' | 'profit-and-loss' | 'interest' | 'conversion' | 'loans' | 'unrealised'

/** Everything the engine knows but for charges: the world's memory, and how it is looked at. */
export class State {
  readonly memory: WorldMemory
  readonly market: Market
  readonly behaviour: EngineBehaviour

  constructor(memory: WorldMemory, behaviour: EngineBehaviour = defaultBehaviour) {
    this.memory = memory
    this.behaviour = behaviour
    this.market = new Market(memory.market)
  }

  get now(): number {
    return this.memory.now
  }

  set now(instant: number) {
    this.memory.now = instant
  }

  get clockMode(): ClockMode | undefined {
    return this.memory.clockMode
  }

  set clockMode(mode: ClockMode | undefined) {
    this.memory.clockMode = mode
  }

  get accounts(): Map<string, Account> {
    return this.memory.accounts
  }

  get keyOwners(): Map<string, KeyOwner> {
    return this.memory.keyOwners
  }

  get holdings(): Record<Exchange, Holding[]> {
    return this.memory.holdings
  }

  get house(): Map<string, bigint> {
    return this.memory.house
  }

  /** The holding of an account in an asset; a new one is no part of the state until it is registered. */
  holding(account: Account, asset: string, instId = '', order = ''): Holding {
    const known = account.holdings.get(holdingKey(asset, instId, order))
    return known ?? { id: -1, account, asset, instId, order, balances: noBalances(), updatedAt: 0, exhausted: false, rate: -1 }
  }

  register(holding: Holding): void {
    if (holding.id >= 0) return
    const list = this.holdings[holding.account.exchange]
    holding.id = list.length
    list.push(holding)
    holding.account.holdings.set(holdingKey(holding.asset, holding.instId, holding.order), holding)
  }

  addToHouse(exchange: Exchange, house: House, asset: string, delta: bigint): void {
    const key = `${exchange} ${house} ${asset}`
    this.house.set(key, (this.house.get(key) ?? 0n) + delta)
  }
}

/** Cross margin free and locked, UM and CM: what Binance calls the total wallet balance (document 003). */
export function totalOf({ balances }: Holding): bigint {
  return balances['cross-free'] + balances['cross-locked'] + balances.um + balances.cm
}

function holdingKey(asset: string, instId: string, order: string): string {
  if (order !== '') return `${asset} order ${order}`
  return instId === '' ? asset : `${asset} ${instId}`
}

function noBalances(): Record<Wallet, bigint> {
  return {
    'cross-free': 0n,
    'cross-locked': 0n,
    'cross-borrowed': 0n,
    'cross-interest': 0n,
    um: 0n,
    cm: 0n,
    'um-unrealised': 0n,
    'cm-unrealised': 0n,
    spot: 0n,
    bankruptcy: 0n,
    cash: 0n,
    'cash-unrealised': 0n,
    'spot-borrowed': 0n,
    isolated: 0n,
    'vip-borrowed': 0n,
  }
}
