import { describe, expect, it } from 'vitest'
import { parseInstant } from '../time/instant.ts'
import { binanceRegimeAt } from './binance-regime.ts'

const coin = 10n ** 8n

function charged(at: string, position: { asset?: string; total: bigint; um?: bigint; freeThreshold?: bigint }): bigint {
  const { asset = 'USDT', total, um = total, freeThreshold = 0n } = position
  return binanceRegimeAt(parseInstant(at)).principal({ asset, total, um, freeThreshold })
}

describe('rule: negative-balance-regimes', () => {
  it('was, in 2022, the whole of it', () => {
    expect(charged('2022-12-05T08:00:00Z', { total: -210_000n * coin, freeThreshold: 10_000n * coin })).toBe(210_000n * coin)
    expect(charged('2023-02-27T07:59:59.999Z', { asset: 'ETH', total: -1n })).toBe(1n)
  })

  it('was, from 2023-02-27 08:00 UTC, the whole UM wallet in USDT once below -200000, whatever the other wallets hold', () => {
    const day = '2023-02-27T08:00:00Z'
    expect(charged(day, { total: 0n, um: -200_000n * coin })).toBe(0n)
    expect(charged(day, { total: 0n, um: -200_000n * coin - 1n })).toBe(200_000n * coin + 1n)
    expect(charged(day, { asset: 'BTC', total: -300_000n * coin })).toBe(0n)
    expect(charged('2025-05-16T00:00:00Z', { total: -10_050n * coin })).toBe(0n)
  })

  it('is, from 2025-05-17, what the total of any asset lies below its free threshold', () => {
    const day = '2025-05-17T00:00:00Z'
    expect(charged(day, { total: -10_050n * coin, freeThreshold: 10_000n * coin })).toBe(50n * coin)
    expect(charged(day, { total: -8_050n * coin, freeThreshold: 10_000n * coin })).toBe(0n)
    expect(charged(day, { asset: 'BNB', total: -1n })).toBe(1n)
    expect(charged(day, { total: 5_055n * coin, um: -139_113n * coin })).toBe(0n)
  })
})
