import type { Charge, MarginCharge, Movement } from '../../src/book/record.ts'
import type { Draws } from '../simulation/draws.ts'
import type { AccountRows } from './book-rows.ts'

/** A row of interest and the place it has among those of its series. */
export interface Rooted<Row> {
  readonly row: Row
  readonly series: string
  readonly index: number
}

/** So far from the ends of a series, and from one another, errors are planted: each is judged by what stands around it. */
const distance = 7

/** The rows of one account while errors are planted among them; those beside an error stay as they were. */
export class Ground {
  readonly rows: AccountRows
  readonly charges: Map<string, Charge>
  readonly marginCharges: Map<string, MarginCharge>
  readonly movements: Map<string, Movement>
  readonly #chargeSeries: readonly Rooted<Charge>[]
  readonly #marginSeries: readonly Rooted<MarginCharge>[]
  readonly #taken = new Map<string, number[]>()
  readonly #lengths = new Map<string, number>()

  constructor(rows: AccountRows) {
    this.rows = rows
    this.charges = new Map(rows.charges.map((row) => [chargeKey(row), row]))
    this.marginCharges = new Map(rows.marginCharges.map((row) => [row.txId, row]))
    this.movements = new Map(rows.movements.map((row) => [movementKey(row), row]))
    this.#chargeSeries = this.#rooted(rows.charges, chargeSeries)
    this.#marginSeries = this.#rooted(rows.marginCharges, marginSeries)
  }

  /** What the book is to hold now. */
  changed(): AccountRows {
    return {
      ...this.rows,
      charges: [...this.charges.values()],
      marginCharges: [...this.marginCharges.values()],
      movements: [...this.movements.values()],
    }
  }

  /** A charge far enough from everything that was touched; it counts as touched once it is taken. */
  drawCharge(draws: Draws, isWanted: (row: Charge) => boolean = () => true): Rooted<Charge> | undefined {
    return this.#draw(draws, this.#chargeSeries, isWanted)
  }

  drawMarginCharge(draws: Draws, isWanted: (row: MarginCharge) => boolean): Rooted<MarginCharge> | undefined {
    return this.#draw(draws, this.#marginSeries, isWanted)
  }

  /** A charge that nothing was planted near: whoever is to bear witness against an error is taken along with it. */
  freeCharge(isWanted: (row: Charge) => boolean): Rooted<Charge> | undefined {
    return this.#chargeSeries.find((rooted) => isWanted(rooted.row) && this.#isFree(rooted))
  }

  take({ series, index }: { readonly series: string; readonly index: number }): void {
    const taken = this.#taken.get(series) ?? []
    this.#taken.set(series, [...taken, index])
  }

  /** Whether nothing of this name was touched; from now on it is. */
  takeOnce(name: string): boolean {
    if (this.#taken.has(name)) return false
    this.#taken.set(name, [])
    return true
  }

  /** The row in which margin interest history tells the same charge. */
  twinOf({ asset, at }: Charge): MarginCharge | undefined {
    return this.rows.marginCharges.find((row) => row.type === 'PORTFOLIO' && row.asset === asset && row.at === at)
  }

  /** The bill by which the interest of an OKX charge was deducted. */
  billOf({ asset, instId, at }: Charge): Movement | undefined {
    const isolated = instId === '' ? 'mgnMode=cross' : `instId=${instId} mgnMode=isolated`
    return this.rows.movements.find((row) => row.kind === '7/9' && row.asset === asset && row.at === at && row.detail.includes(isolated))
  }

  #draw<Row>(draws: Draws, all: readonly Rooted<Row>[], isWanted: (row: Row) => boolean): Rooted<Row> | undefined {
    for (let attempt = 0; attempt < 40; attempt++) {
      const rooted = draws.pick(all)
      if (rooted !== undefined && this.#isFree(rooted) && isWanted(rooted.row)) return rooted
    }
    return undefined
  }

  #isFree({ series, index }: Rooted<unknown>): boolean {
    const length = this.#lengths.get(series) ?? 0
    if (index < distance || index >= length - distance) return false
    return (this.#taken.get(series) ?? []).every((other) => Math.abs(other - index) >= distance)
  }

  #rooted<Row>(rows: readonly Row[], seriesOf: (row: Row) => string): readonly Rooted<Row>[] {
    const counts = new Map<string, number>()
    return rows.map((row) => {
      const series = seriesOf(row)
      const index = counts.get(series) ?? 0
      counts.set(series, index + 1)
      this.#lengths.set(series, index + 1)
      return { row, series, index }
    })
  }
}

export function chargeKey(row: Charge): string {
  return `${chargeSeries(row)} ${row.at}`
}

export function movementKey({ stream, id, asset }: Movement): string {
  return `${stream} ${id} ${asset}`
}

function chargeSeries({ asset, instId, marginMode, loanType }: Charge): string {
  return ['charge', asset, instId, marginMode, loanType].join(' ')
}

/** `PORTFOLIO` rows stand with the charge they tell again, so that no error is planted beside another. */
function marginSeries({ asset, type }: MarginCharge): string {
  return type === 'PORTFOLIO' ? ['charge', asset, '', '', ''].join(' ') : ['margin', asset, type].join(' ')
}
