import { isDecimal } from '../../../src/decimal/decimal.ts'
import { plain, plainDecimal } from './comparable.ts'
import type { ProofWorld, WorldAccount } from './proof-world.ts'

/** One call to an endpoint, and what the client has to hand over for it. */
export interface Proof {
  /** `METHOD /path` */
  readonly endpoint: string
  readonly shows: string
  readonly account: WorldAccount
  readonly parameters?: (world: ProofWorld) => Readonly<Record<string, unknown>>
  /** What happens on the venue before the call. */
  readonly before?: (world: ProofWorld) => void
  /** The part of the reply that is compared; left out, all of it. */
  readonly part?: (reply: never) => unknown
  /** From the engine, after the call. Amounts as decimals or text, in the reply's own shape. */
  readonly expected: (world: ProofWorld) => unknown
  /** Fields of the reply that hold the venue's instant. */
  readonly instants?: readonly string[]
  /** What the call has changed. */
  readonly after?: (world: ProofWorld) => void
}

/** Any value with its amounts, numbers and ids as plain text: `"10.00"`, `10` and `10n` are one, and so are `""` and nothing. */
export function plainTree(value: unknown, options: { readonly asFloats?: boolean } = {}): unknown {
  if (value === null || value === undefined) return ''
  if (isDecimal(value)) return plainDecimal(value)
  if (Array.isArray(value)) return value.map((item) => plainTree(item, options))
  if (isPlainObject(value)) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    return Object.fromEntries(fields.map(([name, field]) => [name, plainTree(field, options)]))
  }
  const text = plain(value)
  return options.asFloats === true && longRe.test(text) ? String(Number(text)) : text
}

/** Some parsers make objects without any prototype. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

const longRe = /^\d{16,}$/

/** Takes the named fields out of a tree, wherever they are, and gives their values. */
export function takenOut(tree: unknown, names: readonly string[]): { readonly rest: unknown; readonly values: readonly unknown[] } {
  const values: unknown[] = []
  const without = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(without)
    if (node === null || typeof node !== 'object') return node
    const kept = Object.entries(node).filter(([name, value]) => {
      if (!names.includes(name)) return true
      values.push(value)
      return false
    })
    return Object.fromEntries(kept.map(([name, value]) => [name, without(value)]))
  }
  return { rest: without(tree), values }
}
