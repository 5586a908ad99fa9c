import { type Decimal, decimal } from '../decimal/decimal.ts'
import type { Command } from './engine/command.ts'

/** A command whose amounts may be written as text, such as `'-120.5'`. */
export type WrittenCommand = Written<Command>

type Written<Stated> = Stated extends unknown
  ? { readonly [Name in keyof Stated]: Exclude<Stated[Name], undefined> extends Decimal ? Stated[Name] | string : Stated[Name] }
  : never

type AmountNames<Stated> = Stated extends unknown
  ? { [Name in keyof Stated]-?: Exclude<Stated[Name], undefined> extends Decimal ? Name : never }[keyof Stated]
  : never

const amountNames: Readonly<Record<AmountNames<Command>, true>> = {
  amount: true,
  rateDaily: true,
  price: true,
  rate: true,
  free: true,
  maximum: true,
  initial: true,
  maintenance: true,
  openLoss: true,
  maintenanceRate: true,
}

/** @throws `decimal.malformed` for a text that is no decimal */
export function commandOf(written: WrittenCommand): Command {
  const read = (name: string, value: unknown) => (name in amountNames && typeof value === 'string' ? decimal(value) : value)
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, read(name, value)])) as unknown as Command
}
