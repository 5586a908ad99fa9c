import type { Book } from '../book/book-interface.ts'
import type { Charge, MarginCharge } from '../book/record.ts'
import { equals } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen } from '../decimal/decimal.ts'
import { interestOn, type PeriodsPerDay } from '../rules/interest.ts'
import { ledgerScale } from '../rules/ledger-scale.ts'
import type { Interval } from '../time/interval.ts'
import { byInstant } from './by-instant.ts'

/** One known change of the unpaid interest of an asset. */
export interface UnpaidRow {
  readonly at: number
  readonly asset: string
  readonly kind: 'charge' | 'twin' | 'loan-charge' | 'repaid'
  /** Signed, at the scale of Binance's ledger: above zero it makes more unpaid. */
  readonly units: bigint
  /** Whether these are all digits there are, and of this asset. */
  readonly isExact: boolean
}

const scale = ledgerScale('binance')

/** At the scale of Binance's ledger; `undefined` where a value has more digits. */
export function unpaidUnits({ mantissa, scale: digits }: Decimal): bigint | undefined {
  if (digits <= scale) return mantissa * powerOfTen(scale - digits)
  const shift = powerOfTen(digits - scale)
  return mantissa % shift === 0n ? mantissa / shift : undefined
}

export function unpaidAmount(units: bigint): Decimal {
  return decimalOf(units, scale)
}

/**
 * Everything known that changes the unpaid interest of cross margin, oldest first, by instant: charges on negative balances
 * (A4.2), by whichever history tells of them, charges on margin loans, and what repayments paid of both (A5).
 */
export async function* unpaidRows(book: Book, account: string, within: Interval): AsyncGenerator<readonly UnpaidRow[]> {
  for await (const rows of byInstant([charged(book, account, within), margin(book, account, within), repaid(book, account, within)])) {
    const told = new Set(rows.flatMap(({ kind, asset }) => (kind === 'charge' ? [asset] : [])))
    yield rows.filter(({ kind, asset }) => kind !== 'twin' || !told.has(asset))
  }
}

async function* charged(book: Book, account: string, within: Interval): AsyncGenerator<UnpaidRow> {
  for await (const charge of book.charges({ accounts: [account], within, order: 'oldest-first' })) yield rowOf('charge', charge, 1n)
}

async function* margin(book: Book, account: string, within: Interval): AsyncGenerator<UnpaidRow> {
  for await (const charge of book.marginCharges({ account, within, order: 'oldest-first' })) {
    if (charge.type === 'PORTFOLIO') yield rowOf('twin', charge, 1n)
    else if (charge.type === 'PERIODIC' || charge.type === 'ON_BORROW') yield rowOf('loan-charge', charge, 24n)
    else {
      // Whether interest that is paid in another asset stands unpaid in that one is not documented.
      const { at, asset, rawAsset } = charge
      for (const of of new Set([asset, rawAsset])) yield { at, asset: of, kind: 'loan-charge', units: 0n, isExact: false }
    }
  }
}

async function* repaid(book: Book, account: string, within: Interval): AsyncGenerator<UnpaidRow> {
  for await (const { count, at, names, nameOf, interest } of book.movementBatches({ account, within, streams: ['margin-repayments'] })) {
    for (let place = 0; place < count; place++) {
      const paid = interest.get(place)
      const units = paid === undefined ? 0n : unpaidUnits(paid)
      const asset = names[nameOf[place] ?? 0]?.asset ?? ''
      if (units !== 0n) yield { at: at[place] ?? 0, asset, kind: 'repaid', units: -(units ?? 0n), isExact: units !== undefined }
    }
  }
}

/** A row that shows fewer digits than were charged adds up to nothing that could be held against a balance. */
function rowOf(
  kind: UnpaidRow['kind'],
  { at, asset, principal, rate, interest }: Charge | MarginCharge,
  periods: PeriodsPerDay,
): UnpaidRow {
  const [units, owed] = [unpaidUnits(interest), unpaidUnits(principal)]
  const isExact = owed !== undefined && equals(unpaidAmount(interestOn(owed, rate, periods)), interest)
  return { at, asset, kind, units: units ?? 0n, isExact: isExact && units !== undefined }
}
