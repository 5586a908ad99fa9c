import type { Book } from '../../book/book-interface.ts'
import { isoInstant } from '../../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { FoundLater } from './found-later.ts'
import { dueBetween, rateOf } from './interest-due.ts'
import { LoanLane } from './loan-lane.ts'
import { LoanMoves } from './loan-moves.ts'
import { ProvenSpans } from './proven-spans.ts'
import { PublishedRates } from './published-rates.ts'
import { RateLane } from './rate-lane.ts'
import { secondCharge } from './second-charge.ts'
import { unitsFrom, unitsText } from './units.ts'

/** The charge of a loan and its record need not carry the same millisecond. */
const loanReachMs = minuteMs

interface Series {
  period: number
  at: number
  principals: bigint[]
  readonly loan: LoanLane | undefined
  readonly rate: RateLane
}

/** Witnesses of Binance's margin interest history: loans, repayments, published rates. */
export class MarginLoans {
  readonly #found: FoundLater
  readonly #moves: LoanMoves
  readonly #marginInterest: ProvenSpans
  readonly #rates: PublishedRates
  readonly #series: (Series | undefined)[] = []
  #matchedLoans = 0
  #unmatchedLoans = 0

  private constructor(found: FoundLater, moves: LoanMoves, marginInterest: ProvenSpans, rates: PublishedRates) {
    this.#found = found
    this.#moves = moves
    this.#marginInterest = marginInterest
    this.#rates = rates
  }

  static async open(book: Book, account: string, found: FoundLater): Promise<MarginLoans> {
    const assets = (await book.latestBalances(account)).map(({ asset }) => asset)
    const moves = await LoanMoves.open(book, account, assets)
    const proven = new ProvenSpans(await book.proven(account, 'margin-interest'))
    return new MarginLoans(found, moves, proven, new PublishedRates(book, account))
  }

  async advance(to: number): Promise<void> {
    await this.#moves.advance(to + loanReachMs)
    await this.#rates.advance(to)
  }

  objectionTo(charge: SeenCharge): Objection | undefined {
    const series = this.#series[charge.seriesIndex] ?? this.#open(charge)
    if (charge.type === 'PORTFOLIO') return this.#secondOf(series, charge, 'day')
    if (charge.rawAsset === charge.series.asset) {
      if (!this.#rates.isEmpty) series.rate.see(charge, this.#rates.inForce(charge.series.asset, charge.at))
    }
    if (charge.type === 'ON_BORROW') return this.#borrowed(charge)
    if (!charge.type.startsWith('PERIODIC')) return undefined
    const second = this.#secondOf(series, charge, 'hour')
    if (second === undefined) series.loan?.see(charge)
    return second
  }

  /** Whether loans or repayments moved what is borrowed of the asset. */
  movedBetween(asset: string, from: number, to: number): 'none' | 'some' | 'unknown' {
    if (!this.#moves.areProven(asset, from, to)) return 'unknown'
    return this.#moves.hasMoved(asset, from, to) ? 'some' : 'none'
  }

  finish(): void {
    let loans = 0
    let rates = 0
    for (const series of this.#series) {
      // Numbers of series run on through the whole audit.
      if (series === undefined) continue
      loans += series.loan?.undecided ?? 0
      rates += series.rate.undecided
    }
    this.#found.couldNotJudge('what is borrowed changed by what neither loans nor repayments tell', loans)
    this.#found.couldNotJudge('charged at other rates than were published for the level, or nothing after it tells', rates)
    if (this.#matchedLoans === 0) this.#found.couldNotJudge('charges of borrowing, of which no loan is known', this.#unmatchedLoans)
  }

  /** Several rows of one hour may be pieces of a loan: only one that says the same again is a second charge. */
  #secondOf(series: Series, charge: SeenCharge, period: 'day' | 'hour'): Objection | undefined {
    const number = Math.floor(charge.at / (period === 'day' ? dayMs : hourMs))
    const principal = unitsFrom(charge.principalMantissa, charge.principalScale)
    if (number === series.period && (period === 'day' || series.principals.includes(principal))) {
      return secondCharge(charge, series.at, period)
    }
    if (number === series.period) series.principals.push(principal)
    else series.principals = [principal]
    series.period = number
    series.at = charge.at
    return undefined
  }

  /** The hour charged at borrowing is on what was lent at that instant. */
  #borrowed(charge: SeenCharge): Objection | undefined {
    const { asset } = charge.series
    if (!this.#moves.areProven(asset, charge.at - loanReachMs, charge.at + loanReachMs)) return undefined
    const principal = unitsFrom(charge.principalMantissa, charge.principalScale)
    const loans = this.#moves.loansAround(asset, charge.at, loanReachMs)
    if (loans.some((loan) => loan.principal === principal)) {
      this.#matchedLoans++
      return undefined
    }
    this.#unmatchedLoans++
    // Where no charge of borrowing ever had its loan, the histories do not fit one another as is thought.
    if (this.#matchedLoans === 0) return undefined
    const [loan] = loans
    const lent = loan?.principal ?? 0n
    const rate = rateOf(charge)
    return Object.freeze({
      verdict: loan === undefined ? 'not-due' : 'wrong-principal',
      due: dueBetween('binance', { low: lent, high: lent }, { low: rate, high: rate }, 24n),
      sentence: `${asset} at ${isoInstant(charge.at)}: an hour was charged for borrowing ${unitsText(principal)}, but ${loan === undefined ? 'nothing' : unitsText(lent)} was lent`,
      steps: [
        {
          what: 'lent at that instant',
          how: 'the history of loans, proven for that time',
          result: unitsText(lent),
          restsOn: 'facts A5, A6',
        },
      ],
    })
  }

  #open({ series: { asset }, seriesIndex, type, rawAsset }: SeenCharge): Series {
    const isProven = (instant: number) => this.#marginInterest.covers(instant)
    const loan = type === 'PERIODIC' && rawAsset === asset ? new LoanLane(this.#moves, this.#found, isProven) : undefined
    const opened = { period: -1, at: -1, principals: [], loan, rate: new RateLane(this.#found, type === 'PORTFOLIO' ? 1n : 24n) }
    this.#series[seriesIndex] = opened
    return opened
  }
}
