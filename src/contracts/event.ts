import type { Exchange } from './contract.ts'
import type { ObjectOf, ObjectType } from './wire-object.ts'

/** One event of a stream as its document states it. */
export interface StreamEvent<Fields extends Record<string, unknown> = Record<string, unknown>> {
  readonly kind: 'event'
  readonly exchange: Exchange
  /** What its field `e` says; unique within its exchange. */
  readonly name: string
  readonly title: string
  /** The address of the document that states it. */
  readonly document: string
  readonly payload: ObjectType<Fields>
  /** The document's notes, in our words, for the reference page. */
  readonly notes: readonly string[]
  /** The document's own examples as compact JSON, comments removed. */
  readonly examples: readonly string[]
}

/** States one event. */
export function event<Fields extends Record<string, unknown>>(stated: Omit<StreamEvent<Fields>, 'kind'>): StreamEvent<Fields> {
  for (const part of [stated.notes, stated.examples]) Object.freeze(part)
  return Object.freeze({ kind: 'event', ...stated })
}

export type PayloadOf<Stated> = Stated extends StreamEvent<infer Fields> ? ObjectOf<Fields> : never
