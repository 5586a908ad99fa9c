import type { Book } from '../../book/book-interface.ts'
import type { BatchDecimals, MarginChargeBatch } from '../../book/row-batch.ts'
import { equals } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { Step } from '../finding.ts'
import { ownText } from '../own-text.ts'
import { BatchCursor } from './batch-cursor.ts'
import type { FoundLater } from './found-later.ts'
import { findingOf, kept, missing } from './kept-charge.ts'
import { Periods } from './periods.ts'
import type { ProvenSpans } from './proven-spans.ts'
import { WitnessLane } from './witness-lane.ts'

const restsOn = 'facts A3.2, A6'
/** Unmatched rows that are kept until it is known whether the two histories agree at all. */
const unmatchedMax = 10_000

interface Twin {
  readonly at: number
  readonly asset: string
  readonly txId: string
  readonly principal: Decimal
  readonly rate: Decimal
  readonly interest: Decimal
}

/** The rows of one asset, of which each UTC day has one; `undefined` once a charge has it. */
interface TwinsOfAsset {
  readonly days: Periods
  readonly twins: (Twin | undefined)[]
}

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
  readonly #rows: BatchCursor<MarginChargeBatch>
  readonly #waiting = new Map<string, TwinsOfAsset>()
  readonly #lane: WitnessLane<SeenCharge>
  readonly #unmatched: Twin[] = []
  readonly #end: number

  /** @param within what is judged: rows beyond it are no twins of anything */
  constructor(book: Pick<Book, 'marginChargeBatches'>, account: string, found: FoundLater, proofs: Proofs, within?: Interval) {
    this.#account = account
    this.#found = found
    this.#lane = new WitnessLane(({ row }) => found.add(findingOf(row, withoutTwin(row))))
    this.#proofs = proofs
    this.#end = within?.to ?? Number.MAX_SAFE_INTEGER
    const from = within?.from ?? Number.MIN_SAFE_INTEGER
    this.#rows = new BatchCursor(book.marginChargeBatches({ account, within: { from, to: this.#end }, types: ['PORTFOLIO'] }))
  }

  /** The charges that come next are all of instants from `from` on and before `to`. */
  async advance(from: number, to: number): Promise<void> {
    if (this.#proofs.marginInterest.isEmpty) return
    // Charges of one day may stand in two batches, and a twin is of the day.
    this.#leaveBehind(dayOf(from))
    await this.#rows.until(Math.min(to, this.#end), (batch, from, end) => {
      for (let place = from; place < end; place++) this.#wait(twinAt(batch, place))
    })
  }

  objectionTo(charge: SeenCharge): Objection | undefined {
    if (this.#proofs.marginInterest.isEmpty) return undefined
    const { series, at } = charge
    const twin = this.#takeTwin(series.asset, dayOf(at))
    if (twin === undefined) {
      if (this.#proofs.marginInterest.covers(at)) this.#lane.disagree(series.asset, { row: kept(charge), other: undefined })
      return undefined
    }
    this.#lane.agree(series.asset)
    return difference(charge, twin)
  }

  /** Once the walk is over. */
  async finish(): Promise<void> {
    await this.advance(this.#end, this.#end)
    this.#leaveBehind(this.#end)
    this.#lane.finish()
    const areTwins = this.#unmatched.length <= this.#lane.agreed
    if (areTwins) for (const row of this.#unmatched) this.#found.add(withoutCharge(this.#account, row))
    const why = 'PORTFOLIO rows and the history of negative balances do not tell the same charges here, so neither proves the other'
    this.#found.couldNotJudge(why, this.#lane.undecided + (areTwins ? 0 : this.#unmatched.length))
  }

  /** What the charges passed without asking for it has no twin of its own. */
  #leaveBehind(before: number): void {
    const left: Twin[] = []
    for (const { days, twins } of this.#waiting.values()) {
      const forgotten = days.countBefore(before, 0)
      days.forget(forgotten)
      for (const twin of twins.splice(0, forgotten)) if (twin !== undefined) left.push(twin)
    }
    for (const twin of left.sort((one, other) => one.at - other.at)) {
      if (!this.#proofs.interest.covers(twin.at) || this.#unmatched.length >= unmatchedMax) continue
      this.#unmatched.push({ ...twin, txId: ownText(twin.txId) })
    }
  }

  #wait(twin: Twin): void {
    const { days, twins } = this.#waiting.get(twin.asset) ?? { days: new Periods(), twins: [] }
    this.#waiting.set(twin.asset, { days, twins })
    const day = dayOf(twin.at)
    twins[days.last === day ? days.count - 1 : days.push(day)] = twin
  }

  #takeTwin(asset: string, day: number): Twin | undefined {
    const waiting = this.#waiting.get(asset)
    const place = waiting?.days.placeAt(day) ?? -1
    const twin = waiting?.twins[place]
    if (waiting !== undefined && twin !== undefined) waiting.twins[place] = undefined
    return twin
  }
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs
}

function twinAt(batch: MarginChargeBatch, place: number): Twin {
  const { at, names, nameOf, beyond64, principal, rate, interest } = batch
  const isWide = beyond64.size > 0 && beyond64.has(place)
  // Not frozen where it need not be: nearly none of them is looked at again.
  const told = (figures: BatchDecimals): Decimal =>
    (isWide ? figures.get(place) : undefined) ?? { mantissa: figures.mantissas[place] as bigint, scale: figures.scales[place] as number }
  return {
    at: at[place] as number,
    asset: names[nameOf[place] as number]?.asset ?? '',
    txId: batch.txId(place),
    principal: told(principal),
    rate: told(rate),
    interest: told(interest),
  }
}

function difference(charge: SeenCharge, twin: Twin): Objection | undefined {
  if (isAlike(charge, twin)) return undefined
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

/** Whether both tell the same in the same digits, as nearly all do. */
function isAlike({ principalMantissa, principalScale, rateMantissa, rateScale }: SeenCharge, { principal, rate }: Twin): boolean {
  const isSame = principalMantissa === principal.mantissa && rateMantissa === rate.mantissa
  return isSame && principalScale === principal.scale && rateScale === rate.scale
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

function withoutCharge(account: string, row: Twin) {
  const { asset, at, interest } = row
  const sentence =
    `${asset} at ${isoInstant(at)}: ${shown(interest)} was charged by margin interest history (txId ${row.txId}), ` +
    'but the history of negative balances, proven for that day, has no such charge'
  const name = { account, asset, instId: '', marginMode: '', loanType: '', at }
  return missing(name, { low: interest, high: interest }, sentence, [twinStep(row)])
}

function twinStep({ txId, principal, rate, interest }: Twin): Step {
  const how = `PORTFOLIO row ${txId}: principal ${toText(principal)}, rate ${toText(rate)}`
  return { what: 'the same charge in margin interest history', how, result: toText(interest), restsOn }
}

function shown(value: Decimal): string {
  return toText(value)
}
