import { isIP } from 'node:net'
import { endpointProblem } from '../faults/endpoint-names.ts'
import { type FaultKind, faultKindNames, statedKind } from '../faults/kinds.ts'
import type { FaultInput, FaultScope } from '../faults/rule.ts'
import { callsMax, namesMax } from '../faults/rule-schema.ts'
import type { Setting } from '../faults/setting.ts'
import { chosenBy } from './chosen-by.ts'
import { dictionary, type Field, list, type Outcome, optional, type Reader, record, required, scalarText, shouldBe } from './readers.ts'
import { fault } from './reading.ts'
import { anyText, laterMoment, oneOf, share, shortText, trueOrFalse, wholeBetween } from './scalar-readers.ts'
import type { LaterMoment, ScenarioFault } from './scenario-data.ts'

/** `faults`: rules of what goes wrong, made from the table of kinds. `labels` are those of the accounts there are, where they are known. */
export function faultsReader(labels: ReadonlySet<string> | undefined): Reader<readonly ScenarioFault[]> {
  const kinds = Object.fromEntries(faultKindNames.map((kind) => [kind, faultReader(kind, labels)]))
  const reader = list(chosenBy<ScenarioFault>('kind', kinds), 1_000)
  return (spot) => {
    const read = reader(spot)
    const names = (read?.value ?? []).flatMap(({ rule }) => rule.name ?? [])
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    return twice === undefined ? read : fault(spot, `the name "${twice}" is given twice; give each its own`)
  }
}

function faultReader(kind: FaultKind, labels: ReadonlySet<string> | undefined): Reader<ScenarioFault> {
  const { settings } = statedKind(kind)
  const terms = {
    kind: required(oneOf(kind)),
    name: optional(shortText),
    where: optional(scopeReader(kind, labels)),
    probability: optional(share),
    count: optional(wholeBetween(0, callsMax)),
    after: optional(wholeBetween(0, callsMax)),
    between: optional(record({ from: optional(laterMoment), to: optional(laterMoment) })),
    seed: optional(shortText),
  }
  const reader = record({
    ...terms,
    ...Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, settingField(setting)])),
  })
  return (spot): Outcome<ScenarioFault> => {
    const read = reader(spot)
    if (read === undefined) return undefined
    const { between, ...rest } = read.value
    const isInstant = (name: string): boolean => settings[name]?.type === 'instant'
    const given = Object.entries(rest).filter(([, value]) => value !== undefined)
    const instants = Object.fromEntries(given.filter(([name]) => isInstant(name))) as Record<string, LaterMoment>
    // Read by the same table as the type of a rule.
    const rule = Object.freeze(Object.fromEntries(given.filter(([name]) => !isInstant(name)))) as unknown as FaultInput
    return { value: Object.freeze({ rule, from: between?.from, to: between?.to, instants }) }
  }
}

function scopeReader(kind: FaultKind, labels: ReadonlySet<string> | undefined): Reader<FaultScope> {
  const { exchange } = statedKind(kind)
  const endpoint: Reader<string> = (spot) => {
    const read = shortText(spot)
    const problem = read && endpointProblem(read.value, exchange === 'both' ? undefined : exchange)
    return problem === undefined ? read : fault(spot, problem)
  }
  const account: Reader<string> = (spot) => {
    if (labels === undefined) return shortText(spot)
    const label = scalarText(spot) ?? ''
    return labels.has(label) ? { value: label } : shouldBe(spot, `one of the accounts: ${[...labels].slice(0, 20).join(', ')}`)
  }
  return record({
    exchange: optional(exchange === 'both' ? oneOf('binance', 'okx') : oneOf(exchange)),
    endpoints: optional(list(endpoint, namesMax)),
    account: optional(account),
    parameters: optional(dictionary(shortText, anyText)),
  })
}

function settingField(setting: Setting): Field<unknown> {
  const reader = settingReader(setting)
  return setting.need === 'mandatory' ? required(reader) : optional(reader)
}

function settingReader(setting: Setting): Reader<unknown> {
  switch (setting.type) {
    case 'whole':
      return wholeBetween(setting.minimum, setting.maximum)
    case 'share':
      return share
    case 'instant':
      return laterMoment
    case 'flag':
      return trueOrFalse
    case 'choice':
      return oneOf(...setting.choices)
    case 'text':
      return shortText
    case 'texts':
      return list(shortText, namesMax)
    case 'addresses':
      return list(address, 30)
  }
}

const address: Reader<string> = (spot) => {
  const text = scalarText(spot) ?? ''
  return isIP(text) === 0 ? shouldBe(spot, 'an IP address, such as 192.0.2.7') : { value: text }
}
