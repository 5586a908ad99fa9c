import type { ColumnValue, TableWriter } from '../engines/engine.ts'
import { RowHash } from './row-hash.ts'
import { emptySeal, type GroupSeal } from './seal.ts'
import { type CellKind, periodOf, type SealedTable, sealedByTable } from './sealed-tables.ts'

/** Cell marks that stand in no text as it is hashed. */
export const rowMark = '\u001e'
export const cellMark = '\u001f'
export const markStandIn = '?'

const longMax = 2n ** 63n - 1n
const longMin = -(2n ** 63n)

/** Where the cells of a sealed row stand among the values of a writer. */
interface Plan {
  readonly sealed: SealedTable
  readonly places: readonly number[]
  readonly kinds: readonly CellKind[]
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
    kinds: sealed.columns.map(([, kind]) => kind),
    figuresEnd: sealed.columns.length - sealed.asides,
    ownerPlace: sealed.owner === undefined ? -1 : writer.columns.indexOf(sealed.owner),
    groupPlace: sealed.grouped === undefined ? -1 : writer.columns.indexOf(sealed.grouped.column),
  }
  if (plan?.places.includes(-1)) throw new Error(`a writer of ${writer.table} lacks a column that is sealed`)
  plans.set(writer, plan)
  return plan
}

/** What a transaction adds to the seals and takes from them, until it ends. */
export class SealTally {
  readonly #groups = new Map<string, GroupSeal>()
  readonly #hash = new RowHash()

  /** What was counted since it was taken last. */
  taken(): readonly GroupSeal[] {
    const groups = [...this.#groups.values()]
    this.#groups.clear()
    return groups.filter(({ rows, low, high, aside }) => rows !== 0 || low !== 0 || high !== 0 || aside !== 0)
  }

  /** @param direction 1 for rows that came, -1 for rows that went */
  count<Item>(writer: TableWriter<Item>, items: readonly Item[], direction: 1 | -1): void {
    const plan = planOf(writer)
    if (plan === undefined) return
    const { places, kinds, figuresEnd, ownerPlace, groupPlace, sealed } = plan
    const hash = this.#hash
    let [owner, period]: [ColumnValue, number] = [null, Number.NaN]
    let group: GroupSeal | undefined
    for (const item of items) {
      const values = writer.values(item)
      const rowOwner = ownerPlace < 0 ? '' : (values[ownerPlace] as ColumnValue)
      const rowPeriod = groupPlace < 0 ? 0 : periodOf(sealed, values[groupPlace] as number)
      if (group === undefined || owner !== rowOwner || period !== rowPeriod) {
        ;[owner, period] = [rowOwner, rowPeriod]
        group = this.#group(sealed.kind, String(owner), period)
      }
      hash.begin()
      for (let cell = 0; cell < figuresEnd; cell++) foldCell(hash, kinds[cell] as CellKind, values[places[cell] as number] ?? null)
      group.rows += direction
      // The lanes are taken modulo 2^32, below zero as well.
      group.low = (group.low + direction * hash.low) >>> 0
      group.high = (group.high + direction * hash.high) >>> 0
      if (figuresEnd === places.length) continue
      for (let cell = figuresEnd; cell < places.length; cell++) {
        foldCell(hash, kinds[cell] as CellKind, values[places[cell] as number] ?? null)
      }
      group.aside = (group.aside + direction * hash.low) >>> 0
    }
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
function unmarked(text: string): string {
  return text.includes(rowMark) || text.includes(cellMark) ? text.replaceAll(rowMark, markStandIn).replaceAll(cellMark, markStandIn) : text
}

function foldCell(hash: RowHash, kind: CellKind, value: ColumnValue): void {
  if (kind === 'name' || kind === 'words') {
    // NULL and empty text are told alike.
    const text = value === null ? '' : String(value)
    hash.text(kind === 'words' ? unmarked(text) : text)
  } else if (value === null) {
    hash.nothing()
  } else if (typeof value === 'number') {
    hash.whole(value)
  } else if (typeof value === 'bigint' && value <= longMax && value >= longMin) {
    hash.long(value)
  } else {
    hash.text(String(value))
  }
}
