import type { Book } from '../../book/book-interface.ts'
import type { BatchDecimals, MovementBatch, MovementName } from '../../book/row-batch.ts'
import { hourMs } from '../../time/units.ts'
import { ownText } from '../own-text.ts'
import { BatchCursor } from './batch-cursor.ts'
import { positionInstrument } from './bill-detail.ts'
import { OkxCash } from './okx-cash.ts'
import { type Deduction, OkxDebtBills } from './okx-debt-bills.ts'
import { ProvenSpans } from './proven-spans.ts'
import { unitsFrom } from './units.ts'

/** Interest of VIP loans is deducted under a subtype of its own (facts B5). */
const vipInterest = '7/14'

/** What bills of one name concern. */
interface BillsOfName {
  readonly asset: string
  readonly isInterest: boolean
  /** Interest that charges are held against. */
  readonly isDeduction: boolean
  readonly cash: OkxCash
  readonly cross: OkxDebtBills
  readonly positions: Map<string, OkxDebtBills>
}

/** What the bills of an OKX account say while its charges pass; only the last stretch of them is kept. */
export class OkxBills {
  readonly #proven: ProvenSpans
  readonly #bills: BatchCursor<MovementBatch>
  /** By the numbers of their names. */
  readonly #ofNames: (BillsOfName | undefined)[] = []
  readonly #cash = new Map<string, OkxCash>()
  /** By asset and instrument, which is empty for what is billed to cash. */
  readonly #debts = new Map<string, Map<string, OkxDebtBills>>()

  private constructor(proven: ProvenSpans, bills: BatchCursor<MovementBatch>) {
    this.#proven = proven
    this.#bills = bills
  }

  static async open(book: Pick<Book, 'movementBatches' | 'proven'>, account: string): Promise<OkxBills> {
    const proven = new ProvenSpans(await book.proven(account, 'bills'))
    return new OkxBills(proven, new BatchCursor(book.movementBatches({ account, streams: ['bills'] })))
  }

  get isEmpty(): boolean {
    return this.#proven.isEmpty
  }

  /** Reads on; what lies before `keepFrom` is forgotten, but for the last of each. Gives the deductions that nobody asked for. */
  async advance(keepFrom: number, to: number): Promise<readonly Deduction[]> {
    if (this.isEmpty) return []
    const left = this.#forget(keepFrom)
    await this.#bills.until(to, (batch, from, end) => this.#take(batch, from, end))
    return left
  }

  /** Whether every bill of the hour that a charge belongs to is known. */
  provesHour(hour: number): boolean {
    return this.#proven.coversBetween(hour - 1, hour + hourMs - 1)
  }

  /** Those of one debt. */
  debt(asset: string, instId: string): OkxDebtBills {
    const ofAsset = this.#debts.get(asset) ?? new Map<string, OkxDebtBills>()
    this.#debts.set(asset, ofAsset)
    const debt = ofAsset.get(instId) ?? new OkxDebtBills(asset, instId, this.#proven)
    ofAsset.set(instId, debt)
    return debt
  }

  /** The one other debt of the asset of which just this was deducted in an hour. */
  debtDeducting(asset: string, hour: number, interest: bigint, other: OkxDebtBills): OkxDebtBills | undefined {
    const found = [...(this.#debts.get(asset)?.values() ?? [])].filter((debt) => debt !== other && debt.deduction(hour) === interest)
    return found.length === 1 ? found[0] : undefined
  }

  cash(asset: string): OkxCash {
    const cash = this.#cash.get(asset) ?? new OkxCash(this.#proven)
    this.#cash.set(asset, cash)
    return cash
  }

  #take(batch: MovementBatch, from: number, end: number): void {
    const { at, names, nameOf, balanceAfter } = batch
    const ofNames = this.#ofNames
    for (let place = from; place < end; place++) {
      const number = nameOf[place] as number
      ofNames[number] ??= this.#ofName(names[number] as MovementName)
      const { asset, isInterest, isDeduction, cash, cross, positions } = ofNames[number]
      const instant = at[place] as number
      const instId = positionInstrument(batch.detail(place))
      if (isDeduction || (instId !== undefined && !isInterest)) {
        const debt = instId === undefined ? cross : (positions.get(instId) ?? this.debt(asset, ownText(instId)))
        if (isDeduction) debt.deduct(instant, interestOf(batch, place))
        else debt.move(instant)
      }
      if (instId !== undefined || (balanceAfter.scales[place] as number) < 0) continue
      cash.take(instant, mantissaOf(batch, balanceAfter, place), balanceAfter.scales[place] as number, isInterest)
    }
  }

  #ofName({ asset, kind }: MovementName): BillsOfName {
    const isInterest = kind.startsWith('7/')
    const cross = this.debt(asset, '')
    const positions = this.#debts.get(asset) ?? new Map<string, OkxDebtBills>()
    return { asset, isInterest, isDeduction: isInterest && kind !== vipInterest, cash: this.cash(asset), cross, positions }
  }

  #forget(keepFrom: number): readonly Deduction[] {
    const left: Deduction[] = []
    for (const cash of this.#cash.values()) cash.forget(keepFrom)
    for (const ofAsset of this.#debts.values()) for (const debt of ofAsset.values()) left.push(...debt.forget(keepFrom))
    return left.sort((one, other) => one.hour - other.hour)
  }
}

/** What was deducted, in units of evidence: the interest that the bill tells, or else what it took. */
function interestOf(batch: MovementBatch, place: number): bigint {
  const { interest, amount } = batch
  const figures = (interest.scales[place] as number) < 0 ? amount : interest
  const units = unitsFrom(mantissaOf(batch, figures, place), figures.scales[place] as number)
  return units < 0n ? -units : units
}

function mantissaOf({ beyond64 }: MovementBatch, figures: BatchDecimals, place: number): bigint {
  const wide = beyond64.size > 0 && beyond64.has(place) ? figures.get(place) : undefined
  return wide === undefined ? (figures.mantissas[place] as bigint) : wide.mantissa
}
