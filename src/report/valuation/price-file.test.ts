import { describe, expect, test } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { parseInstant } from '../../time/instant.ts'
import { readPriceFile } from './price-file.ts'

async function* linesOf(text: string) {
  yield* text.split('\n')
}
const read = (text: string) => readPriceFile('prices.csv', linesOf(text))

describe('a file of prices', () => {
  test('names its columns in any order, days or instants, and the currency where it is not USD', async () => {
    expect(await read('\uFEFFprice,Asset,day\r\n0.9998,usdt,2026-02-10\r\n\n# a remark\n')).toEqual([
      { asset: 'USDT', currency: 'USD', at: parseInstant('2026-02-10'), source: 'import', price: decimal('0.9998') },
    ])
    expect(await read('asset,instant,price,currency\nBTC,2026-02-10T08:00:00Z,"91000.50",eur')).toMatchObject([
      { asset: 'BTC', currency: 'EUR', at: parseInstant('2026-02-10T08:00:00Z'), price: decimal('91000.50') },
    ])
  })

  test.each([
    ['BTC,2026-02-30,1', '2026-02-30', 'is not an instant'],
    ['BTC,2026-02-10T08:00:00Z,1', '2026-02-10T08:00:00Z', 'is not a day'],
    ['BTC,2026-02-10,"1', '"1', 'is not a decimal number'],
    ['BTC,2026-02-10,-1', '-1', 'is not above zero'],
    ['BTC,2026-02-10,0.00', '0.00', 'is not above zero'],
    ['BTC,2026-02-10', '', 'is not a decimal number'],
    [',2026-02-10,1', '', 'is not an asset'],
    ['B C,2026-02-10,1', 'B C', 'is not an asset'],
  ])('%s is refused by line and value', async (line, value, reason) => {
    const error: unknown = await read(`asset,day,price\nETH,2026-02-10,3\n${line}`).catch((thrown: unknown) => thrown)
    const wrong = isOverdraftError(error, 'report.prices-malformed') && error.values['wrong']
    expect(wrong).toMatchObject([{ line: 3, value, reason: expect.stringContaining(reason) }])
  })

  test.each(['', 'coin,day,price\nBTC,2026-02-10,1', 'asset,day,instant,price\n', 'BTC,2026-02-10,1'])(
    'without the names of its columns is refused: %j',
    async (text) => {
      await expect(read(text)).rejects.toMatchObject({ code: 'report.prices-malformed', values: { count: 1 } })
    },
  )

  test('tells every wrong line at once, shortened where there are many', async () => {
    const error: unknown = await read(`asset,day,price\n${'BTC,never,1\n'.repeat(500)}`).catch((thrown: unknown) => thrown)
    expect(isOverdraftError(error) && error.message).toContain('500 wrong lines')
    expect(isOverdraftError(error) && error.message).toContain('and 480 more')
  })
})
