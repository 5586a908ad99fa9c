import { isOverdraftError } from '../errors/overdraft-error.ts'
import { isJsonObject, type Json, JsonNumber, parseJson, printJson } from '../json/json.ts'
import type { Endpoint } from './contract.ts'
import type { ParameterType } from './parameter.ts'

type Pair = readonly [name: string, text: string]

/**
 * Printed arguments as the JSON body of a call, in their order: the very text that is signed and sent.
 *
 * @example jsonBody(setAutoRepay, [['autoRepay', 'true']]) // '{"autoRepay":true}'
 */
export function jsonBody({ parameters }: Endpoint, printed: readonly Pair[]): string {
  return printJson(
    Object.fromEntries(printed.map(([name, text]) => [name, parameters[name]?.type.json === 'boolean' ? text === 'true' : text])),
  )
}

/** A body's parameters as text, or what is wrong with it. */
export type ReadBody =
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'wrong-type'; readonly parameter: string }

/** Whether a body may carry a value as another JSON type than the document's: `"amt":100`, `"autoRepay":"true"`. */
export type BodyTypes = 'as-documented' | 'any-scalar'

/**
 * The parameters of a JSON body that the endpoint knows, in the order sent; `null` counts as not sent. A number keeps the
 * text it was written with. What the document does not list is not looked at.
 */
export function readJsonBody({ parameters }: Endpoint, body: string, types: BodyTypes): ReadBody {
  const json = jsonIn(body)
  if (!isJsonObject(json)) return { kind: 'not-json' }
  const pairs: Pair[] = []
  for (const [parameter, value] of Object.entries(json)) {
    const line = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined
    if (line === undefined || value === null) continue
    const text = textOf(line.type, value, types)
    if (text === undefined) return { kind: 'wrong-type', parameter }
    pairs.push([parameter, text])
  }
  return { kind: 'pairs', pairs }
}

function jsonIn(body: string): Json | undefined {
  try {
    return parseJson(body)
  } catch (error) {
    if (isOverdraftError(error, 'json.malformed')) return undefined
    throw error
  }
}

function textOf(type: ParameterType<unknown>, value: Json, types: BodyTypes): string | undefined {
  const isBoolean = typeof value === 'boolean'
  if (types === 'as-documented' && isBoolean !== (type.json === 'boolean')) return undefined
  if (isBoolean) return String(value)
  if (typeof value === 'string') return value
  return types === 'any-scalar' && value instanceof JsonNumber ? value.text : undefined
}
