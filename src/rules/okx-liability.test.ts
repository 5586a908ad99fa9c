import { describe, expect, it } from 'vitest'
import { okxCrossLiability } from './okx-liability.ts'

describe('a cross liability on OKX', () => {
  it('of borrowed coins is charged from zero: the quota does not reach it', () => {
    expect(okxCrossLiability(-97n, 0n, 1_000n)).toEqual({ borrowed: 97n, unrealised: 0n, total: 97n, interestFree: 0n, charged: 97n })
  })

  it('from unrealised losses is charged only beyond the quota', () => {
    expect(okxCrossLiability(0n, -30n, 20n)).toMatchObject({ unrealised: 30n, interestFree: 20n, charged: 10n })
    expect(okxCrossLiability(0n, -20n, 20n)).toMatchObject({ total: 20n, charged: 0n })
  })

  it('arises from unrealised losses only where cash does not cover them', () => {
    expect(okxCrossLiability(100n, -100n, 0n).total).toBe(0n)
    expect(okxCrossLiability(100n, -101n, 0n).unrealised).toBe(1n)
  })

  it('adds both kinds, and an unrealised profit pays back no borrowed coins', () => {
    expect(okxCrossLiability(-50n, -30n, 20n)).toEqual({ borrowed: 50n, unrealised: 30n, total: 80n, interestFree: 20n, charged: 60n })
    expect(okxCrossLiability(-50n, 500n, 20n).charged).toBe(50n)
  })
})
