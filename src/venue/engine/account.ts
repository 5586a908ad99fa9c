import type { Exchange } from '../../contracts/contract.ts'
import type { ApiKey, Product, Wallet } from './command.ts'

/** One asset of one account, or (OKX) the debt of one isolated position or VIP loan. Balances are integers at the exchange's scale. */
export interface Holding {
  /** Dense, from 0, per exchange: the row of this holding in every column. -1 until the first movement is booked. */
  id: number
  readonly account: Account
  readonly asset: string
  /** Empty but for isolated positions. */
  readonly instId: string
  /** Empty but for VIP loans. */
  readonly order: string
  readonly balances: Record<Wallet, bigint>
  /** Last change by anything but interest; 0 when never. */
  updatedAt: number
  /** An auto-exchange run left this asset beyond its maximum: nothing more could be sold. */
  exhausted: boolean
  /** Of a VIP loan: the place of its own daily rate among the market's; else -1, and the rate of its level holds. */
  rate: number
}

/** What positions and open orders of a futures wallet require; integers at the scale of the ledger. */
export interface Requirement {
  readonly initial: bigint
  readonly maintenance: bigint
  readonly openLoss: bigint
}

/** Plain data, as everything in a `WorldMemory`. */
export interface Account {
  readonly index: number
  readonly label: string
  readonly exchange: Exchange
  vip: number
  readonly uid: number
  /** Binance only. */
  readonly product: Product | undefined
  readonly keys: ApiKey[]
  /** By asset, isolated ones by asset and instrument, in the order of first touch. */
  readonly holdings: Map<string, Holding>
  /** Whether an auto-exchange run is under way. */
  exchanging: boolean
  /** Binance: whether Auto Repay runs before midnight. */
  repaySwitch: boolean
  /** Binance. */
  deltaMode: boolean
  /** OKX. */
  autoRepay: boolean
  autoBorrow: boolean
  /** Binance, by wallet and asset: `um USDT`. */
  readonly requirements: Map<string, Requirement>
  /** Instants of the last calls of what may be done only so often, oldest first, by what it is. */
  readonly uses: Map<string, number[]>
}

export interface KeyOwner {
  /** When the key was made. */
  readonly since: number
  readonly account: Account
  readonly key: ApiKey
}
