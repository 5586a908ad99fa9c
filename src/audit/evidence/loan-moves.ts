import type { Book } from '../../book/book-interface.ts'
import type { Movement, Stream } from '../../book/record.ts'
import { ProvenSpans } from './proven-spans.ts'
import { RowCursor } from './row-cursor.ts'
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
  readonly #rows: RowCursor<Movement>
  readonly #byAsset: ReadonlyMap<string, MovesOfAsset>

  private constructor(rows: RowCursor<Movement>, byAsset: ReadonlyMap<string, MovesOfAsset>) {
    this.#rows = rows
    this.#byAsset = byAsset
  }

  /** @param assets those whose loans may be asked for */
  static async open(book: Pick<Book, 'movements' | 'proven'>, account: string, assets: Iterable<string>): Promise<LoanMoves> {
    const provenOf = async (stream: Stream) => new ProvenSpans(await book.proven(account, stream))
    const byAsset = new Map<string, MovesOfAsset>()
    for (const asset of assets) {
      const loans = await provenOf(`margin-loans:${asset}`)
      const repayments = await provenOf(`margin-repayments:${asset}`)
      if (!loans.isEmpty && !repayments.isEmpty) byAsset.set(asset, { loans, repayments, moves: [], passed: 0n })
    }
    return new LoanMoves(new RowCursor((within) => book.movements({ account, within, order: 'oldest-first' })), byAsset)
  }

  async advance(to: number): Promise<void> {
    if (this.#byAsset.size === 0) return
    for await (const movement of this.#rows.until(to)) {
      const kind = movement.stream === 'margin-loans' ? 'loan' : movement.stream === 'margin-repayments' ? 'repayment' : undefined
      if (kind === undefined) continue
      const { at, amount, interest } = movement
      this.#byAsset
        .get(movement.asset)
        ?.moves.push({ at, kind, principal: unitsOf(amount) + (interest === undefined ? 0n : unitsOf(interest)) })
    }
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
}

const nothing = Object.freeze({ before: 0n, atInstant: 0n })
