import { createHmac, scrypt } from 'node:crypto'
import { fail } from '../errors/overdraft-error.ts'
import type { Secret } from '../errors/secret.ts'
import type { Header } from './sealed-file.ts'

/** scrypt with N = 2^17 takes about a third of a second and 128 MiB: slow for a guesser, bearable for a user. */
export const derivationCost = Object.freeze({ cost: 2 ** 17, blockSize: 8, parallelism: 1 })

const memoryBytesMax = 256 * 1024 * 1024

/** What a passphrase gives: the key that encrypts, and the value that shows the passphrase is the right one. */
export interface DerivedKey {
  readonly encryption: Buffer
  readonly passphraseCheck: string
}

/**
 * @throws `vault.damaged` when the header asks for another derivation than this version knows: a cheaper one would
 * weaken the vault, a dearer one could exhaust the memory
 */
export async function deriveKey(path: string, passphrase: Secret, header: Header): Promise<DerivedKey> {
  const { cost, blockSize, parallelism } = derivationCost
  if (header.cost !== cost || header.blockSize !== blockSize || header.parallelism !== parallelism) {
    fail('vault.damaged', { path, reason: 'its key derivation is not the one of this format' })
  }
  const derived = await new Promise<Buffer>((resolve, reject) => {
    const salt = Buffer.from(header.salt, 'base64')
    const options = { cost, blockSize, parallelization: parallelism, maxmem: memoryBytesMax }
    // The same passphrase typed on another keyboard may be composed differently.
    scrypt(passphrase.reveal().normalize('NFKC'), salt, 64, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
  const passphraseCheck = createHmac('sha256', derived.subarray(32)).update('overdraft-vault passphrase check').digest('base64')
  return Object.freeze({ encryption: derived.subarray(0, 32), passphraseCheck })
}
