import { isJsonObject, type Json, type JsonObject } from '../json/json.ts'
import type { PrintedOf, ValueOf, WireField, WirePath, WireType } from './wire-type.ts'
import { wrongShape } from './wire-types.ts'

/** A field the exchange may leave out; `undefined` then, and left out again when printed. */
export interface OptionalField<Value> {
  readonly kind: 'optional-field'
  readonly type: WireType<Value>
}

/**
 * A field that the document always shows and that nothing in Overdraft needs. The exchange may print a reply without it,
 * as replies of other years are; `undefined` then, and left out again when printed.
 */
export interface DocumentedField<Value, Printed = Value> {
  readonly kind: 'documented-field'
  readonly type: WireType<Value, Printed>
}

type SpareField<Value> = OptionalField<Value> | DocumentedField<Value>

type SpareNames<Fields> = { [Name in keyof Fields]: Fields[Name] extends SpareField<unknown> ? Name : never }[keyof Fields]
type OptionalNames<Fields> = { [Name in keyof Fields]: Fields[Name] extends OptionalField<unknown> ? Name : never }[keyof Fields]

type Extra = {
  /** Fields the document does not know, as they came; absent when there were none. */
  readonly extra?: JsonObject | undefined
}

/** An object as it is read: the documented fields, and in `extra` whatever else came. */
export type ObjectOf<Fields> = {
  readonly [Name in Exclude<keyof Fields, SpareNames<Fields>>]: ValueOf<Fields[Name]>
} & {
  readonly [Name in SpareNames<Fields>]?: (Fields[Name] extends SpareField<infer Value> ? Value : never) | undefined
} & Extra

/** An object as whoever answers by the contract prints it: every documented field is there. */
export type PrintedObjectOf<Fields> = {
  readonly [Name in Exclude<keyof Fields, OptionalNames<Fields>>]: Fields[Name] extends DocumentedField<infer _, infer Printed>
    ? Printed
    : PrintedOf<Fields[Name]>
} & {
  readonly [Name in OptionalNames<Fields>]?: (Fields[Name] extends OptionalField<infer Value> ? Value : never) | undefined
} & Extra

export interface ObjectType<Fields> extends WireType<ObjectOf<Fields>, PrintedObjectOf<Fields>> {
  /** The fields in the order in which the exchange prints them. */
  readonly fields: Fields
}

export function optionalField<Value>(type: WireType<Value>): OptionalField<Value> {
  return Object.freeze({ kind: 'optional-field', type })
}

export function documentedField<Value, Printed>(type: WireType<Value, Printed>): DocumentedField<Value, Printed> {
  return Object.freeze({ kind: 'documented-field', type })
}

type Need = WireField['need']

function needOf(field: unknown): Need {
  const { kind } = field as Partial<SpareField<unknown>>
  if (kind === 'optional-field') return 'optional'
  return kind === 'documented-field' ? 'documented' : 'read'
}

/**
 * An object with these fields, printed in this order. A missing field that is read, or a wrong type, is
 * `contract.wrong-shape`; unknown fields are kept in `extra` and printed after the known ones.
 */
export function object<Fields extends Record<string, unknown>>(fields: Fields): ObjectType<Fields> {
  const table = Object.entries(fields).map(([name, field]): WireField => {
    const need = needOf(field)
    const type = need === 'read' ? (field as WireType<unknown>) : (field as SpareField<unknown>).type
    return { name, need, type }
  })
  const known = new Set(table.map(({ name }) => name))

  const parse = (json: Json, path: WirePath): ObjectOf<Fields> => {
    if (!isJsonObject(json)) return wrongShape(path, 'an object', json)
    const value: Record<string, unknown> = {}
    let found = 0
    for (const { name, need, type } of table) {
      const raw = Object.hasOwn(json, name) ? json[name] : undefined
      if (raw === undefined && need === 'read') return wrongShape(joined(path, name), type.wire, undefined)
      if (raw === undefined) continue
      value[name] = type.parse(raw, joined(path, name))
      found++
    }
    if (found !== Object.keys(json).length) {
      value['extra'] = Object.fromEntries(Object.entries(json).filter(([name]) => !known.has(name)))
    }
    return Object.freeze(value) as ObjectOf<Fields>
  }

  const print = (value: ObjectOf<Fields>): Json => {
    const source = value as Readonly<Record<string, unknown>>
    const json: Record<string, Json> = {}
    for (const { name, type } of table) {
      if (source[name] !== undefined) json[name] = type.print(source[name])
    }
    return { ...json, ...value.extra }
  }

  return Object.freeze({ wire: 'object', shape: Object.freeze({ kind: 'object', fields: table }), fields, parse, print })
}

function joined(path: WirePath, name: string): WirePath {
  return path === '' ? name : `${path}.${name}`
}
