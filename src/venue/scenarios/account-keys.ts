import { fail } from '../../errors/overdraft-error.ts'
import type { AccountAccess, KeyAccess } from '../account-access.ts'
import type { ApiKey } from '../engine/command.ts'
import { ed25519FromSeed, publicKeyOf } from './private-key.ts'
import { RandomStream } from './random-stream.ts'
import type { Scenario, ScenarioAccount, ScenarioKey } from './scenario-data.ts'
import { demoRsaKey } from './shipped-files.ts'

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hexadecimal = '0123456789abcdef'

/** Both halves of a key: what the venue keeps, and what its owner holds. */
export interface KeyPair {
  readonly key: ApiKey
  readonly access: KeyAccess
}

/**
 * The keys of an account. What the scenario leaves open follows from its seed, the account's label and the key's
 * position: whoever knows the scenario can derive every secret, and none of them protects anything.
 */
export function keyPairsOf(scenario: Scenario, account: ScenarioAccount): readonly KeyPair[] {
  return account.keys.map((key, index) => {
    const draw = (what: string): RandomStream => new RandomStream(scenario.seed, 'key', account.label, String(index), what)
    return account.exchange === 'okx' ? okxPair(key, draw) : binancePair(key, draw)
  })
}

type Draw = (what: string) => RandomStream

function binancePair(key: ScenarioKey, draw: Draw): KeyPair {
  const apiKey = key.apiKey ?? draw('api-key').text(64, alphanumeric)
  const { signing, permissions } = key
  const secret = secretOf(key, draw)
  const verifier = signing === 'hmac' ? secret : publicKeyOf(secret)
  return { key: { apiKey, signing, verifier, permissions, ...ipsOf(key) }, access: { apiKey, signing, secret, permissions } }
}

function secretOf({ signing, apiSecret, privateKey }: ScenarioKey, draw: Draw): string {
  switch (signing) {
    case 'hmac':
      return apiSecret ?? draw('api-secret').text(64, alphanumeric)
    case 'rsa':
      return privateKey ?? demoRsaKey()
    case 'ed25519':
      return privateKey ?? ed25519FromSeed(draw('ed25519').bytes(32))
  }
}

function okxPair(key: ScenarioKey, draw: Draw): KeyPair {
  const apiKey = key.apiKey ?? uuidFrom(draw('api-key').text(32, hexadecimal))
  const secret = key.apiSecret ?? draw('api-secret').text(32, hexadecimal).toUpperCase()
  const passphrase = key.passphrase ?? draw('passphrase').text(16, alphanumeric)
  const { permissions } = key
  return {
    key: { apiKey, signing: 'hmac', verifier: secret, passphrase, permissions, ...ipsOf(key) },
    access: { apiKey, signing: 'hmac', secret, passphrase, permissions },
  }
}

function uuidFrom(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function ipsOf({ ips }: ScenarioKey): { readonly ips?: readonly string[] } {
  return ips === undefined ? {} : { ips }
}

/** What a caller needs to sign as the account. @throws `scenario.no-hmac-key` */
export function accessOf({ exchange, label }: ScenarioAccount, pairs: readonly KeyPair[]): AccountAccess {
  const keys = pairs.map(({ access }) => access)
  const first = keys.find(({ signing }) => signing === 'hmac') ?? fail('scenario.no-hmac-key', { label })
  const { apiKey, secret: apiSecret, passphrase } = first
  return Object.freeze({ exchange, label, apiKey, apiSecret, ...(passphrase === undefined ? {} : { passphrase }), keys })
}
