import { createPrivateKey } from 'node:crypto'
import { fail } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'
import type { Io } from './io.ts'
import { readSecretFile, withoutLineEnd } from './secret-file.ts'

export interface SecretSource {
  /** How the exchange and the user call it. */
  readonly what: string
  readonly variable: string
  readonly fileOption: string
  /** `-` is standard input. */
  readonly file: string | undefined
}

/** An API secret or passphrase from a file, the environment, or a prompt; never from an argument. @throws `cli.missing`, `cli.empty` */
export async function readApiSecret(io: Io, source: SecretSource): Promise<Secret> {
  const secret = await secretFrom(io, source)
  if (secret.reveal() === '') fail('cli.empty', { what: `the ${source.what}` })
  return secret
}

async function secretFrom(io: Io, { what, variable, fileOption, file }: SecretSource): Promise<Secret> {
  if (file === '-') return new Secret(withoutLineEnd(await io.stdin.readAll()))
  if (file !== undefined) return readSecretFile(`${what} file`, file)
  const given = io.env[variable]
  if (given !== undefined && given !== '') return new Secret(given)
  if (!io.stdin.isTerminal) {
    fail('cli.missing', { what: `the ${what}`, remedy: `Give ${fileOption} FILE (- for standard input), or set ${variable}.` })
  }
  return new Secret(await io.stdin.ask(`${capital(what)} (not shown): `, 'hidden'))
}

/** Checks that the secret is a private key of the kind, without telling anything of it. @throws `cli.private-key-malformed` */
export function assertPrivateKey(signing: 'rsa' | 'ed25519', secret: Secret): void {
  const found = kindOfKey(secret)
  if (found !== signing) fail('cli.private-key-malformed', { signing, found: found ?? 'not a private key' })
}

function kindOfKey(secret: Secret): string | undefined {
  try {
    return createPrivateKey(secret.reveal()).asymmetricKeyType
  } catch {
    // What OpenSSL says might quote the text.
    return undefined
  }
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
