import type { BinanceSigning } from '../contracts/binance/signing.ts'
import { fail } from '../errors/overdraft-error.ts'
import type { Secret } from '../errors/secret.ts'

export interface BinanceCredentials {
  readonly apiKey: string
  readonly signing: BinanceSigning
  /** The HMAC secret, or the private key as PKCS#8 PEM. */
  readonly secret: Secret
}

export interface OkxCredentials {
  readonly apiKey: string
  readonly secret: Secret
  readonly passphrase: Secret
  /** Demo trading: adds the header `x-simulated-trading`. */
  readonly simulated?: boolean | undefined
}

/** What a header can carry without changing on the way. */
const headerTextRe = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** @throws `client.credentials-malformed`, never naming the value */
export function checkHeaderText(field: string, value: string): string {
  if (value === '') return fail('client.credentials-malformed', { field, reason: 'is empty' })
  if (!headerTextRe.test(value)) {
    return fail('client.credentials-malformed', { field, reason: 'has characters that cannot travel in a header (or blanks around it)' })
  }
  return value
}
