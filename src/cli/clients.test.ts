import { expect, test } from 'vitest'
import { ManualClock } from '../time/manual-clock.ts'
import { Clients } from './clients.ts'

test('accounts share the weight of an exchange however its address is written, and of no other', () => {
  const clients = new Clients(new ManualClock(0))
  const shared = clients.budgetOf('https://papi.binance.com')
  for (const same of ['https://papi.binance.com/', 'HTTPS://PAPI.binance.com:443']) expect(clients.budgetOf(same)).toBe(shared)
  expect(clients.budgetOf('http://127.0.0.1:8790')).not.toBe(shared)
})
