import { multiply, strip } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'

/** An amount as tables show it: exact, without trailing zeros. */
export function shownAmount(amount: Decimal | undefined): string {
  return amount === undefined ? 'unknown' : toText(strip(amount))
}

/** A rate as a percentage: `0.01164 %`. */
export function shownPercent(rate: Decimal | undefined): string {
  return rate === undefined ? 'unknown' : `${toText(strip(multiply(rate, decimalOf(100n))))} %`
}

export function exportedAmount(amount: Decimal | null | undefined): string | null {
  return amount === undefined || amount === null ? null : toText(amount)
}

export function exportedInstant(instant: number | undefined): string | null {
  return instant === undefined ? null : isoInstant(instant)
}

/** An instant for people, in UTC: `2026-01-31 08:00`, with seconds only where there are any. */
export function shownInstant(instant: number): string {
  const iso = isoInstant(instant)
  const seconds = iso.slice(17, 19)
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`
}

/** The time of day of an instant in UTC: `08:00`. */
export function shownTime(instant: number): string {
  return isoInstant(instant).slice(11, 16)
}
