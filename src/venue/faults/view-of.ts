import type { Endpoint } from '../../contracts/contract.ts'
import type { ApiKey } from '../engine/command.ts'
import { isChosen } from './chance.ts'
import { instantOfRow, type View } from './engine-lens.ts'
import type { Fault } from './fault-desk.ts'
import type { FaultRule } from './rule.ts'

type Rows = readonly unknown[]

/** What the faults of a call make its face see; `undefined` when they leave that alone. */
export function viewOf(faults: readonly Fault[], endpoint: Endpoint | undefined, now: number): View | undefined {
  // Other calls look rows up too, such as the id of what they have just carried out.
  const rows = isHistory(endpoint) ? faults.flatMap(({ rule }) => rowsChange(rule, now) ?? []) : []
  const keys = faults.flatMap(({ rule }) => keyChange(rule) ?? [])
  if (rows.length === 0 && keys.length === 0) return undefined
  return {
    ...(rows.length === 0 ? {} : { rows: (found: Rows) => rows.reduce((seen, change) => change(seen), found) }),
    ...(keys.length === 0
      ? {}
      : { key: (key: ApiKey) => keys.reduce<ApiKey | undefined>((seen, change) => (seen === undefined ? undefined : change(seen)), key) }),
  }
}

function isHistory(endpoint: Endpoint | undefined): boolean {
  return endpoint?.method === 'GET' && endpoint.order !== undefined
}

function rowsChange(rule: FaultRule, now: number): ((rows: Rows) => Rows) | undefined {
  switch (rule.kind) {
    case 'rows-late':
      return (rows) => rows.filter((row) => (instantOfRow(row) ?? 0) + rule.ms <= now)
    case 'rows-missing':
      if (now >= (rule.until ?? Number.POSITIVE_INFINITY)) return undefined
      return (rows) => rows.filter((row) => !isChosen(rule, textOfRow(row), rule.share))
    case 'rows-torn':
      return arrivingLater(rule.newest)
    case 'rows-twice':
      return (rows) => rows.flatMap((row) => (isChosen(rule, textOfRow(row), rule.share) ? [row, row] : [row]))
    default:
      return undefined
  }
}

/** Leaves out the newest rows there are, however many times, and in however many parts, the call asks for them. */
function arrivingLater(newest: number): (rows: Rows) => Rows {
  const later = new Set<string>()
  return (rows) =>
    rows.filter((row) => {
      const text = textOfRow(row)
      if (later.size < newest) later.add(text)
      return !later.has(text)
    })
}

/** A row by all it says, the same in every answer. */
function textOfRow(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

function keyChange(rule: FaultRule): ((key: ApiKey) => ApiKey | undefined) | undefined {
  switch (rule.kind) {
    case 'key-revoked':
      return () => undefined
    case 'key-permission-taken':
      return (key) => ({
        ...key,
        permissions: key.permissions.filter((permission) => rule.permission !== 'all' && permission !== rule.permission),
      })
    case 'key-ips-changed':
      return (key) => ({ ...key, ips: rule.ips })
    default:
      return undefined
  }
}
