import { createHash } from 'node:crypto'
import { fail } from '../errors/overdraft-error.ts'
import { isJsonObject, JsonNumber, parseJson } from '../json/json.ts'

/** How the key is made from the passphrase; part of the authenticated header. */
export interface Header {
  readonly format: 'overdraft-vault'
  readonly version: 1
  readonly derivation: 'scrypt'
  readonly cost: number
  readonly blockSize: number
  readonly parallelism: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  readonly nonce: string
}

/** The vault file. All bytes are base64 but the checksum, which is hex. */
export interface SealedFile {
  readonly header: Header
  /** Tells a wrong passphrase from a damaged file: only the right one derives it. */
  readonly passphraseCheck: string
  readonly sealed: string
  readonly tag: string
}

/** A fixed text for a header, so that the very bytes that were authenticated can be rebuilt. */
export function headerText(header: Header): string {
  const { format, version, derivation, cost, blockSize, parallelism, salt, cipher, nonce } = header
  return JSON.stringify({ format, version, derivation, cost, blockSize, parallelism, salt, cipher, nonce })
}

/** The whole file as text. The checksum is no protection, it only finds accidents without the passphrase. */
export function printSealedFile(file: SealedFile): string {
  const { header, passphraseCheck, sealed, tag } = file
  const parts = `"header":${headerText(header)},\n"body":${JSON.stringify({ passphraseCheck, sealed, tag })}`
  return `{${parts},\n"checksum":"${createHash('sha256').update(parts).digest('hex')}"}\n`
}

/** @throws `vault.damaged`, `vault.newer` */
export function readSealedFile(path: string, text: string): SealedFile {
  const damaged = (reason: string) => fail('vault.damaged', { path, reason })
  const json = parsed(text) ?? damaged('it is not JSON')
  if (!isJsonObject(json) || !isJsonObject(json['header']) || !isJsonObject(json['body'])) return damaged('it has no header or no body')
  const { version, cost, blockSize, parallelism, salt, nonce, format, derivation, cipher } = json['header']
  const { passphraseCheck, sealed, tag } = json['body']
  if (format !== 'overdraft-vault') return damaged('it is not a vault')
  const isKnown = numberOf(version) === 1 && derivation === 'scrypt' && cipher === 'aes-256-gcm'
  if (!isKnown) fail('vault.newer', { path, found: `${version instanceof JsonNumber ? version.text : 'unknown'}` })
  const texts = [salt, nonce, passphraseCheck, sealed, tag]
  if (!texts.every((field) => typeof field === 'string')) return damaged('a field is missing')
  const file: SealedFile = Object.freeze({
    header: Object.freeze({
      format,
      version: 1,
      derivation,
      cost: numberOf(cost),
      blockSize: numberOf(blockSize),
      parallelism: numberOf(parallelism),
      salt: String(salt),
      cipher,
      nonce: String(nonce),
    }),
    passphraseCheck: String(passphraseCheck),
    sealed: String(sealed),
    tag: String(tag),
  })
  // Printed again it must be the same bytes: any change anywhere, blanks and the checksum included, is found.
  if (printSealedFile(file) !== text) return damaged('its checksum does not fit')
  return file
}

function numberOf(value: unknown): number {
  return value instanceof JsonNumber ? Number(value.text) : Number.NaN
}

function parsed(text: string) {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
