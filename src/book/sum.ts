import { powerOfTen } from '../decimal/decimal.ts'

/** Charges and their interest while they are added up, without an object per charge. */
export interface Sum {
  charges: number
  mantissa: bigint
  scale: number
}

export function addTo(sum: Sum, charges: number, mantissa: bigint, scale: number): void {
  sum.charges += charges
  if (scale > sum.scale) {
    sum.mantissa = sum.mantissa * powerOfTen(scale - sum.scale) + mantissa
    sum.scale = scale
  } else {
    sum.mantissa += scale === sum.scale ? mantissa : mantissa * powerOfTen(sum.scale - scale)
  }
}

/** Adds to the sum under a key, which begins as `empty`. */
export function addUnder<Key, Kept extends Sum>(sums: Map<Key, Kept>, key: Key, empty: () => Kept, part: Sum): void {
  let sum = sums.get(key)
  if (sum === undefined) {
    sum = empty()
    sums.set(key, sum)
  }
  addTo(sum, part.charges, part.mantissa, part.scale)
}
