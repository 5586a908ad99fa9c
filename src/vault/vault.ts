import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto'
import { fail } from '../errors/overdraft-error.ts'
import type { Secret } from '../errors/secret.ts'
import { parseJson } from '../json/json.ts'
import { readTextIfThere, writeAtomically } from './atomic-file.ts'
import { type CredentialMap, printCredentials, readCredentials, type StoredCredentials } from './credentials.ts'
import { type DerivedKey, derivationCost, deriveKey } from './key.ts'
import { type Header, headerText, printSealedFile, readSealedFile, type SealedFile } from './sealed-file.ts'

/**
 * The API secrets of all accounts, at rest in one encrypted file (scrypt, AES-256-GCM, mode 0600).
 *
 * @example
 * const vault = await openVault(path, passphrase)
 * await vault.put('main', { exchange: 'binance', apiKey, signing: 'hmac', secret })
 */
export class Vault {
  readonly path: string
  readonly #key: DerivedKey
  readonly #salt: string
  /** The file as this vault last read or wrote it; `undefined` before the first write. */
  #written: string | undefined
  #credentials: CredentialMap

  constructor(path: string, key: DerivedKey, salt: string, written: string | undefined, credentials: CredentialMap) {
    this.path = path
    this.#key = key
    this.#salt = salt
    this.#written = written
    this.#credentials = credentials
  }

  labels(): readonly string[] {
    return [...this.#credentials.keys()]
  }

  /** @throws `vault.no-credentials` */
  credentials(account: string): StoredCredentials {
    return this.#credentials.get(account) ?? fail('vault.no-credentials', { path: this.path, account })
  }

  /** Adds or replaces the credentials of an account; on disk when it returns. @throws `vault.changed`, `storage.*` */
  async put(account: string, credentials: StoredCredentials): Promise<void> {
    await this.#save(new Map([...this.#credentials, [account, credentials]]))
  }

  /** Forgets the credentials of an account, if there are any. @throws `vault.changed`, `storage.*` */
  async remove(account: string): Promise<void> {
    if (!this.#credentials.has(account)) return
    await this.#save(new Map([...this.#credentials].filter(([label]) => label !== account)))
  }

  async #save(credentials: CredentialMap): Promise<void> {
    if ((await readTextIfThere(this.path)) !== this.#written) fail('vault.changed', { path: this.path })
    const text = printSealedFile(seal(credentials, this.#key, this.#salt))
    await writeAtomically(this.path, text)
    this.#written = text
    this.#credentials = credentials
  }
}

export async function vaultExists(path: string): Promise<boolean> {
  return (await readTextIfThere(path)) !== undefined
}

/** A new, empty vault; its file is written with the first account. @throws `vault.exists`, `vault.passphrase-empty` */
export async function createVault(path: string, passphrase: Secret): Promise<Vault> {
  if (await vaultExists(path)) fail('vault.exists', { path })
  if (passphrase.reveal() === '') fail('vault.passphrase-empty', {})
  const salt = randomBytes(16).toString('base64')
  const key = await deriveKey(path, passphrase, newHeader(salt))
  return new Vault(path, key, salt, undefined, new Map())
}

/** @throws `vault.missing`, `vault.wrong-passphrase`, `vault.damaged`, `vault.newer` */
export async function openVault(path: string, passphrase: Secret): Promise<Vault> {
  const text = (await readTextIfThere(path)) ?? fail('vault.missing', { path })
  const file = readSealedFile(path, text)
  const key = await deriveKey(path, passphrase, file.header)
  if (!sameText(key.passphraseCheck, file.passphraseCheck)) fail('vault.wrong-passphrase', { path })
  const credentials = unseal(path, file, key)
  return new Vault(path, key, file.header.salt, text, credentials)
}

function newHeader(salt: string): Header {
  const nonce = randomBytes(12).toString('base64')
  return { format: 'overdraft-vault', version: 1, derivation: 'scrypt', ...derivationCost, salt, cipher: 'aes-256-gcm', nonce }
}

/** What the tag vouches for besides the secrets: the header and the passphrase check. */
function authenticated(header: Header, passphraseCheck: string): Buffer {
  return Buffer.from(`${headerText(header)}\n${passphraseCheck}`)
}

function seal(credentials: CredentialMap, key: DerivedKey, salt: string): SealedFile {
  // Every write has a new nonce: AES-GCM gives its key away when one is used twice.
  const header = newHeader(salt)
  const cipher = createCipheriv('aes-256-gcm', key.encryption, Buffer.from(header.nonce, 'base64'))
  cipher.setAAD(authenticated(header, key.passphraseCheck))
  const sealed = Buffer.concat([cipher.update(printCredentials(credentials), 'utf8'), cipher.final()]).toString('base64')
  return { header, passphraseCheck: key.passphraseCheck, sealed, tag: cipher.getAuthTag().toString('base64') }
}

function unseal(path: string, file: SealedFile, key: DerivedKey): CredentialMap {
  try {
    const nonce = Buffer.from(file.header.nonce, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key.encryption, nonce, { authTagLength: 16 })
    decipher.setAAD(authenticated(file.header, file.passphraseCheck))
    decipher.setAuthTag(Buffer.from(file.tag, 'base64'))
    const text = Buffer.concat([decipher.update(Buffer.from(file.sealed, 'base64')), decipher.final()]).toString('utf8')
    const credentials = readCredentials(parseJson(text))
    if (credentials !== undefined) return credentials
  } catch {
    // Told below without the cause, whose text might quote what was decrypted.
  }
  return fail('vault.damaged', { path, reason: 'its content does not authenticate' })
}

function sameText(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)]
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes)
}
