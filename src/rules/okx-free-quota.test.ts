import { describe, expect, it } from 'vitest'
import { toText } from '../decimal/decimal.ts'
import { okxFreeQuota, okxFreeQuotaDefaults, okxQuotaEnlargedBy } from './okx-free-quota.ts'

describe('rule: okx-free-quota', () => {
  it('knows the quotas of the help centre', () => {
    const shown = ['USDT', 'USDC', 'BTC', 'YFI'].map((asset) => toText(okxFreeQuotaDefaults[asset]!))
    expect(shown).toEqual(['20000', '5000', '1', '0.01'])
    expect(Object.keys(okxFreeQuotaDefaults)).toHaveLength(35)
  })

  it('of USDT grows by what is in USDC and TUSD, that of USDC by what is in USDT, others by nothing', () => {
    expect([okxQuotaEnlargedBy('USDT'), okxQuotaEnlargedBy('USDC'), okxQuotaEnlargedBy('BTC')]).toEqual([['USDC', 'TUSD'], ['USDT'], []])
    expect(okxFreeQuota(20_000n, [1_500n, 30n])).toBe(21_530n)
  })

  it('does not shrink by what is owed in the other stablecoin, and stays zero where nothing is free', () => {
    expect(okxFreeQuota(20_000n, [-1_500n, 30n])).toBe(20_030n)
    expect(okxFreeQuota(0n, [1_500n])).toBe(0n)
  })
})
