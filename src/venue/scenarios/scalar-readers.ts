import type { Exchange } from '../../contracts/contract.ts'
import { compare, isNegative, isZero, negate } from '../../decimal/arithmetic.ts'
import { type Decimal, decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { readInstant } from '../../time/instant.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../time/units.ts'
import { largestAmount } from '../engine/amount.ts'
import { type Reader, scalarText, shouldBe } from './readers.ts'
import { fault, placeOf } from './reading.ts'
import type { LaterMoment, Moment } from './scenario-data.ts'

const labelRe = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/
const assetRe = /^[A-Z0-9]{2,20}$/
const instIdRe = /^[A-Z0-9]{2,20}(?:-[A-Z0-9]{1,20}){1,4}$/
const plainDecimalRe = /^-?\d{1,30}(?:\.\d{1,18})?$/
const countRe = /^\d{1,9}$/
const wholeRe = /^-?\d{1,15}$/
const shareRe = /^[01](?:\.\d{1,15})?$/
const spanRe = /^(?=\d)(?:(\d{1,6})d)? ?(?:(\d{1,2}):(\d{2})(?::(\d{2}))?|(?:(\d{1,6})h)? ?(?:(\d{1,6})m)? ?(?:(\d{1,6})s)?)$/

/** Text that a rule allows. */
export function matching(rule: RegExp, expected: string): Reader<string> {
  return (spot) => {
    const text = scalarText(spot)
    return text !== undefined && rule.test(text) ? { value: text } : shouldBe(spot, expected)
  }
}

/** As `matching`, for secrets: what stands there is not repeated. */
export function unquoted(rule: RegExp, expected: string): Reader<string> {
  return (spot) => {
    const text = scalarText(spot)
    return text !== undefined && rule.test(text) ? { value: text } : fault(spot, `should be ${expected}`)
  }
}

export const anyText = matching(/^.{0,2000}$/s, 'text of at most 2000 characters')
export const shortText = matching(/^.{1,200}$/s, 'text of 1 to 200 characters')
export const labelText = matching(labelRe, 'a label of at most 32 letters, digits, "-" or "_", such as main')
export const assetText = matching(assetRe, 'an asset in capital letters, such as USDT')
export const instIdText = matching(instIdRe, 'an instrument, such as BTC-USDT')

/** An API key as its exchange writes them. */
export const apiKeyText: Readonly<Record<Exchange, Reader<string>>> = {
  binance: matching(/^[A-Za-z0-9]{64}$/, '64 letters and digits'),
  okx: matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a key such as 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'),
}

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Reader<Word> {
  return (spot) => {
    const text = scalarText(spot)
    const word = words.find((known) => known === text)
    return word === undefined ? shouldBe(spot, words.length === 1 ? `"${words[0]}"` : `one of: ${words.join(', ')}`) : { value: word }
  }
}

/** Yes or no, as YAML writes it. */
export const trueOrFalse: Reader<boolean> = (spot) => {
  const text = scalarText(spot)
  return text === 'true' || text === 'false' ? { value: text === 'true' } : shouldBe(spot, 'true or false')
}

/** A whole number within bounds, which may lie below 0. */
export function wholeBetween(minimum: number, maximum: number): Reader<number> {
  return (spot) => {
    const text = scalarText(spot) ?? ''
    const value = wholeRe.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? { value } : shouldBe(spot, `a whole number from ${minimum} to ${maximum}`)
  }
}

/** A share from 0 to 1. It is no money, so a float will do. */
export const share: Reader<number> = (spot) => {
  const text = scalarText(spot) ?? ''
  const value = shareRe.test(text) ? Number(text) : Number.NaN
  return value <= 1 ? { value } : shouldBe(spot, 'a number from 0 to 1')
}

/** A whole number from 0 to `maximum`. */
export function count(maximum: number): Reader<number> {
  return (spot) => {
    const text = scalarText(spot)
    const value = text !== undefined && countRe.test(text) ? Number(text) : Number.NaN
    return value <= maximum ? { value } : shouldBe(spot, `a whole number from 0 to ${maximum}`)
  }
}

/** What a decimal must be; `decimalsMax` follows the exchange. */
export interface DecimalRule {
  readonly sign: 'any' | 'positive' | 'not-negative' | 'not-zero'
  readonly decimalsMax: number
  readonly atMost?: Decimal
}

const signWords = { any: 'a', positive: 'a positive', 'not-negative': 'a non-negative', 'not-zero': 'a non-zero' } as const

export function decimalText(rule: DecimalRule): Reader<Decimal> {
  const limit = rule.atMost === undefined ? '' : ` and not above ${rule.atMost.mantissa}`
  const expected = `${signWords[rule.sign]} decimal with at most ${rule.decimalsMax} decimals${limit}`
  return (spot) => {
    const text = scalarText(spot)
    if (text === undefined || !plainDecimalRe.test(text)) return shouldBe(spot, expected)
    const value = decimal(text)
    // Told here, by its place: what the market is told has none any more when the engine refuses it.
    if (compare(isNegative(value) ? negate(value) : value, largestAmount) > 0)
      return shouldBe(spot, `no more than ${toText(largestAmount)}`)
    return isAllowed(value, rule) ? { value } : shouldBe(spot, expected)
  }
}

function isAllowed(value: Decimal, { sign, decimalsMax, atMost }: DecimalRule): boolean {
  if (value.scale > decimalsMax || (atMost !== undefined && compare(value, atMost) > 0)) return false
  if (sign === 'positive') return !isNegative(value) && !isZero(value)
  if (sign === 'not-zero') return !isZero(value)
  return sign === 'any' || !isNegative(value)
}

export const one: Decimal = decimalOf(1n)

/** Milliseconds of `3d 07:30`, `8h`, `1h 30m`, `45s`; `undefined` for anything else. */
function spanMs(text: string): number | undefined {
  const match = spanRe.exec(text)
  if (match === null) return undefined
  const [, days = '0', clockHours, clockMinutes = '0', clockSeconds = '0', hours = '0', minutes = '0', seconds = '0'] = match
  if (clockHours !== undefined && (Number(clockHours) > 23 || Number(clockMinutes) > 59 || Number(clockSeconds) > 59)) return undefined
  const whole = Number(days) * dayMs
  const part =
    clockHours === undefined
      ? Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * secondMs
      : Number(clockHours) * hourMs + Number(clockMinutes) * minuteMs + Number(clockSeconds) * secondMs
  return whole + part
}

/** A span of time longer than nothing, in milliseconds. */
export const duration: Reader<number> = (spot) => {
  const value = spanMs(scalarText(spot) ?? '') ?? 0
  return value > 0 ? { value } : shouldBe(spot, 'a span of time, such as 8h, 1d or 1d 07:30')
}

/** An instant: so long before the end (`-3d 07:30`), the end itself (`end`), or a fixed one in UTC. */
export const moment: Reader<Moment> = (spot) => {
  const text = scalarText(spot) ?? ''
  const place = placeOf(spot)
  if (text === 'end') return { value: Object.freeze({ kind: 'before-end', ms: 0, place }) }
  if (text.startsWith('+')) return shouldBe(spot, 'an instant not after the end, such as -3d 07:30')
  const ms = text.startsWith('-') ? spanMs(text.slice(1)) : undefined
  if (ms !== undefined) return { value: Object.freeze({ kind: 'before-end', ms, place }) }
  const at = absolute(text)
  if (at !== undefined) return { value: Object.freeze({ kind: 'absolute', at, place }) }
  return shouldBe(spot, 'an instant: before the end (-400d, -3d 07:30, -90m), end, or in UTC (2026-01-31T08:00:00Z)')
}

/** An instant at which somebody calls: so long after the end of the scenario (`+90m`), the end itself, or a fixed one in UTC. */
export const laterMoment: Reader<LaterMoment> = (spot) => {
  const text = scalarText(spot) ?? ''
  const ms = text === 'end' ? 0 : text.startsWith('+') ? spanMs(text.slice(1)) : undefined
  if (ms !== undefined) return { value: Object.freeze({ kind: 'after-end', ms, place: placeOf(spot) }) }
  const at = absolute(text)
  if (at !== undefined) return { value: Object.freeze({ kind: 'absolute', at, place: placeOf(spot) }) }
  return shouldBe(spot, 'an instant: after the end (+90m, +1d 07:30), end, or in UTC (2026-01-31T08:00:00Z)')
}

function absolute(text: string): number | undefined {
  // Epoch milliseconds are left out on purpose: a bare number in a scenario is far likelier a forgotten unit.
  if (!text.includes('-') || text.startsWith('-')) return undefined
  return readInstant(text)
}
