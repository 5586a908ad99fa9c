import { expect, test } from 'vitest'
import { decimal, zero } from '../decimal/decimal.ts'
import { type OkxBalanceRow, snapshotOfOkx, snapshotsOfGone } from './balances-of-reply.ts'

const at = Date.UTC(2026, 5, 20)
const row = { ccy: 'USDT', eq: decimal('-12.5'), liab: decimal('12.5'), availBal: null, uTime: at } as unknown as OkxBalanceRow

test('what OKX sends empty counts as nothing, as it does not apply to the account', () => {
  const { eq, ...others } = row
  expect(snapshotOfOkx('okx', row, at)).toMatchObject({ asset: 'USDT', total: eq, owed: decimal('12.5'), free: zero })
  expect(snapshotOfOkx('okx', { ...others, eq: null }, at)).toMatchObject({ total: zero, owed: decimal('12.5') })
})

test('a reply that does not say what is owed is not taken for one that says nothing is', () => {
  const { liab: _liab, ...withoutLiability } = row
  const { eq: _eq, ...withoutEquity } = row
  expect(snapshotOfOkx('okx', withoutLiability as OkxBalanceRow, at)).toBeUndefined()
  expect(snapshotOfOkx('okx', withoutEquity as OkxBalanceRow, at)).toBeUndefined()
  const before = snapshotOfOkx('okx', row, at - 1)
  const known = before === undefined ? [] : [before]
  expect(snapshotsOfGone(known, new Set(['USDT']), at)).toEqual([])
  expect(snapshotsOfGone(known, new Set(), at)).toMatchObject([{ asset: 'USDT', owed: zero, takenAt: at }])
})
