import { code, table } from './reference-markdown.ts'
import type { WireType } from './wire-type.ts'

/** Every field of a composed value, `empty` where it has none. */
export function fieldTable(type: WireType<unknown>, head: string, empty: string): string {
  const rows = [...fieldRows(type, '')]
  return rows.length === 0 ? empty : table([head, 'Type', 'Optional'], rows)
}

function* fieldRows(type: WireType<unknown>, path: string): Generator<string[]> {
  const { shape } = type
  if (shape === undefined) return
  switch (shape.kind) {
    case 'list':
      yield* fieldRows(shape.item, `${path}[]`)
      break
    case 'either':
      // The choices have the same fields: what differs is whether there is one or a list of them.
      for (const choice of shape.choices.slice(0, 1)) yield* fieldRows(choice, path)
      break
    case 'object':
      for (const { name, need, type: fieldType } of shape.fields) {
        const field = path === '' ? name : `${path}.${name}`
        if (fieldType.shape === undefined) yield [code(field), fieldType.wire, need === 'optional' ? 'may be absent' : '']
        else yield* fieldRows(fieldType, field)
      }
  }
}
