import { type ChargeKind, kindOf } from './charge-kind.ts'
import { copyOf } from './copied-charge.ts'
import type { Evidence, Objection, SeenCharge } from './evidence.ts'
import type { Finding } from './finding.ts'
import { contradicted, unexplained } from './finding-of.ts'
import { IsolatedGrowth } from './isolated-growth.ts'
import { isWithinHidden, plausibleDailyRate, recompute } from './recompute.ts'
import { isLimitedRegime, regimeObjection } from './regime-objection.ts'
import { type Fit, noFit } from './rounding-fit.ts'
import type { HeldCharge, RoundingLane } from './rounding-lane.ts'
import type { RoundingLearner } from './rounding-learner.ts'
import { type Standing, standings } from './rounding-span.ts'
import { rulesOfSet } from './rounding-tally.ts'
import type { Verdict } from './verdict.ts'
import { noCounts, type VerdictCounts } from './verdict-counts.ts'

/** Verdicts that are sound but not exact. */
export type Doubt = Extract<Verdict, 'within-rounding' | 'hidden-digits'>

export interface JudgeSinks {
  readonly onFinding: (finding: Finding) => void
  /** A charge that is sound, but not to the last digit by the rule learned. */
  readonly onDoubt: (charge: SeenCharge, verdict: Doubt) => void
}

/** What is kept of a series from one of its charges to the next. */
interface Series {
  readonly lane: RoundingLane
  readonly kind: ChargeKind
  readonly asset: string
  readonly isIsolated: boolean
  principalMantissa: bigint
  rateMantissa: bigint
  interestMantissa: bigint
  /** The three scales as one number. */
  scales: number
  rateScale: number
  daily: bigint | undefined
  fit: Fit
  teaches: boolean
  /** Charged so far, by scale. */
  readonly charged: (bigint | undefined)[]
  /** What became of the charge before, where it can still be overruled. */
  before: Verdict | HeldCharge | undefined
}

/**
 * Judges charges one after another: by their own figures and the rounding learned so far, by the regime, by what the
 * debt grew by, and by the evidence. A debt that stands charges the same every time, so that what was found for the
 * charge before holds again.
 */
export class ChargeJudge {
  readonly #evidence: Evidence
  readonly #learner: RoundingLearner
  readonly #sinks: JudgeSinks
  readonly #growth: IsolatedGrowth
  readonly #series: (Series | undefined)[] = []
  readonly #counts = noCounts()
  readonly #overruled = new Set<HeldCharge>()
  #converted = 0

  constructor(evidence: Evidence, learner: RoundingLearner, sinks: JudgeSinks) {
    this.#evidence = evidence
    this.#learner = learner
    this.#sinks = sinks
    this.#growth = new IsolatedGrowth(evidence)
  }

  get counts(): VerdictCounts {
    return this.#counts
  }

  /** Charges whose row does not tell what their interest was computed on. */
  get converted(): number {
    return this.#converted
  }

  /** Isolated debts that moved by more than their interest with nothing proven of why. */
  get unknownMoves(): number {
    return this.#growth.unknown
  }

  /** What was charged, by asset, in sums that each have a scale of their own. */
  *sums(): Generator<{ readonly asset: string; readonly mantissa: bigint; readonly scale: number }> {
    for (const series of this.#series) {
      if (series?.kind.isSecondTelling) continue
      for (const [scale, mantissa] of (series?.charged ?? []).entries()) {
        if (series !== undefined && mantissa !== undefined) yield { asset: series.asset, mantissa, scale }
      }
    }
  }

  /** Counts a finding that no single charge led to. */
  count(verdict: Verdict): void {
    this.#counts[verdict]++
  }

  judge(charge: SeenCharge): void {
    const series = this.#series[charge.seriesIndex] ?? this.#begin(charge)
    if (series === undefined) {
      this.#judgeWithoutKind(charge)
      return
    }
    this.#recompute(charge, series)
    const { interestScale } = charge
    series.charged[interestScale] = (series.charged[interestScale] ?? 0n) + charge.interestMantissa
    const { fit, kind } = series
    const isSound = fit !== noFit || isWithinHidden(charge, kind.method)
    const own = isLimitedRegime(charge.at) ? regimeObjection(charge) : undefined
    const told = this.#evidence.objectionTo(charge, isSound)
    let objection = own ?? told
    if (series.isIsolated) objection = this.#grown(charge, series, objection, isSound)
    if (objection !== undefined) this.#contradict(charge, series, objection)
    else if (fit === noFit) this.#withoutFit(charge, series, isSound)
    else this.#byRounding(charge, series)
  }

  #begin(charge: SeenCharge): Series | undefined {
    const kind = kindOf(charge)
    if (kind === undefined) return undefined
    const { asset, instId } = charge.series
    const series: Series = {
      kind,
      asset,
      lane: this.#learner.lane(kind, asset, (held, standing) => this.#released(held, standing)),
      isIsolated: charge.exchange === 'okx' && instId !== '',
      principalMantissa: -1n,
      rateMantissa: -1n,
      interestMantissa: -1n,
      scales: -1,
      rateScale: -1,
      daily: undefined,
      fit: noFit,
      teaches: false,
      charged: [],
      before: undefined,
    }
    this.#series[charge.seriesIndex] = series
    return series
  }

  #recompute(charge: SeenCharge, series: Series): void {
    const { principalMantissa, principalScale, rateMantissa, rateScale, interestMantissa, interestScale } = charge
    const scales = (principalScale * 256 + rateScale) * 256 + interestScale
    const isSameRate = rateMantissa === series.rateMantissa && rateScale === series.rateScale
    if (
      isSameRate &&
      scales === series.scales &&
      principalMantissa === series.principalMantissa &&
      interestMantissa === series.interestMantissa
    ) {
      return
    }
    const { method } = series.kind
    if (!isSameRate && method === 'printed-hour') series.daily = plausibleDailyRate(rateMantissa, rateScale)
    series.rateMantissa = rateMantissa
    series.rateScale = rateScale
    series.principalMantissa = principalMantissa
    series.interestMantissa = interestMantissa
    series.scales = scales
    const { fit, isCertain } = recompute(charge, method, series.daily)
    series.fit = fit
    series.teaches = isCertain
  }

  #grown(charge: SeenCharge, series: Series, objection: Objection | undefined, isSound: boolean): Objection | undefined {
    const grown = this.#growth.check(charge)
    if (grown?.before !== undefined) this.#overrule(grown.before, series, grown.objection)
    const all = objection ?? (grown?.before === undefined ? grown?.objection : undefined)
    this.#growth.keep(charge, isSound && all === undefined)
    return all
  }

  /** The charge before was taken for sound, until what came after it told otherwise. */
  #overrule(charge: SeenCharge, series: Series, objection: Objection): void {
    if (series.before === undefined) return
    if (typeof series.before === 'string') this.#counts[series.before]--
    else this.#overruled.add(series.before)
    this.#counts[objection.verdict]++
    this.#sinks.onFinding(contradicted(charge, objection, this.#standingOf(series)))
  }

  #contradict(charge: SeenCharge, series: Series, objection: Objection): void {
    series.before = undefined
    this.#counts[objection.verdict]++
    this.#sinks.onFinding(contradicted(copyOf(charge), objection, this.#standingOf(series)))
  }

  #withoutFit(charge: SeenCharge, series: Series, isSound: boolean): void {
    series.before = isSound ? 'hidden-digits' : undefined
    if (isSound) this.#doubt(charge, 'hidden-digits')
    else this.#unexplain(charge, series)
  }

  #byRounding(charge: SeenCharge, series: Series): void {
    const { fit, lane, teaches } = series
    const standing = lane.judge(fit, charge.at, teaches)
    if (standing === standings.exact) {
      series.before = 'exact'
      this.#counts.exact++
    } else if (standing === undefined) {
      const held: HeldCharge = { charge: copyOf(charge), fit }
      series.before = held
      lane.hold(held)
    } else series.before = this.#stands(charge, standing, series)
  }

  #released(held: HeldCharge, standing: Standing): void {
    if (this.#overruled.delete(held)) return
    const series = this.#series[held.charge.seriesIndex]
    if (series === undefined) return
    const verdict = this.#stands(held.charge, standing, series)
    if (series.before === held) series.before = verdict
  }

  #stands(charge: SeenCharge, standing: Standing, series: Series): Verdict | undefined {
    if (standing === standings.exact) {
      this.#counts.exact++
      return 'exact'
    }
    if (standing === standings.near) return this.#doubt(charge, 'within-rounding')
    if (isWithinHidden(charge, series.kind.method)) return this.#doubt(charge, 'hidden-digits')
    this.#unexplain(charge, series)
    return undefined
  }

  #doubt(charge: SeenCharge, verdict: Doubt): Doubt {
    this.#counts[verdict]++
    this.#sinks.onDoubt(charge, verdict)
    return verdict
  }

  #unexplain(charge: SeenCharge, series: Series): void {
    this.#counts.unexplained++
    this.#sinks.onFinding(unexplained(copyOf(charge), this.#standingOf(series)))
  }

  #judgeWithoutKind(charge: SeenCharge): void {
    this.#converted++
    const objection = this.#evidence.objectionTo(charge, true)
    if (objection === undefined) return
    this.#counts[objection.verdict]++
    this.#sinks.onFinding(contradicted(copyOf(charge), objection, []))
  }

  #standingOf({ lane }: Series) {
    return rulesOfSet(lane.spans.at(-1)?.standing ?? 0n)
  }
}
