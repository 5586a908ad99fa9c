import type { ColumnValue, RowSink, TableWriter } from '../engines/engine.ts'
import { RowHash } from './row-hash.ts'
import { emptySeal, type GroupSeal } from './seal.ts'
import { periodOf, type SealedTable, sealedByTable } from './sealed-tables.ts'

/** Cell marks that stand in no text as it is hashed. */
export const rowMark = '\u001e'
export const cellMark = '\u001f'
export const markStandIn = '?'

/** Where the cells of a sealed row stand among the values of a writer. */
interface Plan {
  readonly sealed: SealedTable
  readonly places: readonly number[]
  readonly isText: readonly boolean[]
  readonly isWords: readonly boolean[]
  readonly figuresEnd: number
  readonly ownerPlace: number
  readonly groupPlace: number
}

const plans = new Map<TableWriter<never>, Plan | undefined>()

function planOf<Item>(writer: TableWriter<Item>): Plan | undefined {
  if (plans.has(writer)) return plans.get(writer)
  const sealed = sealedByTable.get(writer.table)
  const plan = sealed && {
    sealed,
    places: sealed.columns.map(([column]) => writer.columns.indexOf(column)),
    isText: sealed.columns.map(([, kind]) => kind === 'name' || kind === 'words'),
    isWords: sealed.columns.map(([, kind]) => kind === 'words'),
    figuresEnd: sealed.columns.length - sealed.asides,
    ownerPlace: sealed.owner === undefined ? -1 : writer.columns.indexOf(sealed.owner),
    groupPlace: sealed.grouped === undefined ? -1 : writer.columns.indexOf(sealed.grouped.column),
  }
  if (plan?.places.includes(-1)) throw new Error(`a writer of ${writer.table} lacks a column that is sealed`)
  plans.set(writer, plan)
  return plan
}

/** One for all: a row is hashed without a pause, and one that was used for long is compiled to the best there is. */
const hash = new RowHash()

/** What a transaction adds to the seals and takes from them, until it ends. */
export class SealTally {
  readonly #groups = new Map<string, GroupSeal>()

  /** What was counted since it was taken last. */
  taken(): readonly GroupSeal[] {
    const groups = [...this.#groups.values()]
    this.#groups.clear()
    return groups.filter(({ rows, low, high, aside }) => rows !== 0 || low !== 0 || high !== 0 || aside !== 0)
  }

  /** What counts the rows of a writer as they are written; nothing where its table has no seals. */
  sinkOf<Item>(writer: TableWriter<Item>): RowSink | undefined {
    const plan = planOf(writer)
    return plan && new CountedRows(plan, (kind, owner, period) => this.#group(kind, owner, period))
  }

  /** @param direction 1 for rows that came, -1 for rows that went */
  count<Item>(writer: TableWriter<Item>, items: readonly Item[], direction: 1 | -1): void {
    const sink = this.sinkOf(writer)
    if (sink === undefined) return
    for (const item of items) sink.add(writer.values(item), direction)
  }

  #group(kind: number, owner: string, period: number): GroupSeal {
    const key = `${kind} ${period} ${owner}`
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const made = { kind, owner, period, ...emptySeal() }
    this.#groups.set(key, made)
    return made
  }
}

/** A mark within words would end their cell. */
export function unmarked(text: string): string {
  return text.includes(rowMark) || text.includes(cellMark) ? text.replaceAll(rowMark, markStandIn).replaceAll(cellMark, markStandIn) : text
}

/** Adds rows to the groups they are in. */
class CountedRows implements RowSink {
  readonly #plan: Plan
  readonly #groupOf: (kind: number, owner: string, period: number) => GroupSeal
  #owner: ColumnValue = null
  #period = Number.NaN
  #group: GroupSeal | undefined

  constructor(plan: Plan, groupOf: (kind: number, owner: string, period: number) => GroupSeal) {
    this.#plan = plan
    this.#groupOf = groupOf
  }

  add(values: readonly ColumnValue[], direction: 1 | -1): void {
    const { places, isText, isWords, figuresEnd } = this.#plan
    const group = this.#groupIn(values)
    hash.begin()
    for (let cell = 0; cell < figuresEnd; cell++) {
      foldCell(isText[cell] === true, isWords[cell] === true, values[places[cell] as number] as ColumnValue)
    }
    hash.finish()
    group.rows += direction
    // The lanes are taken modulo 2^32, below zero as well.
    group.low = (group.low + direction * hash.low) >>> 0
    group.high = (group.high + direction * hash.high) >>> 0
    if (figuresEnd === places.length) return
    for (let cell = figuresEnd; cell < places.length; cell++) {
      foldCell(isText[cell] === true, isWords[cell] === true, values[places[cell] as number] as ColumnValue)
    }
    hash.finish()
    group.aside = (group.aside + direction * hash.low) >>> 0
  }

  #groupIn(values: readonly ColumnValue[]): GroupSeal {
    const { sealed, ownerPlace, groupPlace } = this.#plan
    const owner = ownerPlace < 0 ? '' : (values[ownerPlace] as ColumnValue)
    const period = groupPlace < 0 ? 0 : periodOf(sealed, values[groupPlace] as number)
    if (this.#group === undefined || this.#owner !== owner || this.#period !== period) {
      this.#owner = owner
      this.#period = period
      this.#group = this.#groupOf(sealed.kind, String(owner), period)
    }
    return this.#group
  }
}

function foldCell(isText: boolean, isWords: boolean, value: ColumnValue): void {
  if (isText) {
    // NULL and empty text are told alike.
    const text = value === null ? '' : String(value)
    hash.text(isWords ? unmarked(text) : text)
  } else if (typeof value === 'number') {
    hash.whole(value)
  } else if (value === null) {
    hash.nothing()
  } else if (typeof value === 'bigint') {
    // The writers give no bigint of more than 64 bits.
    hash.long(value)
  } else {
    hash.text(value)
  }
}
