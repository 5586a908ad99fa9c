import type { Book } from '../../book/book-interface.ts'
import type { MarginCharge } from '../../book/record.ts'
import { equals } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { Step } from '../finding.ts'
import type { FoundLater } from './found-later.ts'
import { findingOf, kept, missing } from './kept-charge.ts'
import type { ProvenSpans } from './proven-spans.ts'
import { RowCursor } from './row-cursor.ts'
import { WitnessLane } from './witness-lane.ts'

const restsOn = 'facts A3.2, A6'
/** Unmatched rows that are kept until it is known whether the two histories agree at all. */
const unmatchedMax = 10_000

interface Proofs {
  readonly interest: ProvenSpans
  readonly marginInterest: ProvenSpans
}

/**
 * Binance tells each charge on a negative balance a second time, as a `PORTFOLIO` row of margin interest history. The two
 * are held against each other one to one and both ways. Whether the exchange always tells both is not documented, so a
 * charge without its twin is told only between charges that have theirs.
 */
export class PortfolioTwins {
  readonly #account: string
  readonly #found: FoundLater
  readonly #proofs: Proofs
  readonly #rows: RowCursor<MarginCharge>
  readonly #waiting = new Map<string, MarginCharge>()
  readonly #lane: WitnessLane<SeenCharge>
  readonly #unmatched: MarginCharge[] = []
  readonly #end: number

  /** @param within what is judged: rows beyond it are no twins of anything */
  constructor(book: Pick<Book, 'marginCharges'>, account: string, found: FoundLater, proofs: Proofs, within?: Interval) {
    this.#account = account
    this.#found = found
    this.#lane = new WitnessLane(({ row }) => found.add(findingOf(row, withoutTwin(row))))
    this.#proofs = proofs
    this.#end = within?.to ?? Number.MAX_SAFE_INTEGER
    this.#rows = new RowCursor((span) => book.marginCharges({ account, within: span, order: 'oldest-first' }), within?.from)
  }

  async advance(to: number): Promise<void> {
    if (this.#proofs.marginInterest.isEmpty) return
    this.#leaveBehind()
    for await (const row of this.#rows.until(to)) if (row.type === 'PORTFOLIO') this.#waiting.set(nameOf(row.asset, row.at), row)
  }

  objectionTo(charge: SeenCharge): Objection | undefined {
    if (this.#proofs.marginInterest.isEmpty) return undefined
    const { series, at } = charge
    const name = nameOf(series.asset, at)
    const twin = this.#waiting.get(name)
    if (twin === undefined) {
      if (this.#proofs.marginInterest.covers(at)) this.#lane.disagree(series.asset, { row: kept(charge), other: undefined })
      return undefined
    }
    this.#waiting.delete(name)
    this.#lane.agree(series.asset)
    return difference(charge, twin)
  }

  /** Once the walk is over. */
  async finish(): Promise<void> {
    await this.advance(this.#end)
    this.#leaveBehind()
    this.#lane.finish()
    const areTwins = this.#unmatched.length <= this.#lane.agreed
    if (areTwins) for (const row of this.#unmatched) this.#found.add(withoutCharge(this.#account, row))
    const why = 'PORTFOLIO rows and the history of negative balances do not tell the same charges here, so neither proves the other'
    this.#found.couldNotJudge(why, this.#lane.undecided + (areTwins ? 0 : this.#unmatched.length))
  }

  /** What the charges passed without asking for it has no twin of its own. */
  #leaveBehind(): void {
    for (const row of this.#waiting.values()) {
      if (this.#proofs.interest.covers(row.at) && this.#unmatched.length < unmatchedMax) this.#unmatched.push(row)
    }
    this.#waiting.clear()
  }
}

/** Each UTC day is charged once. */
function nameOf(asset: string, at: number): string {
  return `${asset} ${Math.floor(at / dayMs)}`
}

function difference(charge: SeenCharge, twin: MarginCharge): Objection | undefined {
  const isPrincipal = !equals(decimalOf(charge.principalMantissa, charge.principalScale), twin.principal)
  if (!isPrincipal && equals(decimalOf(charge.rateMantissa, charge.rateScale), twin.rate)) return undefined
  const [told, other] = isPrincipal
    ? [toText(decimalOf(charge.principalMantissa, charge.principalScale)), toText(twin.principal)]
    : [toText(decimalOf(charge.rateMantissa, charge.rateScale)), toText(twin.rate)]
  const what = isPrincipal ? 'principal' : 'rate'
  return Object.freeze({
    verdict: isPrincipal ? 'wrong-principal' : 'wrong-rate',
    due: { low: twin.interest, high: twin.interest },
    sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: the ${what} is ${told}, but ${other} in the exchange's margin interest history`,
    steps: [twinStep(twin), { what: `${what} of the charge`, how: 'as the row shows it', result: told, restsOn }],
  })
}

function withoutTwin(charge: SeenCharge): Objection {
  const how = 'proven for that day, with a PORTFOLIO row for the charges before and after, and none for this one'
  return Object.freeze({
    verdict: 'not-due',
    due: { low: decimalOf(0n), high: decimalOf(0n) },
    sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: the charge is not in the exchange's margin interest history, which has those before and after it`,
    steps: [{ what: 'margin interest history', how, result: 'no such charge', restsOn }],
  })
}

function withoutCharge(account: string, row: MarginCharge) {
  const { asset, at, interest } = row
  const sentence =
    `${asset} at ${isoInstant(at)}: ${shown(interest)} was charged by margin interest history (txId ${row.txId}), ` +
    'but the history of negative balances, proven for that day, has no such charge'
  const name = { account, asset, instId: '', marginMode: '', loanType: '', at }
  return missing(name, { low: interest, high: interest }, sentence, [twinStep(row)])
}

function twinStep({ txId, principal, rate, interest }: MarginCharge): Step {
  const how = `PORTFOLIO row ${txId}: principal ${toText(principal)}, rate ${toText(rate)}`
  return { what: 'the same charge in margin interest history', how, result: toText(interest), restsOn }
}

function shown(value: Decimal): string {
  return toText(value)
}
