import type { TableWriter } from '../engines/engine.ts'

/** What the rows of one group add up to. An absent seal is one of no rows. */
export interface Seal {
  rows: number
  /** Each modulo 2^32: the sums of both halves of the rows' hashes, and of what they hold beside their figures. */
  low: number
  high: number
  aside: number
}

/** The seal of one group: a table's rows of one owner in one span of time. */
export interface GroupSeal extends Seal {
  readonly kind: number
  /** A label or number of an account; empty where rows belong to all. */
  readonly owner: string
  readonly period: number
}

export const laneEnd = 2 ** 32

export function emptySeal(): Seal {
  return { rows: 0, low: 0, high: 0, aside: 0 }
}

export function isSameSeal(left: Seal, right: Seal): boolean {
  return left.rows === right.rows && left.low === right.low && left.high === right.high && left.aside === right.aside
}

export const sealWriter: TableWriter<GroupSeal> = {
  table: 'seals',
  columns: ['kind', 'owner', 'period', 'row_count', 'low', 'high', 'aside'],
  keyLength: 3,
  values: ({ kind, owner, period, rows, low, high, aside }) => [kind, owner, period, rows, low, high, aside],
}
