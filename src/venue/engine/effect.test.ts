import { expect, test } from 'vitest'
import { posting } from './effect.ts'
import type { Leg } from './ledger.ts'

const leg = (asset: string, delta: bigint): Leg => ({ kind: 'house', exchange: 'binance', house: 'external', asset, delta })

test('a movement whose legs do not sum to zero per asset is refused before it can reach the journal', () => {
  expect(() => posting([leg('USDT', 5n), leg('USDT', -4n)], 'deposit')).toThrow(/USDT/)
  expect(() => posting([leg('USDT', 5n), leg('BTC', -5n)], 'deposit')).toThrow()
  expect(posting([leg('USDT', 5n), leg('USDT', -5n)], 'deposit')).toMatchObject({ kind: 'post' })
})
