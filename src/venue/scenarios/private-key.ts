import { createPrivateKey, createPublicKey } from 'node:crypto'

const skippedLineRe = /^\s*(?:#.*)?$/
/** RFC 8410: what stands before the 32 bytes of an Ed25519 seed in PKCS#8. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function pemOf(text: string): string {
  if (text.includes('-----BEGIN')) return text
  const body = text.split(/\r?\n/).filter((line) => !skippedLineRe.test(line))
  return `-----BEGIN PRIVATE KEY-----\n${body.join('\n')}\n-----END PRIVATE KEY-----\n`
}

/**
 * The private key in the text of a key file as PKCS#8 PEM: PEM itself, or its base64 body between `#` comments.
 * `undefined` when there is no such key in it.
 */
export function privateKeyIn(text: string, type: 'rsa' | 'ed25519'): string | undefined {
  try {
    const key = createPrivateKey(pemOf(text))
    return key.asymmetricKeyType === type ? key.export({ type: 'pkcs8', format: 'pem' }).toString() : undefined
  } catch {
    return undefined
  }
}

/** The Ed25519 private key of a seed of 32 bytes, as PKCS#8 PEM. */
export function ed25519FromSeed(seed: Uint8Array): string {
  const der = Buffer.concat([ed25519Prefix, seed])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The public half, as SPKI PEM. */
export function publicKeyOf(privateKeyPem: string): string {
  return createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString()
}
