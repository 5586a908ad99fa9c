import type { ChargeName, Finding } from './finding.ts'

const fnvOffset = 0xcbf29ce484222325n
const fnvPrime = 0x100000001b3n
const mask = (1n << 64n) - 1n
/** Letters and digits that are not taken for one another when read aloud. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const idLength = 8

/**
 * The id of a finding: eight letters and digits of a hash (FNV-1a) over the charge's name and the verdict, so that the same
 * finding has the same id in every run. Among 10,000 findings two share one about once in 20,000 books; both are shown then.
 *
 * @example findingId({ account: 'main', asset: 'USDT', … }, 'missing') // 'k3v90c1t'
 */
export function findingId(name: ChargeName, verdict: Finding['verdict']): string {
  const { account, asset, instId, marginMode, loanType, at, txId = '' } = name
  let hash = fnvOffset
  for (const byte of new TextEncoder().encode([account, asset, instId, marginMode, loanType, at, txId, verdict].join('\u0000'))) {
    hash = ((hash ^ BigInt(byte)) * fnvPrime) & mask
  }
  // The high bits of FNV are mixed best.
  let rest = hash >> BigInt(64 - idLength * 5)
  let id = ''
  for (let place = 0; place < idLength; place++) {
    id = (alphabet[Number(rest & 31n)] ?? '') + id
    rest >>= 5n
  }
  return id
}
