import type { Json } from '../json/json.ts'

/** Where in a reply a value stands, as error texts show it: `rows[3].details[0].asset`. */
export type WirePath = string

/**
 * How one value travels in a reply: what the document calls it, how it is read from JSON, how it is printed back.
 * `parse(print(value))` gives the value again, and `print(parse(json))` the JSON again.
 */
export interface WireType<Value, Printed = Value> {
  /** For the compiler alone: what whoever answers by the contract has to print. Never there. */
  readonly printed?: Printed
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

/**
 * One field of an object. `read`: a reply without it cannot be used. `documented`: the document always shows it, and a
 * reply without it is read all the same. `optional`: the document itself says, or shows, that it may be absent.
 */
export interface WireField {
  readonly name: string
  readonly need: 'read' | 'documented' | 'optional'
  readonly type: WireType<unknown>
}

export type ValueOf<Type> = Type extends WireType<infer Value> ? Value : never

/** What whoever answers prints: all that the document shows. */
export type PrintedOf<Type> = Type extends WireType<infer _, infer Printed> ? Printed : never
