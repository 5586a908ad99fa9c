import { dayMs } from '../../time/units.ts'
import type { BookTables } from '../tables/tables.ts'

/** How a cell is hashed: `words` may hold anything, `name` only what an exchange or we call things. */
export type CellKind = 'name' | 'words' | 'whole' | 'mantissa'

export interface SealedTable {
  readonly table: keyof BookTables
  /** What stands for the table in the keys of its seals. Never given to another. */
  readonly kind: number
  /** What its rows are called. */
  readonly noun: string
  /** The column that says whose a row is: an account's, or of one asset; absent where all rows belong together. */
  readonly owner?: 'account' | 'account_number' | 'asset'
  /** The column that rows are grouped by, and how much of it one group spans; absent where an account has one group. */
  readonly grouped?: { readonly column: string; readonly span: number; readonly unitMs: number }
  readonly columns: readonly (readonly [name: string, kind: CellKind])[]
  /** So many columns at the end do not bear on figures; they are summed on their own, as readers of columns do not read them. */
  readonly asides: number
}

const fortnight = { span: 14 * dayMs, unitMs: 1 } as const
const decimal = (name: string) =>
  [
    [`${name}_mantissa`, 'mantissa'],
    [`${name}_scale`, 'whole'],
  ] as const
const account = ['account', 'name'] as const
const received = ['received_at', 'whole'] as const
const total = [['asset_series', 'whole'], ['charges', 'whole'], ...decimal('interest')] as const

/** Every table that an answer rests on. Leases and the list of migrations tell nothing of an account's history. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'charge_rows',
    kind: 1,
    noun: 'charges',
    owner: 'account_number',
    grouped: { column: 'at', ...fortnight },
    columns: [
      ['account_number', 'whole'],
      ['at', 'whole'],
      ['series', 'whole'],
      ...decimal('principal'),
      ...decimal('rate'),
      ...decimal('interest'),
      ...decimal('total_liability'),
      ...decimal('free_liability'),
      ['extra', 'words'],
      received,
    ],
    asides: 1,
  },
  {
    table: 'margin_charges',
    kind: 2,
    noun: 'margin charges',
    owner: 'account',
    grouped: { column: 'at', ...fortnight },
    columns: [
      account,
      ['at', 'whole'],
      ['tx_id', 'name'],
      ['asset', 'name'],
      ['raw_asset', 'name'],
      ['type', 'name'],
      ...decimal('principal'),
      ...decimal('rate'),
      ...decimal('interest'),
      received,
    ],
    asides: 0,
  },
  {
    table: 'movements',
    kind: 3,
    noun: 'movements',
    owner: 'account',
    grouped: { column: 'at', ...fortnight },
    columns: [
      account,
      ['at', 'whole'],
      ['stream', 'name'],
      ['id', 'words'],
      ['asset', 'name'],
      ['wallet', 'name'],
      ['kind', 'name'],
      ...decimal('amount'),
      ...decimal('balance_after'),
      ...decimal('interest'),
      ['detail', 'words'],
      received,
    ],
    asides: 0,
  },
  {
    table: 'rates',
    kind: 4,
    noun: 'published rates',
    owner: 'account',
    grouped: { column: 'at', ...fortnight },
    columns: [
      account,
      ['asset', 'name'],
      ['at', 'whole'],
      ['source', 'name'],
      ...decimal('rate'),
      ['per', 'name'],
      ['vip_level', 'whole'],
      received,
    ],
    asides: 0,
  },
  {
    table: 'exchange_runs',
    kind: 5,
    noun: 'auto-exchange runs',
    owner: 'account',
    grouped: { column: 'started_at', ...fortnight },
    columns: [account, ['started_at', 'whole'], ['ended_at', 'whole'], received],
    asides: 0,
  },
  {
    table: 'exchange_run_details',
    kind: 6,
    noun: 'details of auto-exchange runs',
    owner: 'account',
    grouped: { column: 'started_at', ...fortnight },
    columns: [
      account,
      ['started_at', 'whole'],
      ['position', 'whole'],
      ['asset', 'name'],
      ...decimal('negative_balance'),
      ...decimal('maximum_threshold'),
    ],
    asides: 0,
  },
  {
    table: 'balances',
    kind: 7,
    noun: 'balances',
    owner: 'account',
    grouped: { column: 'taken_at', ...fortnight },
    columns: [
      account,
      ['asset', 'name'],
      ['taken_at', 'whole'],
      ...['total', 'owed', 'free', 'um', 'cm', 'interest'].flatMap(decimal),
      ['updated_at', 'whole'],
    ],
    asides: 0,
  },
  {
    table: 'coverage',
    kind: 8,
    noun: 'proofs',
    owner: 'account',
    columns: [account, ['stream', 'name'], ['from_at', 'whole'], ['to_at', 'whole'], ['proven_at', 'whole'], ['proven_by', 'words']],
    asides: 0,
  },
  {
    table: 'proven',
    kind: 9,
    noun: 'proven spans',
    owner: 'account',
    columns: [account, ['stream', 'name'], ['from_at', 'whole'], ['to_at', 'whole']],
    asides: 0,
  },
  {
    table: 'facts',
    kind: 10,
    noun: 'facts',
    owner: 'account',
    columns: [account, ['name', 'name'], ['at', 'whole'], ['value', 'words']],
    asides: 0,
  },
  {
    table: 'findings',
    kind: 11,
    noun: 'findings',
    owner: 'account',
    columns: [
      account,
      ['at', 'whole'],
      ['digest', 'name'],
      ['stream', 'name'],
      ['kind', 'name'],
      ['row_name', 'words'],
      ['came', 'words'],
      ['sentence', 'words'],
      ['found_at', 'whole'],
      ['request', 'words'],
    ],
    asides: 0,
  },
  {
    table: 'charge_series',
    kind: 12,
    noun: 'series of charges',
    owner: 'account',
    columns: [
      account,
      ['asset', 'name'],
      ['inst_id', 'name'],
      ['margin_mode', 'name'],
      ['loan_type', 'name'],
      ['first_at', 'whole'],
      ['last_at', 'whole'],
      ['number', 'whole'],
    ],
    asides: 0,
  },
  {
    table: 'day_totals',
    kind: 13,
    noun: 'daily totals',
    owner: 'account_number',
    // `day` counts days.
    grouped: { column: 'day', span: 35, unitMs: dayMs },
    columns: [['account_number', 'whole'], ['day', 'whole'], ...total],
    asides: 0,
  },
  {
    table: 'month_totals',
    kind: 14,
    noun: 'monthly totals',
    owner: 'account_number',
    columns: [['account_number', 'whole'], ['month', 'name'], ...total],
    asides: 0,
  },
  {
    table: 'balance_series',
    kind: 15,
    noun: 'newest balances',
    owner: 'account',
    columns: [account, ['asset', 'name'], ['last_at', 'whole']],
    asides: 0,
  },
  {
    table: 'prices',
    kind: 16,
    noun: 'prices',
    owner: 'asset',
    grouped: { column: 'at', ...fortnight },
    columns: [['asset', 'name'], ['currency', 'name'], ['at', 'whole'], ['source', 'name'], ...decimal('price')],
    asides: 0,
  },
  {
    table: 'accounts',
    kind: 17,
    noun: 'accounts',
    // The address may be moved, and no figure rests on it.
    columns: [account, ['exchange', 'name'], ['added_at', 'whole'], ['may_repay', 'whole'], ['number', 'whole']],
    asides: 0,
  },
  {
    table: 'sync_states',
    kind: 18,
    noun: 'states of the sync',
    owner: 'account',
    columns: [
      account,
      ['last_success_at', 'whole'],
      ['last_error_at', 'whole'],
      ['last_error', 'words'],
      ['failures', 'whole'],
      ['next_attempt_at', 'whole'],
    ],
    asides: 0,
  },
  {
    table: 'forecasts',
    kind: 19,
    noun: 'forecasts',
    owner: 'account',
    columns: [
      account,
      ['charge_at', 'whole'],
      ['day', 'whole'],
      ['asset', 'name'],
      ['position', 'name'],
      ['made_at', 'whole'],
      ...decimal('low'),
      ...decimal('amount'),
      ...decimal('high'),
    ],
    asides: 0,
  },
]

export const sealedByTable: ReadonlyMap<string, SealedTable> = new Map(sealedTables.map((sealed) => [sealed.table, sealed]))

/** The number of the group in which a value of the grouping column lies. */
export function periodOf({ grouped }: SealedTable, value: number): number {
  return grouped === undefined ? 0 : Math.floor(value / grouped.span)
}
