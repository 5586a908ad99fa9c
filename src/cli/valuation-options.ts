import type { Command } from 'commander'
import { fail } from '../errors/overdraft-error.ts'
import { priceAgeMsDefault } from '../report/valuation/price-line.ts'
import { hourMs } from '../time/units.ts'

export interface ValuationOptions {
  readonly in?: string
  readonly priceAge?: number
}

/** In which currency, and how old the prices may be. */
export interface AskedValuation {
  readonly currency: string
  readonly ageMsMax: number
}

export function withValuationOptions(command: Command): Command {
  return command
    .option('--in <currency>', 'also what it was worth, such as in USD, at prices that are known', (text) => text.toUpperCase())
    .option('--price-age <hours>', 'how old a price may be that a charge is valued at (default: 24)', parseHours)
}

/** What was asked; `undefined` where no currency was. */
export function askedValuation(options: ValuationOptions): AskedValuation | undefined {
  if (options.in === undefined) return undefined
  return { currency: options.in, ageMsMax: options.priceAge ?? priceAgeMsDefault }
}

function parseHours(text: string): number {
  const hours = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (hours < 1) fail('cli.option-malformed', { option: '--price-age', value: text, expected: 'a whole number of hours from 1' })
  return hours * hourMs
}
