import { faultKindNames, statedKind } from '../../src/venue/faults/kinds.ts'
import type { FaultInput } from '../../src/venue/faults/rule.ts'
import type { Setting } from '../../src/venue/faults/setting.ts'
import type { Venue } from '../../src/venue/index.ts'
import { askBinance, askOkx, type Got } from '../support/venue-kit.ts'
import type { Cast } from './cast.ts'
import type { Draws } from './draws.ts'
import { must } from './must.ts'
import { count, type Stage } from './stage.ts'

/** Faults of the exchange's own begin or end. */
export function faultStep(stage: Stage): void {
  const { draws, venue } = stage
  if (venue.faults.list().length > 4 || draws.percent(40)) {
    stage.note('venue.faults.clear()')
    venue.faults.clear()
    return
  }
  const fault = someFault(draws)
  stage.note(`venue.faults.add(${JSON.stringify(fault)})`)
  venue.faults.add(fault)
}

/** Two venues with the same faults, asked the same, answer the same. */
export async function sameFaultsStep(stage: Stage): Promise<void> {
  const { draws, venue, cast } = stage
  const faults = Array.from({ length: draws.between(1, 3) }, () => someFault(draws))
  const calls = Array.from({ length: draws.between(3, 12) }, () => draws.below(5))
  stage.note(`// two forks with ${JSON.stringify(faults)} are asked ${calls.join(' ')}`)
  const forks = [await venue.fork({ faults, clock: stage.real }), await venue.fork({ faults, clock: stage.real })]
  const told = forks.map((fork) => JSON.stringify([calls.map((call) => replyOf(fork, cast, call)), fork.faults.log, fork.engine.digest()]))
  await Promise.all(forks.map((fork) => fork.close()))
  must(told[0] === told[1], () => 'the same faults with the same seeds befall the same calls')
  count(stage, 'forks with faults')
}

function replyOf(venue: Venue, cast: Cast, call: number): readonly unknown[] {
  const binance = { key: cast.binance[0].key }
  const okx = { key: cast.okx[0].key }
  const calls: readonly (() => Got)[] = [
    () => askBinance(venue, '/papi/v1/balance', binance),
    () => askBinance(venue, '/papi/v1/portfolio/interest-history', { ...binance, query: 'size=7' }),
    () => askBinance(venue, '/papi/v1/repay-futures-negative-balance', { ...binance, method: 'POST' }),
    () => askOkx(venue, '/api/v5/account/balance', okx),
    () => askOkx(venue, '/api/v5/account/interest-accrued', okx),
  ]
  const got = calls[call]?.()
  return [got?.status, got?.text]
}

function someFault(draws: Draws): FaultInput {
  const kind = faultKindNames[draws.below(faultKindNames.length)] ?? 'reset'
  const settings = Object.entries(statedKind(kind).settings).flatMap(([name, setting]) =>
    setting.need === 'mandatory' || draws.percent(50) ? [[name, someValue(draws, setting)] as const] : [],
  )
  const terms = { probability: draws.pick([0.2, 0.5, 1]), count: draws.between(1, 6), seed: String(draws.below(1_000)) }
  return { kind, ...terms, ...Object.fromEntries(settings) } as unknown as FaultInput
}

function someValue(draws: Draws, setting: Setting): unknown {
  switch (setting.type) {
    case 'whole':
      return draws.between(setting.minimum, Math.min(setting.maximum, setting.minimum + 100_000))
    case 'share':
      return draws.pick([0, 0.25, 1])
    case 'instant':
      return 2_000_000_000_000
    case 'flag':
      return draws.percent(50)
    case 'choice':
      return setting.choices[draws.below(setting.choices.length)]
    case 'text':
      return 'added'
    case 'texts':
      return ['asset', 'ccy']
    case 'addresses':
      return ['203.0.113.9']
  }
}
