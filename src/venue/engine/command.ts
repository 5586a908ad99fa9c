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

/**
 * The wallets of an account. Binance: the first ten; OKX: the others (`isolated` by instrument, `vip-borrowed` by
 * order). What is owed is a negative balance.
 */
export type Wallet =
  | 'cross-free'
  | 'cross-locked'
  | 'cross-borrowed'
  | 'cross-interest'
  | 'um'
  | 'cm'
  | 'um-unrealised'
  | 'cm-unrealised'
  /** Outside the margin account: PRO accounts may repay from it. */
  | 'spot'
  /** What is left owing after a bankruptcy; outside the margin account. */
  | 'bankruptcy'
  | 'cash'
  | 'cash-unrealised'
  /** Borrowed by hand or automatically in spot mode: the coins are in cash. */
  | 'spot-borrowed'
  | 'isolated'
  | 'vip-borrowed'

/** What a Binance account is: Portfolio Margin, its PRO program (which has twins of papi on the api host), or PRO with SPAN. */
export type Product = 'pm' | 'pm-pro' | 'pm-span'

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
  | {
      readonly kind: 'open-account'
      readonly account: string
      readonly exchange: Exchange
      readonly vip: number
      /** Binance only; left out, `pm`. */
      readonly product?: Product
      /** The number the exchange knows the user by; left out, the next one free. */
      readonly uid?: number
    }
  | { readonly kind: 'add-key'; readonly account: string; readonly key: ApiKey }
  | { readonly kind: 'remove-key'; readonly account: string; readonly apiKey: string }
  /** From outside into cross margin free (Binance; or into the spot wallet) or cash (OKX). */
  | { readonly kind: 'deposit'; readonly account: string; readonly asset: string; readonly amount: Decimal; readonly wallet?: 'spot' }
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
  | { readonly kind: 'repay-futures'; readonly account: string; readonly from?: 'spot' }
  /** `POST /papi/v1/repay-futures-switch`: whether Auto Repay runs before midnight (Binance). */
  | { readonly kind: 'set-repay-switch'; readonly account: string; readonly on: boolean }
  /**
   * Futures wallets to cross margin (Binance): without `asset` every positive balance but BNB in UM; with `amount` and
   * `from` that much of one wallet.
   */
  | { readonly kind: 'collect'; readonly account: string; readonly asset?: string; readonly amount?: Decimal; readonly from?: 'um' | 'cm' }
  | { readonly kind: 'transfer-bnb'; readonly account: string; readonly amount: Decimal; readonly side: 'to-um' | 'from-um' }
  /** Repays a margin debt by selling other assets (Binance); without `amount` all of it, without `sources` what sells best. */
  | {
      readonly kind: 'repay-debt'
      readonly account: string
      readonly asset: string
      readonly amount?: Decimal
      readonly sources?: readonly string[]
    }
  /** A bankruptcy was covered by the exchange (Binance): coins to UM, and so much owed outside the margin account. */
  | { readonly kind: 'lend-bankruptcy'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  /** Repays all that is owed after bankruptcies, or nothing; from cross margin free unless said otherwise. */
  | { readonly kind: 'repay-bankruptcy'; readonly account: string; readonly from?: 'spot' }
  /** `POST /sapi/v1/portfolio/delta-mode` (Binance); the venue has no options, so that nothing else follows from it. */
  | { readonly kind: 'set-delta-mode'; readonly account: string; readonly on: boolean }
  /** What positions and open orders of a futures wallet require, in the asset (Binance); replaces what was set before. */
  | {
      readonly kind: 'set-requirements'
      readonly account: string
      readonly wallet: 'um' | 'cm'
      readonly asset: string
      readonly initial: Decimal
      readonly maintenance: Decimal
      /** What open orders would lose at once: lowers the adjusted equity. */
      readonly openLoss: Decimal
    }
  /** Another level of fees and thresholds, from now on. */
  | { readonly kind: 'set-vip'; readonly account: string; readonly vip: number }
  /** `POST /api/v5/account/spot-manual-borrow-repay` (OKX). */
  | { readonly kind: 'borrow-spot'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  | { readonly kind: 'repay-spot'; readonly account: string; readonly asset: string; readonly amount: Decimal }
  /** Whether positive cash repays what was borrowed in spot mode (OKX). */
  | { readonly kind: 'set-auto-repay'; readonly account: string; readonly on: boolean }
  /** Whether the account may borrow automatically: otherwise debts share the free quota, and beyond it are repaid by force (OKX). */
  | { readonly kind: 'set-auto-borrow'; readonly account: string; readonly on: boolean }
  /** A VIP loan (OKX, `type` 1): a debt under an order of its own, at its own daily rate. */
  | {
      readonly kind: 'borrow-vip'
      readonly account: string
      readonly asset: string
      readonly order: string
      readonly amount: Decimal
      readonly rateDaily: Decimal
    }
  | { readonly kind: 'repay-vip'; readonly account: string; readonly asset: string; readonly order: string; readonly amount: Decimal }
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
  /** The share of a loan that counts as maintenance margin (Binance), and how much of it a level may borrow. */
  | {
      readonly kind: 'set-loan-terms'
      readonly exchange: Exchange
      readonly asset: string
      readonly vip?: number
      readonly maintenanceRate: Decimal
      readonly maximum: Decimal
    }
  /** How much of an asset the exchange has lent out at most, to all accounts together; beyond it nobody can borrow. */
  | { readonly kind: 'set-lending-pool'; readonly exchange: Exchange; readonly asset: string; readonly amount: Decimal }
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
