import type { Exchange } from '../contracts/contract.ts'
import type { KeyKind } from './engine/command.ts'

/** One API key as its owner holds it: the half that the venue itself keeps only as a verifier. */
export interface KeyAccess {
  readonly apiKey: string
  readonly signing: KeyKind
  /** The shared secret (HMAC), or the private key as PKCS#8 PEM (RSA, Ed25519). */
  readonly secret: string
  /** OKX only. */
  readonly passphrase?: string
  readonly permissions: readonly ('read' | 'trade')[]
}

/** What somebody needs to sign as an account of the venue. Nothing here opens a real exchange. */
export interface AccountAccess {
  readonly exchange: Exchange
  readonly label: string
  /** The first HMAC key. */
  readonly apiKey: string
  readonly apiSecret: string
  /** OKX only: that of the first HMAC key. */
  readonly passphrase?: string
  readonly keys: readonly KeyAccess[]
}
