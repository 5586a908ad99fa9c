import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Fault } from './reading.ts'
import type { Moment, Place, Scenario } from './scenario-data.ts'

const faultsMax = 20

/** The instant of a moment in a scenario that ends at `endsAt` (epoch ms). */
export function instantOf(moment: Moment, endsAt: number): number {
  return moment.kind === 'absolute' ? moment.at : endsAt - moment.ms
}

/** How a moment reads in an error. */
function told(moment: Moment, endsAt: number): string {
  return isoInstant(instantOf(moment, endsAt))
}

interface Step {
  readonly moment: Moment
  /** What it must not come before, and what that is called. */
  readonly after: Moment
  readonly named: string
}

/**
 * Checks that every instant lies between the start and the end, and that lists run forward. Only now, because a fixed
 * instant can be told from one before the end when the end is known.
 *
 * @throws `scenario.invalid`
 */
export function checkMoments(scenario: Scenario, endsAt: number): void {
  const faults: Fault[] = []
  const blame = (moment: Moment, problem: string): void => {
    const unplaced: Place = { file: scenario.name, line: 0, column: 0, field: '' }
    faults.push({ ...(moment.place ?? unplaced), problem: `${told(moment, endsAt)} ${problem}` })
  }
  if (instantOf(scenario.starts, endsAt) < 0) blame(scenario.starts, 'lies before 1970, where the time of a venue begins')
  for (const { moment, after, named } of steps(scenario)) {
    const at = instantOf(moment, endsAt)
    if (at > endsAt) blame(moment, `lies after the end of the scenario, ${isoInstant(endsAt)}`)
    else if (at < instantOf(after, endsAt)) blame(moment, `lies before ${named}, ${told(after, endsAt)}`)
  }
  if (faults.length === 0) return
  faults.sort((left, right) => left.line - right.line || left.column - right.column)
  const file = faults[0]?.file ?? scenario.name
  fail('scenario.invalid', { file, faults: faults.slice(0, faultsMax), count: faults.length })
}

function* steps({ starts, markets, history }: Scenario): Generator<Step> {
  const start: Step = { moment: starts, after: starts, named: 'itself' }
  yield start
  for (const list of changeLists(markets)) yield* forward(list, starts, 'the entry above it')
  yield* forward(
    history.map(({ at }) => at),
    starts,
    'the entry above it',
  )
  for (const entry of history) {
    if ('until' in entry) yield { moment: entry.until, after: entry.at, named: 'its own start' }
  }
}

function* forward(moments: readonly Moment[], starts: Moment, named: string): Generator<Step> {
  for (const [index, moment] of moments.entries()) {
    const previous = moments[index - 1]
    yield previous === undefined ? { moment, after: starts, named: 'the start of the scenario' } : { moment, after: previous, named }
  }
}

function* changeLists({
  prices,
  rates,
  thresholds,
  collateralRates,
  freeQuotas,
  lendingPools,
}: Scenario['markets']): Generator<readonly Moment[]> {
  const leveled = [rates.binance, rates.okx, thresholds].flatMap((figures) =>
    Object.values(figures).flatMap((figure) => [figure, ...Object.values(figure.levels)]),
  )
  const plain = [prices, collateralRates, freeQuotas, lendingPools.binance, lendingPools.okx].flatMap((figures) => Object.values(figures))
  const all: readonly { readonly changes: readonly { readonly at: Moment }[] }[] = [...leveled, ...plain]
  for (const { changes } of all) yield changes.map(({ at }) => at)
}
