import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chargedAt, priceAt, reportBook } from '../../../test/support/report-kit.ts'
import type { Charge, Price } from '../../book/record.ts'
import { add, equals, multiply } from '../../decimal/arithmetic.ts'
import { decimal, decimalOf, toText, zero } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { type Grouping, interestTotals } from '../interest-totals.ts'
import { valueTotals } from './valued-totals.ts'

async function valued(charges: readonly Charge[], prices: readonly Price[], by: Grouping = 'day', currency = 'USD') {
  const book = await reportBook()
  await book.recordCharges('bin', charges, [])
  await book.recordPrices(prices)
  const accounts = await book.accounts()
  const totals = await interestTotals(book, { by })
  const values = await valueTotals(book, { accounts, by, currency, ageMsMax: dayMs }).finally(() => book.close())
  return { rows: totals.map((total) => ({ total, ...values.of(total) })), together: values.together }
}

const noon = chargedAt('2026-02-10T12:00:00Z', { interest: decimal('2') })

describe('a charge is worth', () => {
  test('its amount at the newest price at or before its instant, which is told with instant and source', async () => {
    const { rows } = await valued(
      [noon],
      [priceAt('2026-02-10', '0.5'), priceAt('2026-02-10T12:00:00Z', '0.9998'), priceAt('2026-02-10T12:00:00.001Z', '3')],
    )
    expect(toText(rows[0]?.value ?? zero)).toBe('1.9996')
    expect(rows[0]?.price).toMatchObject({ at: noon.at, source: 'import' })
  })

  test('nothing that is known where the price is older than a day, and the row says so', async () => {
    const old = priceAt('2026-02-09T11:59:59.999Z', '1')
    const { rows, together } = await valued([noon, chargedAt('2026-02-09T12:00:00Z')], [old])
    expect(rows[0]).toMatchObject({ value: undefined, unvalued: [{ charges: 1, reason: expect.stringContaining('older than 24 h') }] })
    expect(together.value).toBeUndefined()
    expect((await valued([noon], [{ ...old, at: old.at + 1 }])).rows[0]?.value).toBeDefined()
  })

  test('nothing that is known where the only prices are of later', async () => {
    const charges = [chargedAt('2026-02-09T12:00:00Z'), noon]
    const { rows } = await valued(charges, [priceAt('2026-02-10', '1')])
    expect(rows[1]).toMatchObject({
      value: undefined,
      unvalued: [{ reason: 'no price of USDT in USD is known before 2026-02-10T00:00:00.000Z' }],
    })
  })

  test('one of itself in its own asset; a stablecoin is not one of its currency', async () => {
    expect(toText((await valued([noon], [], 'day', 'USDT')).rows[0]?.value ?? zero)).toBe('2')
    await expect(valued([noon], [])).rejects.toMatchObject({ code: 'report.currency-unknown' })
  })

  test('what was imported rather than what was seen at the same instant', async () => {
    const { rows } = await valued(
      [noon],
      [
        priceAt('2026-02-10', '7', { source: 'asset-index-price' }),
        priceAt('2026-02-10', '1'),
        priceAt('2026-02-10', '9', { source: 'zzz' }),
      ],
    )
    expect(rows[0]?.price?.source).toBe('import')
  })
})

test('a total of which any charge has no price has no value, and tells what is missing and what the rest is worth', async () => {
  const charges = [noon, chargedAt('2026-02-12T12:00:00Z', { interest: decimal('0.25') })]
  const { rows } = await valued(charges, [priceAt('2026-02-10', '3')], 'month')
  expect(rows).toMatchObject([{ value: undefined, unvalued: [{ asset: 'USDT', charges: 1, amount: decimal('0.25') }] }])
  expect(toText(rows[0]?.valuedPart ?? zero)).toBe('6')
})

test('a currency that no price is in is named with those that are', async () => {
  await expect(valued([noon], [priceAt('2026-02-10', '1', { currency: 'EUR' })])).rejects.toMatchObject({
    code: 'report.currency-unknown',
    values: { currency: 'USD', known: ['EUR'] },
  })
})

test('by year it is the sum over all charges, each at its own price, exactly', async () => {
  const start = parseInstant('2025-12-20')
  const charged = fc.uniqueArray(
    fc.record({ hour: fc.nat(20 * 24), mantissa: fc.bigInt({ min: 0n, max: 10n ** 20n }), scale: fc.nat(16) }),
    {
      selector: ({ hour }) => hour,
      minLength: 1,
      maxLength: 40,
    },
  )
  const priced = fc.uniqueArray(fc.record({ hour: fc.nat(20 * 24), mantissa: fc.bigInt({ min: 1n, max: 10n ** 9n }) }), {
    selector: ({ hour }) => hour,
    minLength: 1,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(charged, priced, async (charges, prices) => {
      const known = [{ hour: -1, mantissa: 1n }, ...prices].map(({ hour, mantissa }) =>
        priceAt('2026-01-01', '1', { at: start + hour * hourMs, price: decimalOf(mantissa, 4) }),
      )
      const rows = charges.map(({ hour, mantissa, scale }) =>
        chargedAt('2026-01-01', { at: start + hour * hourMs, interest: decimalOf(mantissa, scale) }),
      )
      const told = await valued(rows, known, 'year')
      for (const { total, value, unvalued } of told.rows) {
        let worth = zero
        let missing = 0
        for (const { at, interest } of rows.filter(({ at }) => new Date(at).getUTCFullYear() === Number(total.period))) {
          const price = known.filter((one) => one.at <= at && one.at >= at - dayMs).sort((left, right) => right.at - left.at)[0]
          if (price === undefined) missing += 1
          else worth = add(worth, multiply(interest, price.price))
        }
        expect(unvalued.reduce((count, part) => count + part.charges, 0)).toBe(missing)
        expect(value === undefined).toBe(missing > 0)
        if (value !== undefined) expect(equals(value, worth)).toBe(true)
      }
    }),
    { numRuns: 25 },
  )
})
