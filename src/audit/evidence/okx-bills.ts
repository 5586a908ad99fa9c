import type { Book } from '../../book/book-interface.ts'
import type { Movement } from '../../book/record.ts'
import { absolute } from '../../decimal/arithmetic.ts'
import { hourMs } from '../../time/units.ts'
import { ProvenSpans } from './proven-spans.ts'
import { RowCursor } from './row-cursor.ts'
import { unitsOf } from './units.ts'

const isolatedRe = /(?:^| )mgnMode=isolated(?: |$)/
const instrumentRe = /(?:^| )instId=([^ ]+)/
/** Interest of VIP loans is deducted under a subtype of its own (facts B5). */
const vipInterest = '7/14'

/** Interest taken in one hour of one debt. */
export interface Deduction {
  readonly asset: string
  /** Of an isolated position; empty for cross. */
  readonly instId: string
  /** The full hour it belongs to. */
  readonly hour: number
  interest: bigint
}

interface CashChange {
  readonly at: number
  readonly after: bigint
  readonly isInterest: boolean
}

/** What the bills of an OKX account say while its charges pass; only the last stretch of them is kept. */
export class OkxBills {
  readonly #proven: ProvenSpans
  readonly #rows: RowCursor<Movement>
  readonly #deductions = new Map<string, Deduction>()
  readonly #cash = new Map<string, CashChange[]>()
  /** Instants at which loans or repayments moved an isolated debt. */
  readonly #moved = new Map<string, number[]>()

  private constructor(proven: ProvenSpans, rows: RowCursor<Movement>) {
    this.#proven = proven
    this.#rows = rows
  }

  static async open(book: Pick<Book, 'movements' | 'proven'>, account: string): Promise<OkxBills> {
    const proven = new ProvenSpans(await book.proven(account, 'bills'))
    return new OkxBills(proven, new RowCursor((within) => book.movements({ account, within, order: 'oldest-first' })))
  }

  get isEmpty(): boolean {
    return this.#proven.isEmpty
  }

  /** Reads on; what lies before `keepFrom` is forgotten, but for the last of each. Gives the deductions that nobody asked for. */
  async advance(keepFrom: number, to: number): Promise<readonly Deduction[]> {
    if (this.isEmpty) return []
    const left = this.#forget(keepFrom)
    for await (const bill of this.#rows.until(to)) if (bill.stream === 'bills') this.#take(bill)
    return left
  }

  /** Whether every bill of the hour that a charge belongs to is known. */
  provesHour(hour: number): boolean {
    return this.#proven.coversBetween(hour - 1, hour + hourMs - 1)
  }

  /** What was deducted in the hour for this debt, once: whoever asks has it. */
  takeDeduction(asset: string, instId: string, hour: number): Deduction | undefined {
    const key = deductionKey(asset, instId, hour)
    const deduction = this.#deductions.get(key)
    this.#deductions.delete(key)
    return deduction
  }

  /** What cash was when the hour began, before its interest; `undefined` where it is not known for certain. */
  cashAt(asset: string, hour: number): bigint | undefined {
    const changes = this.#cash.get(asset)
    if (changes === undefined) return undefined
    let place = changes.length - 1
    while (place >= 0 && (changes[place]?.at ?? 0) >= hour) place--
    // What happened at the full hour itself, other than its interest, may have come before the charge or after.
    for (let next = place + 1; changes[next]?.at === hour; next++) if (changes[next]?.isInterest === false) return undefined
    const last = changes[place]
    return last !== undefined && this.#proven.coversBetween(last.at, hour) ? last.after : undefined
  }

  /** Whether an isolated debt was borrowed or repaid between two instants; what happened at one of them may have. */
  isolatedMovedBetween(asset: string, instId: string, from: number, to: number): 'none' | 'some' | 'unknown' {
    if (!this.#proven.coversBetween(from, to)) return 'unknown'
    const instants = this.#moved.get(`${asset} ${instId}`)
    return instants?.some((at) => from <= at && at <= to) === true ? 'some' : 'none'
  }

  #take({ at, asset, kind, amount, balanceAfter, interest, detail }: Movement): void {
    const isInterest = kind.startsWith('7/')
    const isIsolated = isolatedRe.test(detail)
    const instId = isIsolated ? (instrumentRe.exec(detail)?.[1] ?? '') : ''
    if (isInterest && kind !== vipInterest) {
      const hour = Math.floor(at / hourMs) * hourMs
      const key = deductionKey(asset, instId, hour)
      const units = unitsOf(absolute(interest ?? amount))
      const known = this.#deductions.get(key)
      if (known === undefined) this.#deductions.set(key, { asset, instId, hour, interest: units })
      else known.interest += units
    }
    if (isIsolated) {
      if (!isInterest) pushTo(this.#moved, `${asset} ${instId}`, at)
    } else if (balanceAfter !== undefined) pushTo(this.#cash, asset, { at, after: unitsOf(balanceAfter), isInterest })
  }

  #forget(keepFrom: number): readonly Deduction[] {
    const left: Deduction[] = []
    for (const [key, deduction] of this.#deductions) {
      if (deduction.hour >= keepFrom) continue
      left.push(deduction)
      this.#deductions.delete(key)
    }
    for (const changes of this.#cash.values()) {
      const first = changes.findIndex(({ at }) => at >= keepFrom)
      changes.splice(0, (first === -1 ? changes.length : first) - 1)
    }
    for (const [name, instants] of this.#moved) {
      const rest = instants.filter((at) => at >= keepFrom)
      if (rest.length === 0) this.#moved.delete(name)
      else this.#moved.set(name, rest)
    }
    return left
  }
}

function deductionKey(asset: string, instId: string, hour: number): string {
  return `${asset} ${instId} ${hour}`
}

function pushTo<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [value])
  else list.push(value)
}
