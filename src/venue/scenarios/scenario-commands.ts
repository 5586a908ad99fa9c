import { fail } from '../../errors/overdraft-error.ts'
import type { AccountAccess } from '../account-access.ts'
import type { Command } from '../engine/command.ts'
import { accessOf, keyPairsOf } from './account-keys.ts'
import { accountOf, withoutGroups } from './groups.ts'
import { historyTurns } from './history-turns.ts'
import { marketTurns } from './market-turns.ts'
import { checkMoments, instantOf } from './moments.ts'
import { RandomStream } from './random-stream.ts'
import type { Scenario, Series } from './scenario-data.ts'
import { fixed, type TimedCommand, type Turn } from './timed-command.ts'

const turnsMax = 500_000

/** What a venue's engine is fed with, and what the accounts' owners are given. */
export interface UnfoldedScenario {
  readonly startsAt: number
  /** In order of `at`, all within `[startsAt, endsAt]`. */
  readonly commands: readonly TimedCommand[]
  readonly access: readonly AccountAccess[]
}

/** OKX tells its users their uid: that of an account follows from seed and label, so that no two worlds share one. 15 digits. */
function okxUidOf({ seed }: Scenario, label: string): number {
  return Number(100_000_000_000_000n + new RandomStream(seed, 'uid', label).integer(900_000_000_000_000n))
}

/**
 * Unfolds a scenario that ends at `endsAt` (epoch ms UTC). The same scenario gives the same commands; another end
 * gives them at instants shifted by as much, save for those that the scenario fixes in UTC.
 *
 * @throws `scenario.invalid` when an instant is out of order or after the end; `scenario.too-long`
 */
export function scenarioCommands(written: Scenario, endsAt: number): UnfoldedScenario {
  checkMoments(written, endsAt)
  const startsAt = instantOf(written.starts, endsAt)
  const turnCount = turnsAhead(written, startsAt, endsAt)
  if (turnCount > turnsMax) fail('scenario.too-long', { file: written.name, commands: turnCount, limit: turnsMax })
  const scenario = withoutGroups(written)
  const keyed = scenario.accounts.map((account) => ({ account, pairs: keyPairsOf(scenario, account) }))
  const openings: Command[] = keyed.flatMap(({ account: { label, exchange, vip, product }, pairs }) => [
    {
      kind: 'open-account',
      account: label,
      exchange,
      vip,
      ...(product === undefined ? {} : { product }),
      ...(exchange === 'okx' ? { uid: okxUidOf(scenario, label) } : {}),
    },
    ...pairs.map(({ key }): Command => ({ kind: 'add-key', account: label, key })),
  ])
  const turns: Turn[] = [
    ...openings.map((command) => fixed(startsAt, command)),
    ...marketTurns(scenario, startsAt, endsAt),
    ...historyTurns(scenario, endsAt),
  ]
  // The sort is stable: what falls on one instant keeps the order accounts, markets, history as written.
  turns.sort((left, right) => left.at - right.at)
  const commands = turns.flatMap(({ at, place, commands }) =>
    commands().map((command): TimedCommand => Object.freeze({ command, at, place })),
  )
  return { startsAt, commands, access: keyed.map(({ account, pairs }) => accessOf(account, pairs)) }
}

/** About how many turns it all takes, known before anything is unfolded: also what happens to a group happens to each member. */
function turnsAhead({ accounts, markets, history }: Scenario, startsAt: number, endsAt: number): number {
  const { prices, rates, collateralRates, freeQuotas, lendingPools } = markets
  const plain = [prices, collateralRates, freeQuotas, lendingPools.binance, lendingPools.okx].flatMap((byAsset) => Object.values(byAsset))
  const leveled = [rates.binance, rates.okx].flatMap((byAsset) => Object.values(byAsset))
  const figures: readonly Series[] = [...plain, ...leveled, ...leveled.flatMap(({ levels }) => Object.values(levels))]
  const walks = figures.map(({ walk }) => (walk === undefined ? 0 : Math.ceil((endsAt - startsAt) / walk.everyMs)))
  const members = new Map(accounts.map(({ label, copies }) => [label, copies ?? 1]))
  const entries = history.map((entry) => {
    const times = members.get(accountOf(entry)) ?? 1
    if (entry.kind === 'movement' || entry.kind === 'level') return times
    return times * Math.ceil((instantOf(entry.until, endsAt) - instantOf(entry.at, endsAt)) / entry.everyMs)
  })
  const openings = accounts.map(({ copies, keys }) => (copies ?? 1) * (1 + keys.length))
  return [...walks, ...entries, ...openings].reduce((total, turns) => total + turns, 0)
}
