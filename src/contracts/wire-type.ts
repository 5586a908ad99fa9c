import type { Json } from '../json/json.ts'

/** Where in a reply a value stands, as error texts show it: `rows[3].details[0].asset`. */
export type WirePath = string

/**
 * How one value travels in a reply: what the document calls it, how it is read from JSON, how it is printed back.
 * `parse(print(value))` gives the value again, and `print(parse(json))` the JSON again.
 */
export interface WireType<Value> {
  /** The wire's own type as the reference page shows it: `string`, `number (ms)`, `array of …`. */
  readonly wire: string
  // Methods rather than properties, so that a list of types may be held as `WireType<unknown>`.
  parse(json: Json, path: WirePath): Value
  print(value: Value): Json
}

export type ValueOf<Type> = Type extends WireType<infer Value> ? Value : never
