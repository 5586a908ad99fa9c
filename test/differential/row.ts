import type { Stream } from '../../src/book/record.ts'

/** One record of one stream, as the truth and the book are compared by. */
export interface Row {
  readonly account: string
  readonly stream: Stream
  readonly at: number
  /** What tells it from every other row. */
  readonly key: string
  /** Everything else; `absent` where a reply did not bring it. */
  readonly values: readonly string[]
  /** The engine's own record, which faults choose by; only of true rows. */
  readonly record?: unknown
  /** The key of the row by which another history tells the same charge. */
  readonly twin?: string
}

export const absent = 'absent'
/** The field came without a value. */
export const empty = 'empty'

export function rowKey(account: string, stream: string, at: number, ...parts: readonly string[]): string {
  return [account, stream, new Date(at).toISOString(), ...parts].join(' ')
}

export function rowText({ key, values }: Pick<Row, 'key' | 'values'>): string {
  return `${key}: ${values.join(' ')}`
}

/** Whether two rows say the same, but for what one of them does not say. */
export function agree(left: Row, right: Row): boolean {
  return (
    left.values.length === right.values.length &&
    left.values.every((value, place) => value === right.values[place] || value === absent || right.values[place] === absent)
  )
}
