import { parse, stringify } from 'lossless-json'
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

const numberStringifiers = [
  { test: (value: unknown) => value instanceof JsonNumber, stringify: (value: unknown) => (value as JsonNumber).text },
]

/** Writes compact JSON, without spaces, as both exchanges do (facts A1). */
export function printJson(value: Json): string {
  return stringify(value, undefined, undefined, numberStringifiers) ?? 'null'
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

/** A safe integer as a JSON number. */
export function jsonInteger(value: number | bigint): JsonNumber {
  return new JsonNumber(value.toString())
}
