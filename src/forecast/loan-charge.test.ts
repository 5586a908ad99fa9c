import { expect, test } from 'vitest'
import { reportBook, reportNow } from '../../test/support/report-kit.ts'
import type { MarginCharge } from '../book/record.ts'
import { strip } from '../decimal/arithmetic.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { interval } from '../time/interval.ts'
import { hourMs, minuteMs } from '../time/units.ts'
import { readAccountForecast } from './account-forecast.ts'
import { borrowedAssetOf, interestInBorrowed } from './loan-charge.ts'

const hour = Math.floor(reportNow / hourMs) * hourMs

/** An hour of a loan of 0.4 BTC, its interest paid in BNB. */
function paidInBnb(given: Partial<MarginCharge> = {}): MarginCharge {
  const names = { account: 'bin', txId: '1', asset: 'BNB', rawAsset: 'BTC', type: 'PERIODIC_CONVERTED' }
  const amounts = { principal: decimal('0.4'), rate: decimal('0.00004'), interest: decimal('0.0000953') }
  return { ...names, at: hour, ...amounts, receivedAt: reportNow, ...given }
}

test.each([
  ['what was borrowed, where interest is paid in BNB', {}, 'BTC'],
  ['the asset itself, where rawAsset is absent', { asset: 'BTC', rawAsset: '', type: 'PERIODIC' }, 'BTC'],
  ['nothing that is known, where it was paid in BNB and rawAsset is absent', { rawAsset: '' }, undefined],
] as const)('a row is of %s', (_, given, asset) => {
  expect(borrowedAssetOf(paidInBnb(given))).toBe(asset)
})

test('interest paid in BNB is told in what was borrowed, by the row’s principal and rate, to be held against its forecast', () => {
  expect(toText(interestInBorrowed(paidInBnb()))).toBe('0.00000067')
  expect(toText(interestInBorrowed(paidInBnb({ type: 'PERIODIC', asset: 'BTC', interest: decimal('0.00000066') })))).toBe('0.00000066')
})

test('a loan paid in BNB is forecast at the rate of its row, in what was borrowed, though no rate was ever published', async () => {
  const book = await reportBook()
  const proof = { account: 'bin', stream: 'margin-interest' as const, provenBy: 'test', provenAt: reportNow, ...interval(0, reportNow) }
  await book.recordMarginCharges('bin', [paidInBnb()], [proof])
  const zero = decimal('0')
  const held = { account: 'bin', takenAt: reportNow - minuteMs, asset: 'BTC', updatedAt: 0 }
  await book.recordBalances('bin', [{ ...held, total: decimal('2'), owed: zero, free: decimal('2'), um: zero, cm: zero, interest: zero }])
  const [account] = await book.accounts()
  const { assets } = await readAccountForecast(book, account!, reportNow)
  expect(assets.map(({ asset, loan, rate }) => [asset, toText(strip(loan)), toText(rate!.rateDaily), rate?.from])).toEqual([
    ['BTC', '0.4', '0.00004', 'charged'],
  ])
  expect(toText(strip(assets[0]!.nextCharge!.amount!))).toBe('0.00000067')
  expect(toText(strip(assets[0]!.within.day.amount!))).toBe('0.00001608')
  await book.close()
})
