import { Secret } from '../errors/secret.ts'
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts'

/** What signs for one account. The API key itself is no secret, but is kept with them. */
export type StoredCredentials =
  | {
      readonly exchange: 'binance'
      readonly apiKey: string
      readonly signing: 'hmac' | 'rsa' | 'ed25519'
      /** The HMAC secret, or the private key as PKCS#8 PEM. */
      readonly secret: Secret
    }
  | { readonly exchange: 'okx'; readonly apiKey: string; readonly secret: Secret; readonly passphrase: Secret }

/** By account label. */
export type CredentialMap = ReadonlyMap<string, StoredCredentials>

/** The credentials as the text that is encrypted: the only place where secrets are revealed to be stored. */
export function printCredentials(credentials: CredentialMap): string {
  const accounts = [...credentials].map(([label, stored]) => [
    label,
    {
      ...stored,
      secret: stored.secret.reveal(),
      ...(stored.exchange === 'okx' ? { passphrase: stored.passphrase.reveal() } : {}),
    },
  ])
  return JSON.stringify({ accounts: Object.fromEntries(accounts) })
}

/** The inverse of `printCredentials`; `undefined` when the text is not of that shape. */
export function readCredentials(json: Json): CredentialMap | undefined {
  if (!isJsonObject(json) || !isJsonObject(json['accounts'])) return undefined
  const read = new Map<string, StoredCredentials>()
  for (const [label, stored] of Object.entries(json['accounts'])) {
    const credentials = isJsonObject(stored) ? readOne(stored) : undefined
    if (credentials === undefined) return undefined
    read.set(label, credentials)
  }
  return read
}

function readOne(stored: JsonObject): StoredCredentials | undefined {
  const { exchange, apiKey, signing, secret, passphrase } = stored
  if (typeof apiKey !== 'string' || typeof secret !== 'string') return undefined
  if (exchange === 'binance' && (signing === 'hmac' || signing === 'rsa' || signing === 'ed25519')) {
    return Object.freeze({ exchange, apiKey, signing, secret: new Secret(secret) })
  }
  if (exchange === 'okx' && typeof passphrase === 'string') {
    return Object.freeze({ exchange, apiKey, secret: new Secret(secret), passphrase: new Secret(passphrase) })
  }
  return undefined
}
