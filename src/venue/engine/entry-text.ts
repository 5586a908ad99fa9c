import { decimal, isDecimal, toText } from '../../decimal/decimal.ts'
import type { ClockMove, Command } from './command.ts'

const decimalFields: readonly string[] = [
  'amount',
  'price',
  'rateDaily',
  'free',
  'maximum',
  'rate',
  'initial',
  'maintenance',
  'openLoss',
  'maintenanceRate',
]

/** A command as JSON, decimals as text at the scale they were written with. */
export function commandText(command: Command | ClockMove): string {
  return JSON.stringify(command, (_field, value: unknown) => (isDecimal(value) ? toText(value) : value))
}

/** The inverse of `commandText`. @throws `decimal.malformed`, SyntaxError */
export function parseCommand(text: string): Command | ClockMove {
  const fields: unknown = JSON.parse(text)
  if (typeof fields !== 'object' || fields === null || !('kind' in fields)) throw new SyntaxError('not a command')
  const entries = Object.entries(fields).map(([field, value]) => [field, decimalFields.includes(field) ? decimal(String(value)) : value])
  return Object.freeze(Object.fromEntries(entries)) as Command | ClockMove
}
