import { isJsonObject, type Json, type JsonObject } from '../json/json.ts'
import type { ValueOf, WireField, WirePath, WireType } from './wire-type.ts'
import { wrongShape } from './wire-types.ts'

/** A field the exchange may leave out; `undefined` then, and left out again when printed. */
export interface OptionalField<Value> {
  readonly kind: 'optional-field'
  readonly type: WireType<Value>
}

type OptionalNames<Fields> = { [Name in keyof Fields]: Fields[Name] extends OptionalField<unknown> ? Name : never }[keyof Fields]

/** An object as it is read: the documented fields, and in `extra` whatever else came. */
export type ObjectOf<Fields> = {
  readonly [Name in Exclude<keyof Fields, OptionalNames<Fields>>]: ValueOf<Fields[Name]>
} & {
  readonly [Name in OptionalNames<Fields>]?: (Fields[Name] extends OptionalField<infer Value> ? Value : never) | undefined
} & {
  /** Fields the document does not know, as they came; absent when there were none. */
  readonly extra?: JsonObject | undefined
}

export interface ObjectType<Fields> extends WireType<ObjectOf<Fields>> {
  /** The fields in the order in which the exchange prints them. */
  readonly fields: Fields
}

export function optionalField<Value>(type: WireType<Value>): OptionalField<Value> {
  return Object.freeze({ kind: 'optional-field', type })
}

function isOptionalField(field: unknown): field is OptionalField<unknown> {
  return (field as Partial<OptionalField<unknown>>).kind === 'optional-field'
}

/**
 * An object with these fields, printed in this order. A missing mandatory field or a wrong type is
 * `contract.wrong-shape`; unknown fields are kept in `extra` and printed after the known ones.
 */
export function object<Fields extends Record<string, unknown>>(fields: Fields): ObjectType<Fields> {
  const table = Object.entries(fields).map(([name, field]): WireField => {
    const optional = isOptionalField(field)
    return { name, optional, type: (optional ? field.type : field) as WireType<unknown> }
  })
  const known = new Set(table.map(({ name }) => name))

  const parse = (json: Json, path: WirePath): ObjectOf<Fields> => {
    if (!isJsonObject(json)) return wrongShape(path, 'an object', json)
    const value: Record<string, unknown> = {}
    let found = 0
    for (const { name, optional, type } of table) {
      const raw = Object.hasOwn(json, name) ? json[name] : undefined
      if (raw === undefined && !optional) return wrongShape(joined(path, name), type.wire, undefined)
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
