import type { Exchange } from '../../contracts/contract.ts'
import { memberLabels } from './groups.ts'
import { accountsReader } from './read-accounts.ts'
import { faultsReader } from './read-faults.ts'
import { type HistoryContext, historyEntryReader } from './read-history.ts'
import { marketsReader } from './read-markets.ts'
import { list, type Outcome, optional, type Reader, record, required, withDefault } from './readers.ts'
import { Reading } from './reading.ts'
import { anyText, moment, shortText } from './scalar-readers.ts'
import type { HistoryEntry, Moment, Scenario, ScenarioAccount, ScenarioFault, ScenarioMarkets } from './scenario-data.ts'

const startDefault: Moment = Object.freeze({ kind: 'before-end', ms: 0 })

/** Reads a scenario from YAML or JSON text. `file` names it in errors, and key files lie beside it. @throws `scenario.invalid` */
export function readScenario(text: string, file: string): Scenario {
  const reading = new Reading(file)
  const read = scenarioReader()(reading.root(text))
  reading.failOnFaults()
  if (read === undefined) throw new Error('a scenario that was not read has no fault')
  return read.value
}

/** Accounts and markets are read before the history that names them, whatever their order in the file. */
function scenarioReader(): Reader<Scenario> {
  const accounts = new Map<string, Exchange>()
  const assets = new Set<string>()
  const labels = new Set<string>()
  let accountsAreKnown = false
  const accountsField: Reader<readonly ScenarioAccount[]> = (spot) => {
    const read = accountsReader(spot)
    for (const { label, exchange } of read?.value ?? []) accounts.set(label, exchange)
    for (const account of read?.value ?? []) for (const label of memberLabels(account)) labels.add(label)
    accountsAreKnown = read !== undefined
    return read
  }
  const marketsField: Reader<ScenarioMarkets> = (spot) => {
    const read = marketsReader(spot)
    for (const asset of Object.keys(read?.value.prices ?? {})) assets.add(asset)
    return read
  }
  const historyField: Reader<readonly HistoryEntry[]> = (spot) => {
    // With the accounts wrong, every entry would be blamed for naming one that is not there.
    if (!accountsAreKnown) return undefined
    return historyReader({ accounts, assets })(spot)
  }
  const faultsField: Reader<readonly ScenarioFault[]> = (spot) => (accountsAreKnown ? faultsReader(labels)(spot) : undefined)
  const fields = {
    name: required(shortText),
    description: withDefault(anyText, ''),
    seed: optional(shortText),
    starts: withDefault(moment, startDefault),
    accounts: required(accountsField),
    markets: required(marketsField),
    history: withDefault(historyField, Object.freeze([])),
    faults: optional(faultsField),
  }
  const reader = record(fields)
  return (spot): Outcome<Scenario> => {
    const read = reader(spot)
    return read && { value: Object.freeze({ ...read.value, seed: read.value.seed ?? read.value.name }) }
  }
}

function historyReader(context: HistoryContext): Reader<readonly HistoryEntry[]> {
  return list(historyEntryReader(context))
}
