import { createPublicKey, generateKeyPair, randomInt, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type { Exchange } from '../../../contracts/contract.ts'
import { fail } from '../../../errors/overdraft-error.ts'
import type { ApiKey, KeyKind } from '../../engine/command.ts'

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hexadecimal = '0123456789ABCDEF'
const rsaBits = 2_048
const makePair = promisify(generateKeyPair)

/** What is asked for; what is left out is made. */
export interface KeyRequest {
  readonly signing: KeyKind
  readonly permissions: readonly ('read' | 'trade')[]
  readonly apiKey?: string | undefined
  readonly secret?: string | undefined
  readonly publicKey?: string | undefined
  readonly passphrase?: string | undefined
  readonly ips?: readonly string[] | undefined
}

/** A key to add, and the private key that was made for it, if one was. */
export interface NewKey {
  readonly key: ApiKey
  readonly privateKey?: string
}

/** Completes a key: names, secrets and pairs that are not given are made at random. @throws `venue.key-malformed` */
export async function newKey(exchange: Exchange, request: KeyRequest): Promise<NewKey> {
  const { signing, permissions, ips } = request
  if (exchange === 'binance' && request.passphrase !== undefined)
    fail('venue.key-malformed', { problem: 'Binance keys have no passphrase' })
  const apiKey = request.apiKey ?? (exchange === 'binance' ? randomText(64, alphanumeric) : randomUUID())
  const { verifier, privateKey } = await halves(exchange, request)
  const passphrase = request.passphrase ?? (exchange === 'okx' ? randomText(16, alphanumeric) : undefined)
  return {
    key: {
      apiKey,
      signing,
      verifier,
      permissions: [...new Set(permissions)],
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(ips === undefined ? {} : { ips }),
    },
    ...(privateKey === undefined ? {} : { privateKey }),
  }
}

async function halves(exchange: Exchange, request: KeyRequest): Promise<{ verifier: string; privateKey?: string }> {
  const { signing, secret, publicKey } = request
  if (signing === 'hmac') {
    if (publicKey !== undefined) fail('venue.key-malformed', { problem: 'an hmac key has a secret, not a public key' })
    return { verifier: secret ?? (exchange === 'binance' ? randomText(64, alphanumeric) : randomText(32, hexadecimal)) }
  }
  if (secret !== undefined) fail('venue.key-malformed', { problem: `an ${signing} key has a public key, not a secret` })
  if (publicKey !== undefined) return { verifier: checkedPublicKey(signing, publicKey) }
  const pair = signing === 'rsa' ? await makePair('rsa', { modulusLength: rsaBits }) : await makePair('ed25519')
  return {
    verifier: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function checkedPublicKey(signing: 'rsa' | 'ed25519', pem: string): string {
  // createPublicKey would take a private key too, which the venue must not keep.
  if (pem.includes('PRIVATE KEY')) fail('venue.key-malformed', { problem: 'this is a private key; send the public half only' })
  let type: string | undefined
  try {
    type = createPublicKey(pem).asymmetricKeyType
  } catch {
    fail('venue.key-malformed', { problem: 'publicKey is not a public key in PEM' })
  }
  return type === signing ? pem : fail('venue.key-malformed', { problem: `publicKey is a key of the kind ${type}, not ${signing}` })
}

function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
