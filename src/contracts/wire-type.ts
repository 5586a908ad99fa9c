import type { Json } from '../json/json.ts'

/** Where in a reply a value stands, as error texts show it: `rows[3].details[0].asset`. */
export type WirePath = string

/**
 * How one value travels in a reply: what the document calls it, how it is read from JSON, how it is printed back.
 * `parse(print(value))` gives the value again, and `print(parse(json))` the JSON again.
 */
export interface WireType<Value> {
  /** What a composed value consists of; absent for simple ones. */
  readonly shape?: WireShape
  /** The wire's own type as the reference page shows it: `string`, `number (ms)`, `array of …`. */
  readonly wire: string
  // Methods rather than properties, so that a list of types may be held as `WireType<unknown>`.
  parse(json: Json, path: WirePath): Value
  print(value: Value): Json
}

/** The parts of a composed value, for those who print or plan by a contract. */
export type WireShape =
  | { readonly kind: 'list'; readonly item: WireType<unknown> }
  | { readonly kind: 'either'; readonly choices: readonly WireType<unknown>[] }
  | { readonly kind: 'object'; readonly fields: readonly WireField[] }

/** One field of an object: the exchange may leave it out when it is optional. */
export interface WireField {
  readonly name: string
  readonly optional: boolean
  readonly type: WireType<unknown>
}

export type ValueOf<Type> = Type extends WireType<infer Value> ? Value : never
