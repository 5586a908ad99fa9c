import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'

/** How a key signs: Binance knows all three, OKX only HMAC. */
export type KeyKind = 'hmac' | 'rsa' | 'ed25519'

/** One API key of an account. `verifier` is the shared secret (HMAC) or the public key in PEM (RSA, Ed25519). */
export interface ApiKey {
  readonly apiKey: string
  readonly signing: KeyKind
  readonly verifier: string
  /** OKX only. */
  readonly passphrase?: string
  readonly permissions: readonly ('read' | 'trade')[]
  /** When given, only these addresses may use the key. */
  readonly ips?: readonly string[]
}

/** The wallets of an account. Binance: the first six; OKX: the last three (`isolated` by instrument). */
export type Wallet =
  | 'cross-free'
  | 'cross-locked'
  | 'cross-borrowed'
  | 'cross-interest'
  | 'um'
  | 'cm'
  | 'um-unrealised'
  | 'cm-unrealised'
  | 'cash'
  | 'cash-unrealised'
  | 'isolated'

/** How the venue's clock runs. `anchorMs` is the venue's instant at the moment of the command. */
export type ClockMode =
  | { readonly kind: 'real' }
  | { readonly kind: 'frozen'; readonly anchorMs: number }
  | { readonly kind: 'speed'; readonly anchorMs: number; readonly anchorRealMs: number; readonly factor: number }

/**
 * Everything that can be told to the venue, as plain frozen data. Accounts are named by their label. Amounts are
 * positive unless said otherwise; Binance amounts have at most 8 decimals, OKX amounts at most 16.
 */
export type Command =
  | { readonly kind: 'open-account'; readonly account: string; readonly exchange: Exchange; readonly vip: number }
  | { readonly kind: 'add-key'; readonly account: string; readonly key: ApiKey }
  | { readonly kind: 'remove-key'; readonly account: string; readonly apiKey: string }
  /** From outside into cross margin free (Binance) or cash (OKX). */
  | { readonly kind: 'deposit'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  | { readonly kind: 'withdraw'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  /** A realised profit or loss, funding or fee; signed; may take a futures wallet or OKX cash below zero. */
  | {
      readonly kind: 'book'
      readonly account: string
      readonly wallet: 'um' | 'cm' | 'cash'
      readonly asset: string
      readonly amount: Decimal
      readonly reason: 'profit-or-loss' | 'funding' | 'fee'
    }
  /** Sets the unrealised profit or loss of a futures wallet (Binance) or of the cross positions (OKX); signed. */
  | {
      readonly kind: 'set-unrealised'
      readonly account: string
      readonly wallet: 'um-unrealised' | 'cm-unrealised' | 'cash-unrealised'
      readonly asset: string
      readonly amount: Decimal
    }
  /** Moves cross margin between free and locked, as open orders do (Binance). */
  | { readonly kind: 'lock'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  | { readonly kind: 'unlock'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  /** A margin loan (Binance): principal to cross-borrowed, coins to cross-free. */
  | { readonly kind: 'borrow'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  | { readonly kind: 'repay-loan'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  /** A liability of one isolated position (OKX). */
  | {
      readonly kind: 'borrow-isolated'
      readonly account: string
      readonly asset: string
      readonly instId: string
      readonly amount: Decimal
    }
  | { readonly kind: 'repay-isolated'; readonly account: string; readonly asset: string; readonly instId: string; readonly amount: Decimal }
  /** `POST /papi/v1/repay-futures-negative-balance`. */
  | { readonly kind: 'repay-futures'; readonly account: string }
  /** Index price in USD. */
  | { readonly kind: 'set-price'; readonly asset: string; readonly price: Decimal }
  /** Daily borrow rate from now on; without `vip` for every level that has no rate of its own. */
  | { readonly kind: 'set-rate'; readonly exchange: Exchange; readonly asset: string; readonly vip?: number; readonly rateDaily: Decimal }
  /** Binance: what of a negative balance is free of interest, and beyond which magnitude auto-exchange begins. */
  | { readonly kind: 'set-thresholds'; readonly asset: string; readonly vip?: number; readonly free: Decimal; readonly maximum: Decimal }
  /** Share of an asset's value that counts as collateral, 0 to 1; auto-exchange sells the highest first. */
  | { readonly kind: 'set-collateral-rate'; readonly asset: string; readonly rate: Decimal }
  /** OKX: what of a liability from unrealised losses is free of interest. */
  | { readonly kind: 'set-free-quota'; readonly asset: string; readonly amount: Decimal }
  | { readonly kind: 'set-clock'; readonly mode: ClockMode }

/** One line of the journal: a command with the venue instant at which it took effect. */
export interface JournalEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number
  readonly at: number
  /** The caller's own name for the command; a second command with the same id is not applied again. */
  readonly id?: string
  readonly command: Command | ClockMove
}

/** The clock crossed a boundary without a command: everything due up to and including `at` has fired. */
export interface ClockMove {
  readonly kind: 'clock-move'
}
