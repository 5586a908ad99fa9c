import type { Book } from '../../book/book-interface.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { FoundLater } from './found-later.ts'
import { NegativeBalanceLane } from './negative-balance-lane.ts'
import { owedOnBinance } from './owed-on-binance.ts'
import type { OwedSpans } from './owed-spans.ts'
import { PortfolioTwins } from './portfolio-twins.ts'
import { ProvenSpans } from './proven-spans.ts'
import { PublishedRates } from './published-rates.ts'
import { RateLane } from './rate-lane.ts'
import { secondCharge } from './second-charge.ts'

/** What is known of one series while its charges pass. */
interface Series {
  day: number
  at: number
  readonly principal: NegativeBalanceLane | undefined
  readonly rate: RateLane
}

/** Witnesses of a Binance account's charges on negative balances. */
export class NegativeBalances {
  readonly #found: FoundLater
  readonly #owed: ReadonlyMap<string, OwedSpans>
  readonly #interest: ProvenSpans
  readonly #twins: PortfolioTwins
  readonly #rates: PublishedRates
  readonly #series: (Series | undefined)[] = []

  private constructor(parts: {
    found: FoundLater
    owed: ReadonlyMap<string, OwedSpans>
    interest: ProvenSpans
    twins: PortfolioTwins
    rates: PublishedRates
  }) {
    this.#found = parts.found
    this.#owed = parts.owed
    this.#interest = parts.interest
    this.#twins = parts.twins
    this.#rates = parts.rates
  }

  /** @param within what is judged; all there is where it is left out */
  static async open(book: Book, account: string, found: FoundLater, within?: Interval): Promise<NegativeBalances> {
    const interest = await book.proven(account, 'interest')
    const proofs = {
      interest: new ProvenSpans(interest),
      marginInterest: new ProvenSpans(await book.proven(account, 'margin-interest')),
    }
    return new NegativeBalances({
      found,
      owed: await owedOnBinance(book, account),
      interest: new ProvenSpans(interest),
      twins: new PortfolioTwins(book, account, found, proofs, within),
      rates: new PublishedRates(book, account),
    })
  }

  async advance(from: number, to: number): Promise<void> {
    await this.#twins.advance(from, to)
    await this.#rates.advance(to)
  }

  objectionTo(charge: SeenCharge): Objection | undefined {
    const { at, seriesIndex } = charge
    const series = this.#series[seriesIndex] ?? this.#open(charge)
    const day = Math.floor(at / dayMs)
    if (series.day === day) return secondCharge(charge, series.at, 'day')
    series.day = day
    series.at = at
    const twin = this.#twins.objectionTo(charge)
    const principal = series.principal?.objectionTo(charge)
    if (!this.#rates.isEmpty) series.rate.see(charge, this.#rates.inForce(charge.series.asset, at))
    return principal ?? twin
  }

  async finish(): Promise<void> {
    await this.#twins.finish()
    let free = 0
    let rates = 0
    for (const series of this.#series) {
      // Numbers of series run on through the whole audit.
      if (series === undefined) continue
      const { principal, rate } = series
      free += principal?.undecided ?? 0
      rates += rate.undecided
    }
    this.#found.couldNotJudge('the free threshold changed here, or nothing after it tells', free)
    this.#found.couldNotJudge('charged at other rates than were published for the level, or nothing after it tells', rates)
  }

  #open({ series: { asset }, seriesIndex }: SeenCharge): Series {
    const owed = this.#owed.get(asset)
    const isProven = (instant: number) => this.#interest.covers(instant)
    const principal = owed === undefined ? undefined : new NegativeBalanceLane(owed, this.#found, isProven)
    const opened = { day: -1, at: -1, principal, rate: new RateLane(this.#found, 1n) }
    this.#series[seriesIndex] = opened
    return opened
  }
}
