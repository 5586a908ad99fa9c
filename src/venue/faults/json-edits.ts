import type { WireType } from '../../contracts/wire-type.ts'
import { isJsonObject, type Json, JsonNumber, type JsonObject } from '../../json/json.ts'

/** What is changed in a reply's JSON, by its contract. Digits are never read as a float. */
export interface JsonEdits {
  readonly isGone?: (field: string, isOptional: boolean) => boolean
  readonly added?: Readonly<Record<string, string>>
  readonly numbersAsStrings?: boolean
  readonly stringsAsNumbers?: boolean
}

/** The reply with the edits made everywhere within it; what the contract does not know is kept. */
export function edited(type: WireType<unknown> | undefined, json: Json, edits: JsonEdits): Json {
  const shape = type?.shape
  if (Array.isArray(json)) {
    const item = itemType(type)
    return (json as readonly Json[]).map((element) => edited(item, element, edits))
  }
  if (isJsonObject(json)) return editedObject(shape?.kind === 'either' ? shape.choices[1] : type, json, edits)
  if (json instanceof JsonNumber) return edits.numbersAsStrings === true ? json.text : json
  if (typeof json === 'string' && edits.stringsAsNumbers === true && type !== undefined) return asNumber(type, json)
  return json
}

function itemType(type: WireType<unknown> | undefined): WireType<unknown> | undefined {
  const shape = type?.shape
  if (shape?.kind === 'list') return shape.item
  // The one either-or there is: a list, or a single row of it.
  return shape?.kind === 'either' ? itemType(shape.choices[0]) : undefined
}

function editedObject(type: WireType<unknown> | undefined, json: JsonObject, edits: JsonEdits): JsonObject {
  const shape = type?.shape
  const fields = shape?.kind === 'object' ? new Map(shape.fields.map((field) => [field.name, field])) : undefined
  const kept = Object.entries(json).flatMap(([name, value]) => {
    const field = fields?.get(name)
    return edits.isGone?.(name, field?.need === 'optional') ? [] : [[name, edited(field?.type, value, edits)] as const]
  })
  return { ...Object.fromEntries(kept), ...edits.added }
}

/** As JSON writes a number: no sign but a minus, no zeros in front. */
const jsonNumberRe = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Types whose readers take a number as well: decimals and instants, not ids, which may be beyond 2^53. */
const harmlessRe = /^string \((?:decimal|ms UTC)/

function asNumber(type: WireType<unknown>, text: string): Json {
  return harmlessRe.test(type.wire) && jsonNumberRe.test(text) ? new JsonNumber(text) : text
}
