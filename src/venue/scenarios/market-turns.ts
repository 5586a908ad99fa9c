import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Command } from '../engine/command.ts'
import { instantOf } from './moments.ts'
import { RandomStream } from './random-stream.ts'
import type { Leveled, LoanTerms, Scenario, Series, Thresholds } from './scenario-data.ts'
import { fixed, type Turn } from './timed-command.ts'
import { nextStep, turnsOf } from './wander.ts'

interface Span {
  readonly seed: string
  readonly startsAt: number
  readonly endsAt: number
}

/** Everything the market does, with its first figures at the very start. */
export function marketTurns({ seed, markets }: Scenario, startsAt: number, endsAt: number): readonly Turn[] {
  const span: Span = { seed, startsAt, endsAt }
  const { prices, rates, thresholds, collateralRates, freeQuotas, loanTerms, lendingPools } = markets
  return [
    ...each(prices, (asset, series) => seriesTurns(span, `price ${asset}`, series, (price) => ({ kind: 'set-price', asset, price }))),
    ...each(collateralRates, (asset, series) =>
      seriesTurns(span, `collateral ${asset}`, series, (rate) => ({ kind: 'set-collateral-rate', asset, rate })),
    ),
    ...each(freeQuotas, (asset, series) =>
      seriesTurns(span, `quota ${asset}`, series, (amount) => ({ kind: 'set-free-quota', asset, amount })),
    ),
    ...each(rates.binance, (asset, series) => rateTurns(span, 'binance', asset, series)),
    ...each(rates.okx, (asset, series) => rateTurns(span, 'okx', asset, series)),
    ...each(thresholds, (asset, leveled) => levels(leveled).flatMap(([vip, pair]) => thresholdTurns(span, asset, vip, pair))),
    ...exchanges.flatMap((exchange) => [
      ...each(loanTerms[exchange], (asset, leveled) => levels(leveled).map(([vip, terms]) => termsTurn(span, exchange, asset, vip, terms))),
      ...each(lendingPools[exchange], (asset, series) =>
        seriesTurns(span, `pool ${exchange} ${asset}`, series, (amount) => ({ kind: 'set-lending-pool', exchange, asset, amount })),
      ),
    ]),
  ]
}

const exchanges: readonly Exchange[] = ['binance', 'okx']

function termsTurn({ startsAt }: Span, exchange: Exchange, asset: string, vip: { readonly vip?: number }, terms: LoanTerms): Turn {
  const { maintenanceRate, maximum } = terms
  return fixed(startsAt, { kind: 'set-loan-terms', exchange, asset, ...vip, maintenanceRate, maximum })
}

function each<Figure>(
  figures: Readonly<Record<string, Figure>>,
  turns: (asset: string, figure: Figure) => readonly Turn[],
): readonly Turn[] {
  return Object.entries(figures).flatMap(([asset, figure]) => turns(asset, figure))
}

/** The figure for everybody, then those of single VIP levels. */
function levels<Figure>(leveled: Leveled<Figure>): readonly (readonly [vip: { readonly vip?: number }, figure: Figure])[] {
  const single = Object.entries(leveled.levels).map(([vip, figure]) => [{ vip: Number(vip) }, figure] as const)
  return [[{}, leveled], ...single]
}

function rateTurns(span: Span, exchange: Exchange, asset: string, leveled: Leveled<Series>): readonly Turn[] {
  return levels(leveled).flatMap(([vip, series]) => {
    const name = `rate ${exchange} ${asset} ${vip.vip ?? ''}`
    return seriesTurns(span, name, series, (rateDaily) => ({ kind: 'set-rate', exchange, asset, ...vip, rateDaily }))
  })
}

function thresholdTurns({ startsAt, endsAt }: Span, asset: string, vip: { readonly vip?: number }, pair: Thresholds): readonly Turn[] {
  const command = (free: Decimal, maximum: Decimal): Command => ({ kind: 'set-thresholds', asset, ...vip, free, maximum })
  const changes = pair.changes.map(({ at, free, maximum }) => fixed(instantOf(at, endsAt), command(free, maximum)))
  return [fixed(startsAt, command(pair.free, pair.maximum)), ...changes]
}

/** A figure over time: the walk goes on from wherever a change has put it. */
function seriesTurns(span: Span, name: string, series: Series, command: (value: Decimal) => Command): readonly Turn[] {
  const { seed, startsAt, endsAt } = span
  let present = series.start
  const setting = (at: number, value: () => Decimal): Turn => ({
    at,
    commands: () => {
      present = value()
      return [command(present)]
    },
  })
  const turns = [setting(startsAt, () => series.start)]
  for (const { at, to } of series.changes) turns.push(setting(instantOf(at, endsAt), () => to))
  const { walk } = series
  if (walk === undefined) return turns
  const random = new RandomStream(seed, 'market', name)
  for (const at of turnsOf(startsAt + walk.everyMs, endsAt, walk.everyMs, 0, random)) {
    turns.push(setting(at, () => nextStep(walk, present, random)))
  }
  return turns
}
