import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

const keptKeysMax = 256

/**
 * Parsing a PEM costs as much as checking a signature, and a venue checks every request with the same few keys:
 * the parsed keys are kept, the oldest making room when there are too many.
 */
function keeping(parse: (pem: string) => KeyObject): (pem: string) => KeyObject | undefined {
  const kept = new Map<string, KeyObject | undefined>()
  return (pem) => {
    if (kept.has(pem)) return kept.get(pem)
    const key = parsed(parse, pem)
    const oldest = kept.size < keptKeysMax ? undefined : kept.keys().next().value
    if (oldest !== undefined) kept.delete(oldest)
    kept.set(pem, key)
    return key
  }
}

function parsed(parse: (pem: string) => KeyObject, pem: string): KeyObject | undefined {
  try {
    return parse(pem)
  } catch {
    return undefined
  }
}

/** The private key in a PEM (PKCS#8), or `undefined` when the text is none. */
export const privateKeyOf = keeping(createPrivateKey)

/** The public key in a PEM, also that of a private key's PEM, or `undefined` when the text is none. */
export const publicKeyOf = keeping(createPublicKey)
