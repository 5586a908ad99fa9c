import { describe, expect, test } from 'vitest'
import { business, okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../../../time/units.ts'

const path = '/api/v5/account/interest-accrued'
const one = parseInstant('2026-03-10T13:00:00Z')

async function indebted(hours: number, behaviour = {}) {
  const kit = await okxKit(behaviour)
  kit.apply(
    { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'profit-or-loss' },
    { kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-0.5'), reason: 'fee' },
    { kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: decimal('10') },
  )
  // The row of an hour is shown some minutes later.
  kit.venue.clock.advanceBy(hours * hourMs + (hours > 0 ? 10 * minuteMs : 0))
  return { ...kit, rows: (query = '') => kit.data(path, query) }
}

describe('GET /api/v5/account/interest-accrued', () => {
  describe('rule: okx-displayed-rate', () => {
    test('prints the document’s row, hourly rate cut at 16 decimals, interest rounded up', async () => {
      const { ask } = await indebted(1)
      expect(ask(path, 'ccy=USDT&mgnMode=cross').text).toBe(
        success(
          '{"ccy":"USDT","instId":"","interest":"0.0003960833333334","interestRate":"0.0000040833333333","liab":"97",' +
            `"totalLiab":"97","interestFreeLiab":"0","mgnMode":"cross","ts":"${one}","type":"2"}`,
        ),
      )
    })
  })

  test('prints a VIP loan under type 1, in no margin mode as the document’s example, and not under type 2', async () => {
    const { apply, data, venue } = await okxKit()
    apply({ kind: 'borrow-vip', account: 'okx', asset: 'USDT', order: '361', amount: decimal('97'), rateDaily: decimal('0.000098') })
    venue.clock.advanceBy(hourMs + 10 * minuteMs)
    expect(data(path, 'type=1')).toEqual([
      {
        ccy: 'USDT',
        instId: '',
        interest: '0.0003960833333334',
        interestRate: '0.0000040833333333',
        liab: '97',
        totalLiab: '97',
        interestFreeLiab: '0',
        mgnMode: '',
        ts: String(one),
        type: '1',
      },
    ])
    expect(data(path)).toEqual([])
  })

  describe('rule: okx-record-delay', () => {
    test('shows a row only minutes after its hour', async () => {
      const { venue, rows } = await indebted(0)
      venue.clock.advanceTo(one + 4 * minuteMs - 1)
      expect(rows()).toEqual([])
      venue.clock.advanceBy(1)
      expect(rows()).toHaveLength(3)
    })
  })

  test('cursors are exclusive, also inside a tie, and rows of one instant keep one order', async () => {
    const { rows } = await indebted(5)
    const all = rows()
    expect(all).toHaveLength(15)
    const times = all.map(({ ts }) => Number(ts))
    expect(times).toEqual([...times].sort((left, right) => right - left))
    expect(rows('limit=4')).toEqual(all.slice(0, 4))
    // Page by page on the oldest instant seen: what shares it with the last row of a page is not shown again.
    expect(rows(`after=${times[3]}`)).toEqual(all.filter(({ ts }) => Number(ts) < (times[3] ?? 0)))
    expect(rows(`after=${(times[3] ?? 0) + 1}`)).toEqual(all.filter(({ ts }) => Number(ts) <= (times[3] ?? 0)))
    expect(rows(`before=${times[3]}`)).toEqual(all.filter(({ ts }) => Number(ts) > (times[3] ?? 0)))
    expect(rows(`after=${times[0]}&before=${times[14]}`)).toEqual(all.slice(3, 12))
  })

  test('filters by currency, instrument, margin mode and type', async () => {
    const { rows } = await indebted(2)
    expect(new Set(rows('ccy=BTC').map(({ ccy }) => ccy))).toEqual(new Set(['BTC']))
    expect(rows('instId=ETH-USDT').map(({ mgnMode }) => mgnMode)).toEqual(['isolated', 'isolated'])
    expect(rows('mgnMode=cross')).toHaveLength(4)
    expect(rows('type=1')).toEqual([])
    expect(rows('type=2')).toHaveLength(6)
  })

  test('before alone gives the newest rows, or those next to the cursor where the behaviour says so', async () => {
    const newest = await indebted(5)
    expect(newest.rows(`before=${one}&limit=3`).map(({ ts }) => Number(ts))).toEqual([one + 4 * hourMs, one + 4 * hourMs, one + 4 * hourMs])
    const nearest = await indebted(5, { okxBeforeAlone: 'nearest' })
    expect(nearest.rows(`before=${one}&limit=3`).map(({ ts }) => Number(ts))).toEqual([one + hourMs, one + hourMs, one + hourMs])
  })

  test('a limit above 100 is taken as 100, and both cursors are refused, where the behaviour says so', async () => {
    const clamped = await indebted(40, { okxLimitTooLarge: 'clamp' })
    expect(clamped.rows('limit=500')).toHaveLength(100)
    const strict = await indebted(1, { okxBothCursors: 'reject' })
    expect(strict.ask(path, 'after=2&before=1').text).toBe(business('50024', 'Parameter after and before can not exist at the same time.'))
  })

  test('nothing older than a year is shown', async () => {
    const { rows, venue } = await indebted(1)
    venue.clock.advanceBy(366 * dayMs)
    const oldest = venue.clock.now() - 365 * dayMs
    const shown = rows(`after=${oldest + 2 * hourMs}`)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.every(({ ts }) => Number(ts) >= oldest)).toBe(true)
  })
})

describe('rule: okx-liability-fields', () => {
  test('totalLiab and interestFreeLiab are absent, empty or filled by the instant of the charge', async () => {
    const { rows } = await indebted(3, { okxLiabilityFieldsFrom: one + hourMs, okxLiabilityValuesFrom: one + 2 * hourMs })
    const fields = rows('ccy=BTC').map(({ totalLiab, interestFreeLiab }) => [totalLiab, interestFreeLiab])
    expect(fields[0]).toEqual([expect.stringMatching(/^0\.5/), '0'])
    expect(fields.slice(1)).toEqual([
      ['', ''],
      [undefined, undefined],
    ])
  })

  test('by default the rows of March 2026 have both', async () => {
    const { rows } = await indebted(1)
    expect(kitStart).toBeGreaterThan(parseInstant('2026-01-01'))
    expect(rows().every((row) => row['totalLiab'] !== undefined && row['totalLiab'] !== '')).toBe(true)
  })
})
