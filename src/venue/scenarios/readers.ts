import { isMap, isScalar, isSeq } from 'yaml'
import { quoted } from '../../errors/entry.ts'
import { fault, fieldOf, missing, type Spot } from './reading.ts'

/** What was read, or `undefined` when it was wrong and a fault has been noted. */
export type Outcome<Value> = { readonly value: Value } | undefined
export type Reader<Value> = (spot: Spot) => Outcome<Value>

/** How a field of a mapping is read, also when it is not there. */
export interface Field<Value> {
  readonly reader: Reader<Value>
  /** Absent for a field that must be given. */
  readonly absent?: Outcome<Value>
}

export type Fields = Readonly<Record<string, Field<unknown>>>
export type ReadOf<Stated extends Fields> = { readonly [Name in keyof Stated]: Stated[Name] extends Field<infer Value> ? Value : never }

export function required<Value>(reader: Reader<Value>): Field<Value> {
  return { reader }
}

export function optional<Value>(reader: Reader<Value>): Field<Value | undefined> {
  return { reader, absent: { value: undefined } }
}

export function withDefault<Value>(reader: Reader<Value>, value: Value): Field<Value> {
  return { reader, absent: { value } }
}

/** What a spot holds, in words for a fault. */
export function found(spot: Spot): string {
  const { node } = spot
  if (node === null) return 'nothing'
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  const text = scalarText(spot)
  return text === undefined || text === '' ? 'nothing' : quoted(text)
}

/** The text of a scalar, or `undefined` for anything else. */
export function scalarText({ node }: Spot): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined
}

/** Notes that something else should stand here. */
export function shouldBe(spot: Spot, expected: string): undefined {
  return fault(spot, `should be ${expected}, but is ${found(spot)}`)
}

/** The entries of a mapping as spots, by name. */
export function entriesOf(spot: Spot): readonly (readonly [name: string, key: Spot, value: Spot])[] | undefined {
  const { node, reading } = spot
  if (!isMap(node)) return shouldBe(spot, 'a mapping')
  return node.items.map(({ key, value }) => {
    const keyNode = key as Spot['node']
    const name = isScalar(keyNode) && typeof keyNode.value === 'string' ? keyNode.value : String(keyNode)
    const field = fieldOf(spot, name)
    const offset = keyNode?.range?.[0] ?? spot.offset
    const valueNode = reading.resolved(value as Spot['node'])
    // An alias that stands for a value elsewhere is pointed at where it is used, by its key.
    return [name, { reading, node: keyNode, field, offset }, { reading, node: valueNode, field, offset }] as const
  })
}

/** A mapping with exactly the stated fields. Every field is looked at, so that several faults are found at once. */
export function record<Stated extends Fields>(fields: Stated): Reader<ReadOf<Stated>> {
  return (spot) => {
    const entries = entriesOf(spot)
    if (entries === undefined) return undefined
    const given = new Map(entries.map(([name, , value]) => [name, value]))
    let whole = true
    for (const [name, key] of entries) {
      if (Object.hasOwn(fields, name)) continue
      whole = false
      fault(key, `there is no field ${quoted(name)} here; there are: ${Object.keys(fields).join(', ')}`)
    }
    const values: Record<string, unknown> = {}
    for (const [name, { reader, absent }] of Object.entries(fields)) {
      const value = given.get(name)
      const outcome = value === undefined ? (absent ?? missing(spot, name)) : reader(value)
      if (outcome === undefined) whole = false
      else values[name] = outcome.value
    }
    return whole ? { value: Object.freeze(values) as ReadOf<Stated> } : undefined
  }
}

/** A list of one kind of thing, bounded. */
export function list<Value>(reader: Reader<Value>, lengthMax = 10_000): Reader<readonly Value[]> {
  return (spot) => {
    const { node, reading } = spot
    if (!isSeq(node)) return shouldBe(spot, 'a list')
    if (node.items.length > lengthMax) return fault(spot, `has ${node.items.length} entries, more than the ${lengthMax} allowed`)
    const outcomes = node.items.map((item, index) => {
      const itemNode = reading.resolved(item as Spot['node'])
      return reader({ reading, node: itemNode, field: `${spot.field}[${index}]`, offset: spot.offset })
    })
    const values = outcomes.flatMap((outcome) => (outcome === undefined ? [] : [outcome.value]))
    return values.length === outcomes.length ? { value: Object.freeze(values) } : undefined
  }
}

/** A mapping of free names, each checked by `nameReader`, to one kind of thing. */
export function dictionary<Value>(nameReader: Reader<string>, reader: Reader<Value>): Reader<Readonly<Record<string, Value>>> {
  return (spot) => {
    const entries = entriesOf(spot)
    if (entries === undefined) return undefined
    const values = new Map<string, Value>()
    let whole = true
    for (const [name, key, value] of entries) {
      const nameOutcome = nameReader(key)
      const outcome = reader(value)
      if (nameOutcome === undefined || outcome === undefined) whole = false
      else values.set(name, outcome.value)
    }
    return whole ? { value: Object.freeze(Object.fromEntries(values)) } : undefined
  }
}
