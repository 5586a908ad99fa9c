import { hash } from 'node:crypto'

/**
 * Tells one API key from another without telling the key: 12 hexadecimal digits of its SHA-256.
 *
 * @example keyIdOf('key-1') === keyIdOf('key-1') // true
 */
export function keyIdOf(apiKey: string): string {
  return hash('sha256', apiKey, 'hex').slice(0, 12)
}
