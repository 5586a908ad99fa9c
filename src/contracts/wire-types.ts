import { type Decimal, parseDecimal, toText } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { type Json, JsonNumber, jsonInteger, printJson } from '../json/json.ts'
import type { WirePath, WireType } from './wire-type.ts'

const integerRe = /^-?\d+$/
const longestShownReply = 200

/** Throws `contract.wrong-shape`, with the text that came instead. */
export function wrongShape(path: WirePath, expected: string, found: Json | undefined): never {
  const text = found === undefined ? 'absent' : printJson(found)
  return fail('contract.wrong-shape', { path, expected, found: text.slice(0, longestShownReply) })
}

/** Any string, `""` included. */
export const text: WireType<string> = Object.freeze({
  wire: 'string',
  parse: (json: Json, path: WirePath) => (typeof json === 'string' ? json : wrongShape(path, 'a string', json)),
  print: (value: string) => value,
})

/** This very text and no other, as the name of an event is. */
export function constant<Value extends string>(value: Value): WireType<Value> {
  return Object.freeze({
    wire: `"${value}"`,
    parse: (json: Json, path: WirePath) => (json === value ? value : wrongShape(path, `"${value}"`, json)),
    print: () => value,
  })
}

/** A string, or `null` where the value does not apply. */
export const textOrNull: WireType<string | null> = Object.freeze({
  wire: 'string, or null',
  parse: (json: Json, path: WirePath) => (json === null || typeof json === 'string' ? json : wrongShape(path, 'a string or null', json)),
  print: (value: string | null) => value,
})

/** A decimal in a string, kept at the scale it was printed with: `"24.4440"`. */
export const decimalText: WireType<Decimal> = Object.freeze({
  wire: 'string (decimal)',
  parse: (json: Json, path: WirePath) => readDecimalText(json) ?? wrongShape(path, 'a decimal in a string', json),
  print: (value: Decimal) => toText(value),
})

/** A decimal in a string that may be empty, which means the value does not apply: `null`. */
export const decimalTextOrEmpty: WireType<Decimal | null> = Object.freeze({
  wire: 'string (decimal, or empty)',
  parse: (json: Json, path: WirePath) =>
    json === '' ? null : (readDecimalText(json) ?? wrongShape(path, 'a decimal in a string, or an empty string', json)),
  print: (value: Decimal | null) => (value === null ? '' : toText(value)),
})

/** A decimal as a JSON number, never read as a float: `1.10264488`. A string is tolerated. */
export const decimalNumber: WireType<Decimal> = Object.freeze({
  wire: 'number (decimal)',
  parse: (json: Json, path: WirePath) => {
    const found = json instanceof JsonNumber ? parseDecimal(json.text) : readDecimalText(json)
    return found ?? wrongShape(path, 'a decimal number', json)
  },
  print: (value: Decimal) => new JsonNumber(toText(value)),
})

/** An instant as a JSON number of epoch milliseconds. A string of digits is tolerated. */
export const epochMsNumber: WireType<number> = Object.freeze({
  wire: 'number (ms UTC)',
  parse: (json: Json, path: WirePath) => readSafeInteger(json) ?? wrongShape(path, 'epoch milliseconds', json),
  print: (value: number) => jsonInteger(value),
})

/** An instant as a string of epoch milliseconds. A JSON number is tolerated. */
export const epochMsText: WireType<number> = Object.freeze({
  wire: 'string (ms UTC)',
  parse: (json: Json, path: WirePath) => readSafeInteger(json) ?? wrongShape(path, 'epoch milliseconds in a string', json),
  print: (value: number) => value.toString(),
})

/** A small whole number, such as a count of rows. */
export const integerNumber: WireType<number> = Object.freeze({
  wire: 'number (integer)',
  parse: (json: Json, path: WirePath) => readSafeInteger(json) ?? wrongShape(path, 'a whole number', json),
  print: (value: number) => jsonInteger(value),
})

/** An identifier beyond 2^53, as a JSON number. A string is tolerated. */
export const idNumber: WireType<bigint> = Object.freeze({
  wire: 'number (id, up to 19 digits)',
  parse: (json: Json, path: WirePath) => {
    const digits = integerDigits(json)
    return digits === undefined ? wrongShape(path, 'a whole number', json) : BigInt(digits)
  },
  print: (value: bigint) => jsonInteger(value),
})

/** An identifier beyond 2^53 in a string. A JSON number is tolerated. */
export const idText: WireType<bigint> = Object.freeze({
  wire: 'string (id, up to 19 digits)',
  parse: (json: Json, path: WirePath) => {
    const digits = integerDigits(json)
    return digits === undefined ? wrongShape(path, 'a whole number in a string', json) : BigInt(digits)
  },
  print: (value: bigint) => value.toString(),
})

export const truthValue: WireType<boolean> = Object.freeze({
  wire: 'boolean',
  parse: (json: Json, path: WirePath) => (typeof json === 'boolean' ? json : wrongShape(path, 'true or false', json)),
  print: (value: boolean) => value,
})

/** A list of one type, in the order it came. */
export function array<Value, Printed>(item: WireType<Value, Printed>): WireType<readonly Value[], readonly Printed[]> {
  return Object.freeze({
    wire: `array of ${item.wire}`,
    shape: Object.freeze({ kind: 'list', item }),
    parse: (json: Json, path: WirePath) => {
      if (!Array.isArray(json)) return wrongShape(path, 'an array', json)
      return (json as readonly Json[]).map((element, index) => item.parse(element, `${path}[${index}]`))
    },
    print: (value: readonly Value[]) => value.map(item.print),
  })
}

/** Either an array or a single object, as `GET /papi/v1/balance` answers without and with `asset`. */
export function arrayOrSingle<Many, One, PrintedMany, PrintedOne>(
  many: WireType<readonly Many[], PrintedMany>,
  single: WireType<One, PrintedOne>,
): WireType<readonly Many[] | One, PrintedMany | PrintedOne> {
  return Object.freeze({
    wire: `${many.wire}, or ${single.wire}`,
    shape: Object.freeze({ kind: 'either', choices: Object.freeze([many, single]) }),
    parse: (json: Json, path: WirePath): readonly Many[] | One => (Array.isArray(json) ? many.parse(json, path) : single.parse(json, path)),
    print: (value: readonly Many[] | One) => (Array.isArray(value) ? many.print(value as readonly Many[]) : single.print(value as One)),
  })
}

function readDecimalText(json: Json): Decimal | undefined {
  if (typeof json === 'string') return parseDecimal(json)
  return json instanceof JsonNumber ? parseDecimal(json.text) : undefined
}

function integerDigits(json: Json): string | undefined {
  const digits = json instanceof JsonNumber ? json.text : json
  return typeof digits === 'string' && integerRe.test(digits) ? digits : undefined
}

function readSafeInteger(json: Json): number | undefined {
  const digits = integerDigits(json)
  if (digits === undefined) return undefined
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : undefined
}
