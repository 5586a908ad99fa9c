import type { RowHash } from './row-hash.ts'

const minus = '-'.charCodeAt(0)
const digit0 = '0'.charCodeAt(0)
const digit9 = '9'.charCodeAt(0)
/** So many digits are read into one number, and as many more at most into another. */
const upperDigits = 10
/** Together with these: no whole number of 64 bits has more. */
const longDigits = 19
const exactDigits = 15
const half = 2 ** 32
const quarter = 2 ** 16
const powers = Array.from({ length: longDigits - upperDigits + 1 }, (_, digits) => 10 ** digits)

/**
 * Hashes what stands before a mark as the integer it is, like `RowHash.whole` and `long`; nothing as `nothing`; and by its text
 * what is no integer of 64 bits, or is not printed as databases print one.
 * @returns where the mark is
 */
export function foldInteger(hash: RowHash, bytes: Uint8Array, begin: number, mark: number, otherMark = mark): number {
  let position = begin
  let code = bytes[position] as number
  if (code === mark || code === otherMark || position >= bytes.length) {
    hash.nothing()
    return position
  }
  const isNegative = code === minus
  if (isNegative) code = bytes[++position] as number
  const first = position
  const lead = code
  let upper = 0
  const upperEnd = first + upperDigits
  for (; code >= digit0 && code <= digit9 && position < upperEnd; code = bytes[++position] as number) upper = upper * 10 + code - digit0
  let lower = 0
  const lowerAt = position
  const lowerEnd = first + longDigits
  for (; code >= digit0 && code <= digit9 && position < lowerEnd; code = bytes[++position] as number) lower = lower * 10 + code - digit0
  const digits = position - first
  const isOver = code === mark || code === otherMark || position >= bytes.length
  if (isOver && digits > 0 && (lead !== digit0 || (digits === 1 && !isNegative))) {
    const power = powers[position - lowerAt] as number
    if (digits <= exactDigits) {
      const value = upper * power + lower
      hash.whole(isNegative ? -value : value)
      return position
    }
    if (foldLong(hash, isNegative, upper, power, lower)) return position
  }
  while (position < bytes.length && bytes[position] !== mark && bytes[position] !== otherMark) position++
  hash.bytes(bytes, begin, position)
  return position
}

/** `upper * power + lower` in halves of 32 bits, each step exact. Gives whether it has no more than 64 bits. */
function foldLong(hash: RowHash, isNegative: boolean, upper: number, power: number, lower: number): boolean {
  const upperHigh = Math.floor(upper / quarter)
  const shifted = upperHigh * power
  const below = (shifted % quarter) * quarter + (upper - upperHigh * quarter) * power + lower
  const carry = Math.floor(below / half)
  const low = below - carry * half
  const high = Math.floor(shifted / quarter) + carry
  // The least of 64 bits has a magnitude one more than the greatest.
  if (high >= half / 2 && !(isNegative && high === half / 2 && low === 0)) return false
  hash.halves(isNegative ? -low | 0 : low | 0, isNegative ? (-high - (low === 0 ? 0 : 1)) | 0 : high | 0)
  return true
}
