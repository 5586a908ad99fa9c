import { parse } from 'lossless-json'
import { fail } from '../errors/overdraft-error.ts'

/** A JSON number kept as the text it came in, so that neither 2^53 nor a decimal fraction is lost. */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toJSON(): string {
    return this.text
  }
}

export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/**
 * Reads JSON with every number kept as text.
 *
 * @example parseJson('{"txId":2328408217636413776}') // { txId: JsonNumber { text: '2328408217636413776' } }
 * @throws `json.malformed` with the text that came
 */
export function parseJson(text: string): Json {
  try {
    return parse(text, undefined, (number) => new JsonNumber(number)) as Json
  } catch (error) {
    return fail('json.malformed', { text, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}

/** Writes compact JSON, without spaces, as both exchanges do (facts A1). */
export function printJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (value instanceof JsonNumber) return value.text
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(printJson).join(',')}]`
  let fields = ''
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(name)}:${printJson(field)}`
  }
  return `{${fields}}`
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

/** A safe integer as a JSON number. */
export function jsonInteger(value: number | bigint): JsonNumber {
  return new JsonNumber(value.toString())
}
