import type { Exchange } from '../../contracts/contract.ts'
import type { ApiKey, ClockMode, Wallet } from './command.ts'
import { Market } from './market.ts'

/** One asset of one account, or (OKX) one isolated position's debt. Balances are integers at the exchange's scale. */
export interface Holding {
  /** Dense, from 0, per exchange: the row of this holding in every column. -1 until the first movement is booked. */
  id: number
  readonly account: Account
  readonly asset: string
  /** Empty but for isolated positions. */
  readonly instId: string
  readonly balances: Record<Wallet, bigint>
  /** Last change by anything but interest; 0 when never. */
  updatedAt: number
  /** An auto-exchange run left this asset beyond its maximum: nothing more could be sold. */
  exhausted: boolean
}

export interface Account {
  readonly index: number
  readonly label: string
  readonly exchange: Exchange
  readonly vip: number
  readonly uid: number
  readonly keys: ApiKey[]
  /** By asset, isolated ones by asset and instrument, in the order of first touch. */
  readonly holdings: Map<string, Holding>
  /** Whether an auto-exchange run is under way. */
  exchanging: boolean
}

/** Who takes the other side of a movement that does not stay within an account. */
export type House = 'external' | 'profit-and-loss' | 'interest' | 'conversion' | 'loans' | 'unrealised'

/** Everything the engine knows but for charges and runs. */
export class State {
  now: number
  readonly market = new Market()
  readonly accounts = new Map<string, Account>()
  readonly keyOwners = new Map<string, { readonly account: Account; readonly key: ApiKey }>()
  readonly holdings: Record<Exchange, Holding[]> = { binance: [], okx: [] }
  /** By exchange, house and asset. */
  readonly house = new Map<string, bigint>()
  clockMode: ClockMode | undefined

  constructor(now: number) {
    this.now = now
  }

  /** The holding of an account in an asset; a new one is no part of the state until it is registered. */
  holding(account: Account, asset: string, instId = ''): Holding {
    const known = account.holdings.get(holdingKey(asset, instId))
    return known ?? { id: -1, account, asset, instId, balances: noBalances(), updatedAt: 0, exhausted: false }
  }

  register(holding: Holding): void {
    if (holding.id >= 0) return
    const list = this.holdings[holding.account.exchange]
    holding.id = list.length
    list.push(holding)
    holding.account.holdings.set(holdingKey(holding.asset, holding.instId), holding)
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

function holdingKey(asset: string, instId: string): string {
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
    cash: 0n,
    'cash-unrealised': 0n,
    isolated: 0n,
  }
}
