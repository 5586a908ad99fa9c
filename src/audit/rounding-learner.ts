import type { ChargeKind } from './charge-kind.ts'
import type { LearnedRounding } from './learned-rounding.ts'
import { type Release, RoundingLane } from './rounding-lane.ts'
import { roundingRules } from './rounding-rule.ts'
import type { RoundingSpan } from './rounding-span.ts'
import { rulesOfSet } from './rounding-tally.ts'

interface AssetLane {
  readonly kind: ChargeKind
  readonly asset: string
  readonly lane: RoundingLane
}

interface AssetSpan {
  readonly assets: readonly string[]
  readonly standing: bigint
  readonly spans: readonly RoundingSpan[]
}

const nextBestShown = 3
const examplesShown = 3

/** Learns how each kind of charge is rounded, asset by asset; assets that agree are told together. */
export class RoundingLearner {
  readonly #lanes = new Map<ChargeKind, Map<string, AssetLane>>()

  lane(kind: ChargeKind, asset: string, release: Release): RoundingLane {
    let ofKind = this.#lanes.get(kind)
    if (ofKind === undefined) {
      ofKind = new Map()
      this.#lanes.set(kind, ofKind)
    }
    const known = ofKind.get(asset)
    if (known !== undefined) return known.lane
    const lane = new RoundingLane(release)
    ofKind.set(asset, { kind, asset, lane })
    return lane
  }

  /** After the last charge: judges what is held. Who saw much is asked first, so that who saw little can follow him. */
  finish(): void {
    for (const ofKind of this.#lanes.values()) {
      const lanes = [...ofKind.values()].map(({ lane }) => lane)
      lanes.sort((left, right) => right.waiting - left.waiting)
      for (const lane of lanes) lane.finish((from, to) => standingElsewhere(lanes, lane, from, to))
    }
  }

  /** What was learned, by kind, then by time; a change of the rule begins another. */
  learned(): readonly LearnedRounding[] {
    return [...this.#lanes].flatMap(([{ name }, ofKind]) =>
      agreeing([...ofKind.values()])
        .map((one) => told(name, one))
        .sort((left, right) => left.firstAt - right.firstAt),
    )
  }
}

/** What stands in the span with most charges that touches this one. */
function standingElsewhere(lanes: readonly RoundingLane[], asking: RoundingLane, from: number, to: number): bigint {
  let most: RoundingSpan | undefined
  for (const lane of lanes) {
    if (lane === asking) continue
    for (const span of lane.spans) {
      if (span.to >= from && span.from <= to && span.tally.rows > (most?.tally.rows ?? 0)) most = span
    }
  }
  return most?.standing ?? 0n
}

/**
 * Assets whose rule never changed and that have candidates in common are one; an asset whose rule changed is told on its
 * own, span by span.
 */
function agreeing(lanes: readonly AssetLane[]): AssetSpan[] {
  const groups: { assets: string[]; standing: bigint; spans: RoundingSpan[] }[] = []
  const own: AssetSpan[] = []
  const steady = lanes.filter(({ lane }) => lane.spans.length === 1)
  steady.sort((left, right) => rowsOf(right) - rowsOf(left))
  for (const { asset, lane } of steady) {
    const span = lane.spans[0]
    if (span === undefined) continue
    const group = groups.find(({ standing }) => (standing & span.standing) !== 0n)
    if (group === undefined) groups.push({ assets: [asset], standing: span.standing, spans: [span] })
    else {
      group.standing &= span.standing
      group.assets.push(asset)
      group.spans.push(span)
    }
  }
  for (const { asset, lane } of lanes) {
    if (lane.spans.length > 1) own.push(...lane.spans.map((span) => ({ assets: [asset], standing: span.standing, spans: [span] })))
  }
  return [...groups, ...own]
}

function rowsOf({ lane }: AssetLane): number {
  return lane.spans.reduce((rows, { tally }) => rows + tally.rows, 0)
}

function told(kind: string, { assets, standing, spans }: AssetSpan): LearnedRounding {
  const counts = roundingRules.map(() => 0)
  for (const { tally } of spans) {
    for (const [candidate, count] of tally.byCandidate().entries()) counts[candidate] = (counts[candidate] ?? 0) + count
  }
  const ranked = roundingRules
    .map((rule, candidate) => ({ rule, fits: counts[candidate] ?? 0 }))
    .sort((left, right) => right.fits - left.fits)
  const rules = rulesOfSet(standing)
  const stands = ranked.filter(({ rule }) => rules.includes(rule))
  const others = ranked.filter(({ rule, fits }) => fits > 0 && !rules.includes(rule)).slice(0, nextBestShown)
  const best = stands[0]?.fits ?? 0
  return Object.freeze({
    kind,
    assets: Object.freeze([...assets].sort()),
    firstAt: Math.min(...spans.map(({ from }) => from)),
    lastAt: Math.max(...spans.map(({ to }) => to)),
    standing: rules,
    evidence: Object.freeze({
      rows: spans.reduce((rows, { tally }) => rows + tally.rows, 0),
      candidates: Object.freeze([...stands, ...others]),
      telling: others[0] === undefined ? 0 : best - others[0].fits,
      counterExamples: spans.reduce((sum, span) => sum + span.counterExamples, 0),
      examples: Object.freeze(spans.flatMap(({ examples }) => examples).slice(0, examplesShown)),
    }),
  })
}
