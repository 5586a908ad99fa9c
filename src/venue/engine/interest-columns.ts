import { type Decimal, powerOfTen } from '../../decimal/decimal.ts'
import { interestOn, type PeriodsPerDay } from '../../rules/interest.ts'
import { type AmountVector, amountUnit } from './amount-vector.ts'

/** So many rows are computed by one call of the inner loop, and between two pieces of a boundary. */
export const chunkRows = 4_096
const scaleMax = 16
const fitsMax = 2n ** 63n - 1n
/** As literals, which the compiler keeps in registers. */
const oneUnit = 10_000_000_000_000_000n
const allInOne = 9_220_000_000_000_000_000n
const unitsSafe = 4_000_000_000_000_000_000n

/**
 * The rates of a boundary made ready for integers of 64 bits, by number. Interest is
 * `ceil(principal x mantissa / (periods x 10^scale))`; with `principal = q x 10^scale + r` and `q = d x periods + e` that is
 * `d x mantissa + ceil((e x mantissa x 10^scale + r x mantissa) / (periods x 10^scale))`, where every product fits as long
 * as the principal stays within the limits kept here.
 */
export class RateColumns {
  readonly periods: bigint
  readonly rates: readonly Decimal[]
  readonly #mantissas: BigInt64Array
  readonly #powers: BigInt64Array
  readonly #unitPowers: BigInt64Array
  /** Above these, in whole units and in the lower part, a principal takes the way without limits; -1 when every one does. */
  readonly #unitLimits: BigInt64Array
  readonly #wholeLimits: BigInt64Array

  constructor(rates: readonly Decimal[], periodsPerDay: PeriodsPerDay) {
    this.rates = rates
    this.periods = periodsPerDay
    this.#mantissas = new BigInt64Array(rates.length)
    this.#powers = new BigInt64Array(rates.length)
    this.#unitPowers = new BigInt64Array(rates.length)
    this.#unitLimits = new BigInt64Array(rates.length).fill(-1n)
    this.#wholeLimits = new BigInt64Array(rates.length)
    for (const [slot, rate] of rates.entries()) this.#prepare(slot, rate)
  }

  /** Puts the interest on principals `[from, to)` into `interests`, whose lower column has been cleared of upper parts. */
  charge(principals: AmountVector, slots: Uint32Array, interests: AmountVector, from: number, to: number): void {
    const { low } = principals.columns
    const others = new Uint32Array(chunkRows)
    const units = principals.unitsColumn
    for (let first = from; first < to; first += chunkRows) {
      const end = Math.min(first + chunkRows, to)
      const count = chargeChunk(
        first,
        end,
        low,
        units,
        slots,
        this.#mantissas,
        this.#powers,
        this.#unitPowers,
        this.#unitLimits,
        this.#wholeLimits,
        this.periods,
        interests.columns.low,
        others,
      )
      for (let place = 0; place < count; place++) this.#chargePlainly(principals, slots, interests, others[place] ?? 0)
    }
  }

  #chargePlainly(principals: AmountVector, slots: Uint32Array, interests: AmountVector, row: number): void {
    const rate = this.rates[slots[row] ?? 0]
    if (rate !== undefined) interests.set(row, interestOn(principals.get(row), rate, this.periods as PeriodsPerDay))
  }

  #prepare(slot: number, { mantissa, scale }: Decimal): void {
    if (scale > scaleMax || mantissa <= 0n) return
    const power = powerOfTen(scale)
    // e x mantissa x 10^scale + r x mantissa + (periods x 10^scale - 1) stays below this.
    if ((this.periods + 1n) * mantissa * power + this.periods * power > fitsMax) return
    // The interest has to stand in the lower column alone, and q has to fit.
    const largestWhole = (921n * amountUnit * this.periods) / mantissa - this.periods
    const unitPower = powerOfTen(scaleMax - scale)
    const unitLimit = (largestWhole < fitsMax / 2n ? largestWhole : fitsMax / 2n) / unitPower
    this.#mantissas[slot] = mantissa
    this.#powers[slot] = power
    this.#unitPowers[slot] = unitPower
    this.#unitLimits[slot] = unitLimit
    this.#wholeLimits[slot] = largestWhole < fitsMax ? largestWhole : fitsMax
  }
}

/** All in 64 bits; @returns how many rows of `others` it left to be computed without limits. */
function chargeChunk(
  from: number,
  to: number,
  low: BigInt64Array,
  units: BigInt64Array,
  slots: Uint32Array,
  mantissas: BigInt64Array,
  powers: BigInt64Array,
  unitPowers: BigInt64Array,
  unitLimits: BigInt64Array,
  wholeLimits: BigInt64Array,
  periods: bigint,
  interests: BigInt64Array,
  others: Uint32Array,
): number {
  let left = 0
  for (let row = from; row < to; row++) {
    const slot = slots[row] as number
    const unit = units[row] as bigint
    if (unit > (unitLimits[slot] as bigint)) {
      others[left++] = row
      continue
    }
    const power = powers[slot] as bigint
    const mantissa = mantissas[slot] as bigint
    const part = low[row] as bigint
    const fromPart = BigInt.asIntN(64, part / power)
    const rest = BigInt.asIntN(64, part - BigInt.asIntN(64, fromPart * power))
    const whole = BigInt.asIntN(64, BigInt.asIntN(64, unit * (unitPowers[slot] as bigint)) + fromPart)
    if (whole > (wholeLimits[slot] as bigint)) {
      others[left++] = row
      continue
    }
    const days = BigInt.asIntN(64, whole / periods)
    const over = BigInt.asIntN(64, whole - BigInt.asIntN(64, days * periods))
    const divisor = BigInt.asIntN(64, periods * power)
    const remainder = BigInt.asIntN(64, BigInt.asIntN(64, BigInt.asIntN(64, over * power) + rest) * mantissa)
    const ceiling = BigInt.asIntN(64, BigInt.asIntN(64, remainder + BigInt.asIntN(64, divisor - 1n)) / divisor)
    interests[row] = BigInt.asIntN(64, BigInt.asIntN(64, days * mantissa) + ceiling)
  }
  return left
}

/** Adds `[from, to)` of one column of amounts to another, all of them zero or positive. */
export function addColumns(target: AmountVector, added: AmountVector, from: number, to: number): void {
  const isPlain = added.columns.units !== undefined
  for (let first = from; first < to; first += chunkRows) {
    const end = Math.min(first + chunkRows, to)
    if (isPlain) for (let row = first; row < end; row++) target.set(row, target.get(row) + added.get(row))
    else addChunk(target, target.columns.low, target.unitsColumn, added.columns.low, first, end)
  }
}

function addChunk(target: AmountVector, low: BigInt64Array, units: BigInt64Array, added: BigInt64Array, from: number, to: number): void {
  for (let row = from; row < to; row++) {
    const before = low[row] as bigint
    const sum = BigInt.asIntN(64, before + (added[row] as bigint))
    const unit = units[row] as bigint
    // Two parts below 922 units each may pass 63 bits, and are below zero then; below 922 units one column holds all.
    if (unit > unitsSafe) target.set(row, target.get(row) + (added[row] as bigint))
    else if (sum >= 0n && (sum < oneUnit || (unit === 0n && sum < allInOne))) low[row] = sum
    else carry(low, units, row, sum)
  }
}

function carry(low: BigInt64Array, units: BigInt64Array, row: number, sum: bigint): void {
  const whole = BigInt.asUintN(64, sum)
  units[row] = (units[row] as bigint) + whole / oneUnit
  low[row] = whole % oneUnit
}
