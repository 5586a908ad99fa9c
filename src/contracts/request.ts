import { fail } from '../errors/overdraft-error.ts'
import type { ArgumentsFor, Endpoint } from './contract.ts'
import type { Parameter, ParameterTable, ParameterType } from './parameter.ts'

const integerRe = /^-?\d+$/
// The client adds these itself, with the clock at hand.
const addedBySigning: ReadonlySet<string> = new Set(['timestamp', 'recvWindow'])

/**
 * The arguments of a call as they travel, in the order of the contract's table; what is `undefined` is not sent, and
 * what signing adds (`timestamp`, `recvWindow`) need not be given.
 *
 * @example printArguments(interestHistory, { asset: 'USDT', size: 100 }) // [['asset', 'USDT'], ['size', '100']]
 * @throws `contract.parameter-missing`, `contract.parameter-malformed`, `contract.parameter-unknown`
 */
export function printArguments<Stated extends Endpoint>(endpoint: Stated, args: ArgumentsFor<Stated>): [name: string, text: string][] {
  const { parameters, name: endpointName } = endpoint
  const given = args as Readonly<Record<string, unknown>>
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters, name)) {
      fail('contract.parameter-unknown', { endpoint: endpointName, parameter: name, known: argumentNames(parameters) })
    }
  }
  const printed: [string, string][] = []
  for (const [name, line] of Object.entries(parameters)) {
    const value = given[name]
    if (value !== undefined) {
      const text = printedText(line.type, value)
      if (text === undefined) {
        fail('contract.parameter-malformed', { endpoint: endpointName, parameter: name, value, expected: line.type.expects })
      }
      printed.push([name, text])
    } else if (line.need === 'mandatory' && !addedBySigning.has(name)) {
      fail('contract.parameter-missing', { endpoint: endpointName, parameter: name })
    }
  }
  return printed
}

function argumentNames(parameters: ParameterTable): string[] {
  return Object.keys(parameters).filter((name) => !addedBySigning.has(name))
}

/** `undefined` when the value is not of the type: what is sent must be what the exchange would read. */
function printedText(type: ParameterType<unknown>, value: unknown): string | undefined {
  try {
    const text: unknown = type.print(value)
    return typeof text === 'string' && type.parse(text) !== undefined ? text : undefined
  } catch {
    // A value of another type, from a caller without types.
    return undefined
  }
}

/** What is wrong with a request's parameters, so that a venue can say it in its exchange's words. */
export type ParameterFault =
  | { readonly kind: 'missing'; readonly parameter: string }
  | { readonly kind: 'duplicate'; readonly parameter: string }
  | { readonly kind: 'unknown'; readonly parameter: string }
  /** Also an empty value: `text` is `''` then. */
  | { readonly kind: 'malformed'; readonly parameter: string; readonly text: string }
  /** A whole number beyond the bounds of the table. */
  | { readonly kind: 'out-of-range'; readonly parameter: string; readonly text: string }

type KnownNames<Table> = {
  [Name in keyof Table]: Table[Name] extends Parameter<infer _, 'mandatory'> | { readonly default: unknown } ? Name : never
}[keyof Table]
type ValueAt<Line> = Line extends Parameter<infer Value, infer _> ? Value : never

/** Every parameter of a table as a value: the mandatory ones and those with a default always, the others when sent. */
export type ParameterValues<Table> = {
  readonly [Name in KnownNames<Table>]: ValueAt<Table[Name]>
} & {
  readonly [Name in Exclude<keyof Table, KnownNames<Table>>]?: ValueAt<Table[Name]> | undefined
}

export type ValuesFor<Stated> = Stated extends Endpoint<infer Table, infer _> ? ParameterValues<Table> : never

/** Name and percent-decoded text, without the signature. */
export type ParameterPairs = Iterable<SentPair>
type SentPair = readonly [name: string, text: string]

const keptLines = new WeakMap<ParameterTable, readonly [name: string, line: Parameter<unknown>][]>()

/** A table's lines in their order, listed once: every request is read by one. */
function linesOf(table: ParameterTable): readonly [name: string, line: Parameter<unknown>][] {
  const known = keptLines.get(table)
  if (known !== undefined) return known
  const lines = Object.entries(table)
  keptLines.set(table, lines)
  return lines
}

/**
 * Every fault of a request's parameters, in the order in which an exchange is taken to look: mandatory ones that are
 * missing (in the table's order), duplicates, unknown names, then the values.
 */
export function parameterFaults(endpoint: Endpoint, pairs: ParameterPairs): readonly ParameterFault[] {
  const texts = new Map<string, string>()
  const duplicates = new Set<string>()
  for (const [name, text] of pairs) {
    if (texts.has(name)) duplicates.add(name)
    else texts.set(name, text)
  }
  const faults: ParameterFault[] = []
  for (const [parameter, { need }] of linesOf(endpoint.parameters)) {
    if (need === 'mandatory' && !texts.has(parameter)) faults.push({ kind: 'missing', parameter })
  }
  for (const parameter of duplicates) faults.push({ kind: 'duplicate', parameter })
  for (const parameter of texts.keys()) {
    if (!Object.hasOwn(endpoint.parameters, parameter)) faults.push({ kind: 'unknown', parameter })
  }
  for (const [parameter, { type }] of linesOf(endpoint.parameters)) {
    const text = texts.get(parameter)
    if (text === undefined || type.parse(text) !== undefined) continue
    const outOfRange = type.bounds !== undefined && integerRe.test(text)
    faults.push({ kind: outOfRange ? 'out-of-range' : 'malformed', parameter, text })
  }
  return faults
}

/**
 * Reads a request's parameters as a venue must: the typed values with the table's defaults filled in, or the first
 * fault of `parameterFaults`.
 *
 * @example readParameters(balance, [['timestamp', '1670227200000']]) // { kind: 'read', values: { timestamp: 1670227200000 } }
 */
export function readParameters<Stated extends Endpoint>(
  endpoint: Stated,
  pairs: ParameterPairs,
): { readonly kind: 'read'; readonly values: ValuesFor<Stated> } | ParameterFault {
  const sent = Array.isArray(pairs) ? (pairs as readonly SentPair[]) : [...pairs]
  const values = valuesOf(endpoint.parameters, sent)
  if (values !== undefined) return { kind: 'read', values: values as ValuesFor<Stated> }
  const [fault] = parameterFaults(endpoint, sent)
  if (fault === undefined) throw new Error(`nothing is wrong with the parameters of ${endpoint.name}, and yet they could not be read`)
  return fault
}

/** The values in one pass, for almost every request has no fault; `undefined` when this one has. */
function valuesOf(table: ParameterTable, sent: readonly SentPair[]): Readonly<Record<string, unknown>> | undefined {
  const values: Record<string, unknown> = {}
  let used = 0
  for (const [name, { need, type, default: assumed }] of linesOf(table)) {
    const text = textOf(sent, name)
    if (text === undefined && need === 'mandatory') return undefined
    const value = text === undefined ? assumed : type.parse(text)
    if (text !== undefined && value === undefined) return undefined
    if (text !== undefined) used++
    if (value !== undefined) values[name] = value
  }
  // More pairs than lines they belong to: a duplicate, or a name the table does not know.
  return used === sent.length ? Object.freeze(values) : undefined
}

function textOf(sent: readonly SentPair[], wanted: string): string | undefined {
  for (const [name, text] of sent) if (name === wanted) return text
  return undefined
}
