import { type Decimal, parseDecimal, toText } from '../decimal/decimal.ts'
import type { Lifetime } from './lifetime.ts'

/** How one request parameter travels as text. `parse` gives `undefined` for text that is not of the type. */
export interface ParameterType<Value> {
  /** What a reader is told it should be: `a whole number from 1 to 100`. */
  readonly expects: string
  /** The document's own name of the type: `STRING`, `LONG`, `String`. */
  readonly documented: string
  /** The bounds of a whole number, both included; absent where there are none to speak of. */
  readonly bounds?: { readonly minimum: number; readonly maximum: number }
  /** How it stands in a JSON body, where that is not a string: `true`, not `"true"`. */
  readonly json?: 'boolean'
  // Methods rather than properties, so that a table of types may be held as `ParameterType<unknown>`.
  parse(text: string): Value | undefined
  print(value: Value): string
}

/** One line of a document's parameter table, with its dates where a change log gives them. */
export interface Parameter<Value, Need extends 'mandatory' | 'optional' = 'mandatory' | 'optional'> extends Lifetime {
  readonly need: Need
  readonly type: ParameterType<Value>
  /** What the exchange assumes when it is not sent. */
  readonly default?: Value
  readonly note?: string
}

export type ParameterTable = Readonly<Record<string, Parameter<unknown>>>

type MandatoryNames<Table> = { [Name in keyof Table]: Table[Name] extends Parameter<infer _, 'mandatory'> ? Name : never }[keyof Table]
type ParameterValue<Line> = Line extends Parameter<infer Value, infer _> ? Value : never

/** Parameters the client adds itself while signing. */
export type SigningParameter = 'timestamp' | 'recvWindow'

/** What a caller passes: the parameters by name, without those that signing adds. */
export type ArgumentsOf<Table> = {
  readonly [Name in Exclude<MandatoryNames<Table>, SigningParameter>]: ParameterValue<Table[Name]>
} & {
  readonly [Name in Exclude<keyof Table, MandatoryNames<Table> | SigningParameter>]?: ParameterValue<Table[Name]> | undefined
}

export function mandatory<Value>(type: ParameterType<Value>, note?: string): Parameter<Value, 'mandatory'> {
  return Object.freeze({ need: 'mandatory', type, ...(note === undefined ? {} : { note }) })
}

export function optional<Value>(type: ParameterType<Value>, note?: string): Parameter<Value, 'optional'> {
  return Object.freeze({ need: 'optional', type, ...(note === undefined ? {} : { note }) })
}

/** A line whose value is known even when it is not sent. */
export type ParameterWithDefault<Value> = Parameter<Value, 'optional'> & { readonly default: Value }

export function withDefault<Value>(type: ParameterType<Value>, value: Value, note?: string): ParameterWithDefault<Value> {
  return Object.freeze({ need: 'optional', type, default: value, ...(note === undefined ? {} : { note }) })
}

/** The line with the dates between which the exchange knows the parameter. @example lasting(optional(word('STRING')), { since: 0 }) */
export function lasting<Line extends Parameter<unknown>>(line: Line, { since, until }: Lifetime): Line {
  return Object.freeze({ ...line, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) })
}

const digitsRe = /^\d{1,19}$/
const signedDecimalRe = /^-?\d{1,20}(?:\.\d{1,20})?$/
// Neither a sign nor an exponent: an amount is written out on both wires.
const plainDecimalRe = /^\d+(?:\.\d+)?$/

/** A name such as `USDT`; any text that is not empty. */
export function word(documented: string): ParameterType<string> {
  return Object.freeze({
    expects: 'text that is not empty',
    documented,
    parse: (text: string) => (text === '' ? undefined : text),
    print: (value: string) => value,
  })
}

/** A whole number within bounds, both included. */
export function integer(minimum: number, maximum: number, documented: string): ParameterType<number> {
  return Object.freeze({
    expects: `a whole number from ${minimum} to ${maximum}`,
    documented,
    bounds: Object.freeze({ minimum, maximum }),
    parse: (text: string) => {
      const value = wholeNumber(text)
      return value !== undefined && value >= minimum && value <= maximum ? value : undefined
    },
    print: (value: number) => value.toString(),
  })
}

/** An instant in epoch milliseconds UTC. */
export function epochMs(documented: string): ParameterType<number> {
  return Object.freeze({
    expects: 'epoch milliseconds UTC',
    documented,
    parse: wholeNumber,
    print: (value: number) => value.toString(),
  })
}

function wholeNumber(text: string): number | undefined {
  const value = digitsRe.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}

/** An identifier of up to 19 digits, beyond 2^53. */
export function identifier(documented: string): ParameterType<bigint> {
  return Object.freeze({
    expects: 'a whole number of up to 19 digits',
    documented,
    parse: (text: string) => (digitsRe.test(text) ? BigInt(text) : undefined),
    print: (value: bigint) => value.toString(),
  })
}

/** An exact amount above zero, never a float. */
export function positiveDecimal(documented: string): ParameterType<Decimal> {
  return Object.freeze({
    expects: 'a decimal above zero',
    documented,
    parse: (text: string) => {
      const value = plainDecimalRe.test(text) ? parseDecimal(text) : undefined
      return value !== undefined && value.mantissa > 0n ? value : undefined
    },
    print: (value: Decimal) => toText(value),
  })
}

/** `true` or `false`; a JSON boolean in a JSON body. */
export function truth(documented: string): ParameterType<boolean> {
  return Object.freeze({
    expects: 'true or false',
    documented,
    json: 'boolean',
    parse: (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined),
    // Text from a caller without types is no boolean, though it would print as one.
    print: (value: boolean) => (typeof value === 'boolean' ? String(value) : ''),
  })
}

/** One of a documented list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words, documented: string): ParameterType<Words[number]> {
  return Object.freeze({
    expects: `one of ${words.join(', ')}`,
    documented,
    parse: (text: string) => words.find((known) => known === text),
    print: (value: Words[number]) => value,
  })
}

/**
 * A decimal number of any sign, without an exponent, kept exact. Whether it has to be above zero, and how fine it may
 * be, is for the endpoint to say: Binance has codes of their own for both (facts A2.2).
 */
export function signedDecimal(documented: string): ParameterType<Decimal> {
  return Object.freeze({
    expects: 'a decimal number',
    documented,
    parse: (text: string) => (signedDecimalRe.test(text) ? parseDecimal(text) : undefined),
    print: (value: Decimal) => toText(value),
  })
}

/** Several names, separated by commas; none of them empty. */
export function wordList(documented: string): ParameterType<readonly string[]> {
  return Object.freeze({
    expects: 'names separated by commas',
    documented,
    parse: (text: string) => {
      const words = text.split(',')
      return words.includes('') ? undefined : words
    },
    print: (value: readonly string[]) => value.join(','),
  })
}
