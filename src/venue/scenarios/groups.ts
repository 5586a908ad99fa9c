import type { HistoryEntry, Scenario, ScenarioAccount } from './scenario-data.ts'

/** An account written once may stand for many: the label of each has its number behind it. */
export function memberLabels({ label, copies }: ScenarioAccount): readonly string[] {
  if (copies === undefined) return [label]
  const digits = copies.toString().length
  return Array.from({ length: copies }, (_, index) => `${label}-${(index + 1).toString().padStart(digits, '0')}`)
}

/** The scenario with every account written out, and what happens to a group happening to each of its members. */
export function withoutGroups(scenario: Scenario): Scenario {
  const groups = new Map(
    scenario.accounts.filter(({ copies }) => copies !== undefined).map((account) => [account.label, memberLabels(account)]),
  )
  if (groups.size === 0) return scenario
  const accounts = scenario.accounts.flatMap((account) => {
    const { copies: _, ...single } = account
    return memberLabels(account).map((label) => ({ ...single, label }))
  })
  const history = scenario.history.flatMap((entry): readonly HistoryEntry[] => {
    const labels = groups.get(accountOf(entry))
    return labels === undefined ? [entry] : labels.map((label) => forAccount(entry, label))
  })
  return { ...scenario, accounts, history }
}

/** Whom an entry is about: an account, or a group. */
export function accountOf(entry: HistoryEntry): string {
  return entry.kind === 'movement' ? entry.movement.account : entry.account
}

function forAccount(entry: HistoryEntry, account: string): HistoryEntry {
  return entry.kind === 'movement' ? { ...entry, movement: { ...entry.movement, account } } : { ...entry, account }
}
