import { expect, test } from 'vitest'
import { reportBook, reportNow } from '../../../test/support/report-kit.ts'
import { decimal } from '../../decimal/decimal.ts'
import { readAccountForecast } from '../../forecast/account-forecast.ts'
import { minuteMs } from '../../time/units.ts'
import { rateUnitLine } from './rate-unit-line.ts'

test.each([
  [
    'doubtful',
    'okx: the published rate of USDT is taken by the hour, as documented; nothing settles it, so amounts may be 24 times too high\n',
  ],
  [
    'day',
    'okx: the published rate of USDT is by the day, though documented by the hour: limits or charges of the same currencies tell as much\n',
  ],
  ['hour', ''],
] as const)('that published rates are told by a unit that is %s is said where an amount rests on one', async (unit, line) => {
  const book = await reportBook()
  const [, account] = await book.accounts()
  const at = reportNow - minuteMs
  const row = { account: 'okx', asset: 'USDT', receivedAt: at }
  await book.recordRates('okx', [{ ...row, at, source: 'interest-rate', rate: decimal('0.000004'), per: 'hour' }], [])
  await book.recordFact({ account: 'okx', name: 'interest-rate-unit', at, value: unit })
  const zero = decimal('0')
  const owing = { total: decimal('-97'), owed: decimal('97'), free: zero, um: zero, cm: zero, interest: zero }
  await book.recordBalances('okx', [{ account: 'okx', takenAt: at, asset: 'USDT', updatedAt: at, ...owing }])
  const { assets, facts } = await readAccountForecast(book, account!, reportNow)
  expect(rateUnitLine(assets, facts)).toBe(line)
  expect(rateUnitLine([], facts)).toBe('')
  await book.close()
})
