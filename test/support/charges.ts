import type { Charge } from '../../src/book/record.ts'
import { decimal } from '../../src/decimal/decimal.ts'

/** A charge with everything a test does not care about filled in. */
export function chargeOf(given: Partial<Charge> = {}): Charge {
  return {
    account: 'bin',
    asset: 'USDT',
    instId: '',
    marginMode: '',
    loanType: '',
    at: 1_780_000_000_000,
    principal: decimal('210000'),
    rate: decimal('0.0001164'),
    interest: decimal('24.4440'),
    receivedAt: 1_790_000_000_000,
    ...given,
  }
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
