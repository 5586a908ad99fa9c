import type { Book } from '../../book/book-interface.ts'
import type { Stream } from '../../book/record.ts'
import type { BatchDecimals, MovementBatch } from '../../book/row-batch.ts'
import { BatchCursor } from './batch-cursor.ts'
import { ProvenSpans } from './proven-spans.ts'
import { unitsOf } from './units.ts'

/** One loan, or what a repayment repaid of the principal. */
export interface LoanMove {
  readonly at: number
  /** Signed change of what is borrowed, units of evidence. */
  readonly principal: bigint
  readonly kind: 'loan' | 'repayment'
}

interface MovesOfAsset {
  readonly loans: ProvenSpans
  readonly repayments: ProvenSpans
  /** Since the last charge that asked. */
  moves: LoanMove[]
  /** What all moves that were passed add up to. */
  passed: bigint
}

/** Margin loans and their repayments, asset by asset, in step with the charges on them. */
export class LoanMoves {
  readonly #rows: BatchCursor<MovementBatch>
  readonly #byAsset: ReadonlyMap<string, MovesOfAsset>

  private constructor(rows: BatchCursor<MovementBatch>, byAsset: ReadonlyMap<string, MovesOfAsset>) {
    this.#rows = rows
    this.#byAsset = byAsset
  }

  /** @param assets those whose loans may be asked for */
  static async open(book: Pick<Book, 'movementBatches' | 'proven'>, account: string, assets: Iterable<string>): Promise<LoanMoves> {
    const provenOf = async (stream: Stream) => new ProvenSpans(await book.proven(account, stream))
    const byAsset = new Map<string, MovesOfAsset>()
    for (const asset of assets) {
      const loans = await provenOf(`margin-loans:${asset}`)
      const repayments = await provenOf(`margin-repayments:${asset}`)
      if (!loans.isEmpty && !repayments.isEmpty) byAsset.set(asset, { loans, repayments, moves: [], passed: 0n })
    }
    const streams = ['margin-loans', 'margin-repayments'] as const
    return new LoanMoves(new BatchCursor(book.movementBatches({ account, streams })), byAsset)
  }

  async advance(to: number): Promise<void> {
    if (this.#byAsset.size === 0) return
    await this.#rows.until(to, (batch, from, end) => {
      for (let place = from; place < end; place++) this.#take(batch, place)
    })
  }

  /** Whether both histories are proven after one instant and up to another. */
  areProven(asset: string, from: number, to: number): boolean {
    const known = this.#byAsset.get(asset)
    if (known === undefined) return false
    return known.loans.coversBetween(from, to) && known.repayments.coversBetween(from, to)
  }

  /** What all moves before an instant add up to, and those at that very instant; instants ascend within an asset. */
  sumBefore(asset: string, at: number): { readonly before: bigint; readonly atInstant: bigint } {
    const known = this.#byAsset.get(asset)
    if (known === undefined) return nothing
    let place = 0
    for (; (known.moves[place]?.at ?? Number.POSITIVE_INFINITY) < at; place++) known.passed += known.moves[place]?.principal ?? 0n
    if (place > 0) known.moves.splice(0, place)
    let atInstant = 0n
    for (const move of known.moves) {
      if (move.at > at) break
      atInstant += move.principal
    }
    return { before: known.passed, atInstant }
  }

  /** Loans within a span around an instant, both ends included, that were not passed yet. */
  loansAround(asset: string, at: number, reachMs: number): readonly LoanMove[] {
    const moves = this.#byAsset.get(asset)?.moves ?? []
    return moves.filter((move) => move.kind === 'loan' && Math.abs(move.at - at) <= reachMs)
  }

  /** Whether anything moved between two instants, or at one of them, of what was not passed yet. */
  hasMoved(asset: string, from: number, to: number): boolean {
    return (this.#byAsset.get(asset)?.moves ?? []).some(({ at }) => from <= at && at <= to)
  }

  #take({ at, names, nameOf, amount, interest }: MovementBatch, place: number): void {
    const name = names[nameOf[place] as number]
    const principal = unitsAt(amount, place) + unitsAt(interest, place)
    const kind = name?.stream === 'margin-loans' ? 'loan' : 'repayment'
    this.#byAsset.get(name?.asset ?? '')?.moves.push({ at: at[place] as number, kind, principal })
  }
}

function unitsAt(figures: BatchDecimals, place: number): bigint {
  const told = figures.get(place)
  return told === undefined ? 0n : unitsOf(told)
}

const nothing = Object.freeze({ before: 0n, atInstant: 0n })
