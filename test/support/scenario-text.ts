import { isOverdraftError, type OverdraftError } from '../../src/errors/overdraft-error.ts'

/** A good scenario whose history, or whatever else is named, is replaced. */
export function scenarioText(parts: Partial<Record<'accounts' | 'markets' | 'history' | 'head', string>> = {}): string {
  return [
    parts.head ?? 'name: trial',
    `accounts: ${parts.accounts ?? '[{ label: main, exchange: binance }, { label: okx, exchange: okx }]'}`,
    `markets: ${parts.markets ?? '{ prices: { USDT: 1, BTC: 86400.5 } }'}`,
    'starts: -10d',
    `history: ${parts.history ?? '[]'}`,
  ].join('\n')
}

export function errorOf(run: () => unknown): OverdraftError {
  try {
    run()
  } catch (error) {
    if (isOverdraftError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** One movement of the main account. */
export const movement = (rest: string) => scenarioText({ history: `\n  - { at: -2d, account: main, ${rest} }` })
