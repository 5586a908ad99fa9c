import { expect, test } from 'vitest'
import { okxKit, type Row } from '../../../../../test/support/okx-kit.ts'
import { billsFileColumns, okxBillsFile } from './bills-file.ts'

test('the quarterly file tells what the endpoint tells, in the document’s columns, the greatest id first', async () => {
  const { venue, data } = await okxKit()
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: '5' })
  venue.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-25', reason: 'profit-or-loss' })
  venue.clock.advanceBy(3 * 3_600_000)
  const rows = data<Row>('/api/v5/account/bills-archive')
  const [heading, ...lines] = okxBillsFile(venue.engine.okxBills({ account: 'okx' }))
    .trimEnd()
    .split('\n')
  expect(heading).toBe(billsFileColumns.join(','))
  expect(rows.length).toBeGreaterThan(1)
  expect(lines).toEqual(rows.map((row) => billsFileColumns.map((column) => row[column] ?? '').join(',')))
  await venue.close()
})
