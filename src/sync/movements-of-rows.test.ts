import { expect, test } from 'vitest'
import { billsArchive } from '../contracts/okx/bills-archive.ts'
import { toText } from '../decimal/decimal.ts'
import { parseJson } from '../json/json.ts'
import { movementOfBill } from './movements-of-rows.ts'

/** With the fields alone that bills of 2021 have. */
const older = { bal: '-1000.5', balChg: '-0.5', billId: '9', ccy: 'USDT', instId: '', mgnMode: 'cross', posBal: '0', posBalChg: '0' }

function movement(fields: Readonly<Record<string, string>>) {
  const row = { ...older, subType: '9', ts: '1620275771196', type: '7', ...fields }
  const { data } = billsArchive.reply.parse(parseJson(JSON.stringify({ code: '0', data: [row] })), '')
  return movementOfBill('okx', data[0]!, 0)
}

test('a bill without the fields that later ones have tells what it did all the same', () => {
  expect(movement({ type: '2', subType: '1' })).toMatchObject({ kind: '2/1', asset: 'USDT', detail: 'mgnMode=cross' })
  expect(movement({ type: '2', subType: '1' })).not.toHaveProperty('interest')
})

test.each([
  ['what it took from cash', {}, '0.5'],
  [
    'what was added to the debt of a position',
    { balChg: '0', posBal: '-10.25', posBalChg: '-0.25', instId: 'BTC-USDT', mgnMode: 'isolated' },
    '0.25',
  ],
  ['its field for it, where there is one', { interest: '-0.75' }, '0.75'],
])('the interest of a deduction is %s', (_, fields, interest) => {
  expect(toText(movement(fields).interest!)).toBe(interest)
})
