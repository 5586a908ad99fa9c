import type { WireType } from '../../contracts/wire-type.ts'
import { decimalText, decimalTextOrEmpty, epochMsText } from '../../contracts/wire-types.ts'
import { type Json, printJson } from '../../json/json.ts'

type Printer = (value: unknown) => string

/**
 * A reply's value as compact JSON, by its contract: what `printJson(type.print(value))` gives, without building the
 * JSON in between. A venue prints every reply with it, so it is made once for each contract.
 */
export function replyPrinter(type: WireType<unknown>): Printer {
  const { shape } = type
  if (shape?.kind === 'list') {
    const item = replyPrinter(shape.item)
    return (value) => `[${(value as readonly unknown[]).map(item).join(',')}]`
  }
  if (shape?.kind === 'either') {
    // The one either-or there is: a list, or a single row of it.
    const [many, single] = shape.choices.map(replyPrinter)
    if (many !== undefined && single !== undefined) return (value) => (Array.isArray(value) ? many(value) : single(value))
  }
  if (shape?.kind === 'object')
    return objectPrinter(
      type,
      shape.fields.map(({ name, type: field }) => ({ name, print: replyPrinter(field) })),
    )
  if (needsNoEscapes.has(type)) return (value) => `"${type.print(value)}"`
  return (value) => printJson(type.print(value))
}

/** Types that are text of digits, or none. */
const needsNoEscapes: ReadonlySet<WireType<unknown>> = new Set<WireType<unknown>>([decimalText, decimalTextOrEmpty, epochMsText])

function objectPrinter(type: WireType<unknown>, fields: readonly { readonly name: string; readonly print: Printer }[]): Printer {
  const parts = fields.map(({ name, print }) => ({ name, print, key: `${JSON.stringify(name)}:` }))
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>
    // Fields no contract knows are printed after the others.
    if (source['extra'] !== undefined) return printJson(type.print(value) as Json)
    let text = ''
    for (const { name, print, key } of parts) {
      const field = source[name]
      if (field !== undefined) text += `${text === '' ? '' : ','}${key}${print(field)}`
    }
    return `{${text}}`
  }
}
