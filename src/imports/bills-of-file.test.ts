import { describe, expect, test } from 'vitest'
import { fileOf } from '../../test/support/bills-file.ts'
import { collect } from '../../test/support/charges.ts'
import { billsFileColumns } from '../venue/http/okx/answers/bills-file.ts'
import { billsOfFile } from './bills-of-file.ts'
import { quarterOfBills } from './quarter.ts'

const quarter = quarterOfBills('2025-Q3', Date.UTC(2026, 0, 1))
const at = Date.UTC(2025, 7, 1, 3)
const heading = billsFileColumns.join(',')
const good: Readonly<Record<string, string>> = {
  instType: 'MARGIN',
  billId: '6239508545335132199',
  subType: '9',
  ts: `${at}`,
  balChg: '-0.0100',
  posBalChg: '0',
  bal: '12.5',
  posBal: '0',
  ccy: 'USDT',
  mgnMode: 'cross',
  interest: '-0.0100',
}
const line = (changes: Readonly<Record<string, string>> = {}) =>
  billsFileColumns.map((column) => ({ ...good, ...changes })[column] ?? '').join(',')
const read = (text: string) => collect(billsOfFile('bills.csv', fileOf(text).read(), quarter))
const readLine = (changes: Readonly<Record<string, string>>) => read(`${heading}\n${line(changes)}\n`)

describe('a file of OKX bills', () => {
  test('is read digit by digit, with the type that its subtype tells', async () => {
    const [bill] = await read(`\uFEFF${heading}\r\n\n${line()}\r\n`.replaceAll('\r', ''))
    expect(bill).toMatchObject({ billId: 6_239_508_545_335_132_199n, ts: at, type: '7', subType: '9', ccy: 'USDT', mgnMode: 'cross' })
    expect([bill?.balChg, bill?.bal]).toEqual([
      { mantissa: -100n, scale: 4 },
      { mantissa: 125n, scale: 1 },
    ])
  })

  test('is recognised by its heading, in any order and with columns that nobody knows yet', async () => {
    const names = ['type', 'news', ...billsFileColumns].reverse()
    const values = ['7', 'x', ...line().split(',')].reverse()
    expect(await read(`${names.join(',')}\n${values.join(',')}`)).toEqual(await read(`${heading}\n${line()}`))
  })

  test('leaves the type open where the subtype does not tell it', async () => {
    expect((await readLine({ subType: '318' }))[0]).toMatchObject({ type: '', subType: '318' })
  })

  test.each([
    ['', 'where the names of the columns should stand: the file is empty'],
    [heading.replace('billId,', ''), 'does not name the column billId'],
    [heading.replace('balChg', 'Amount').replace('ccy', 'Currency'), 'does not name the columns balChg, ccy'],
    [`${heading},billId`, 'is the name of two columns'],
    ['PK\u0003\u0004\u0014', 'begins a packed file: unpack it first'],
    ['\u001f\u008b', 'begins a packed file'],
    ['"instType', 'has a quote that is not closed'],
  ])('is refused by its heading %j', async (head, reason) => {
    await expect(read(`${head}\n${line()}`.replace(/^\n.*$/, ''))).rejects.toThrow(reason)
  })

  test.each([
    [{ ts: '2025-08-01 03:00:00' }, 'is not epoch milliseconds'],
    [{ ts: '2025-08-01T03:00:00+08:00' }, 'is not epoch milliseconds'],
    [{ ts: `${at / 1_000}` }, 'is not epoch milliseconds'],
    [{ ts: `${quarter.hongKong.from - 1}` }, 'lies outside the quarter 2025-Q3'],
    [{ ts: `${quarter.utc.to}` }, 'lies outside the quarter 2025-Q3'],
    [{ billId: '6.23951E+18' }, 'has lost its digits in a spreadsheet program (billId)'],
    [{ billId: '' }, 'is not a bill id'],
    [{ billId: '-1' }, 'is not a bill id'],
    [{ balChg: '1.234,5' }, 'has 29 columns, and the heading 28'],
    [{ balChg: '1,5' }, 'has 29 columns, and the heading 28'],
    [{ balChg: '' }, 'is no balChg, which every bill has'],
    [{ bal: 'NaN' }, 'is not a decimal number (bal)'],
    [{ interest: '0x10' }, 'is not a decimal number (interest)'],
    [{ subType: 'Interest' }, 'is not a bill subtype'],
    [{ ccy: '' }, 'is not a currency'],
    [{ ccy: '\u001b[31mUSDT' }, 'has characters that no bill has (ccy)'],
    [{ instId: 'BTC USDT posBalChg=9' }, 'is not an instrument'],
    [{ mgnMode: 'quick' }, 'is not a margin mode'],
  ])('is refused for a line with %j', async (changes, reason) => {
    await expect(readLine(changes)).rejects.toThrow(reason)
  })

  test('names every wrong line, the first twenty in words', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => line(index === 3 ? {} : { bal: `b${index}` }))
    const failed = await read([heading, ...lines].join('\n')).catch((error: Error) => error.message)
    expect(failed).toContain(
      '"bills.csv" has 29 wrong lines; nothing was imported\n  line 2: "b0" is not a decimal number (bal)\n  line 3: ',
    )
    expect(failed).not.toContain('line 5:')
    expect(failed).toMatch(/ {2}line 22: "b20" .*\n {2}and 9 more$/)
  })
})
