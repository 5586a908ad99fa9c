import { describe, expect, test } from 'vitest'
import { market, papiKit, refusal } from '../../../../../test/support/papi.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { isJsonObject, type Json, JsonNumber } from '../../../../json/json.ts'
import { parseInstant } from '../../../../time/instant.ts'
import { dayMs, hourMs } from '../../../../time/units.ts'

const path = '/papi/v1/margin/marginInterestHistory'
const malformed = (name: string) => `{"code":-1102,"msg":"Mandatory parameter '${name}' was not sent, was empty/null, or malformed."}`

function rowsOf(json: Json): readonly { readonly [name: string]: string }[] {
  if (!isJsonObject(json) || !Array.isArray(json['rows'])) throw new Error('no rows')
  return (json['rows'] as readonly Json[]).map((row) =>
    Object.fromEntries(
      Object.entries(isJsonObject(row) ? row : {}).map(([name, value]) => [name, value instanceof JsonNumber ? value.text : String(value)]),
    ),
  )
}

/** Owes a loan of 45.3313 USDT, and 100 BUSD in UM; both charged. */
async function indebted(options = {}) {
  const kit = await papiKit(options)
  market(kit.venue, { rate: { USDT: '0.00013233', BUSD: '0.001' }, price: { USDT: '1' } })
  kit.deposit('USDT', '1000')
  kit.post('/papi/v1/marginLoan', 'asset=USDT&amount=45.3313')
  kit.book('um', 'BUSD', '-100')
  const rows = (query = '') => rowsOf(kit.read(path, query))
  const total = (query = '') => Number(/^\{"total":(\d+),/.exec(kit.get(path, query).text)?.[1])
  return { ...kit, rows, total }
}

describe('GET /papi/v1/margin/marginInterestHistory', () => {
  test('prints total before rows, and a charge as it was seen live', async () => {
    const kit = await indebted()
    const { text } = kit.get(path)
    expect(text.replace(/"txId":\d{19},/, '"txId":ID,')).toBe(
      `{"total":1,"rows":[{"txId":ID,"interestAccuredTime":${kitStart},"asset":"USDT","rawAsset":"USDT","principal":"45.3313",` +
        '"interest":"0.00024995","interestRate":"0.00013233","type":"ON_BORROW"}]}',
    )
  })

  test('is empty with 21 bytes where nothing was charged', async () => {
    const { get } = await papiKit()
    expect(get(path).text).toBe('{"total":0,"rows":[]}')
  })

  describe('rule: portfolio-rows', () => {
    test('has the hour begun when borrowing, every full hour, and a PORTFOLIO row for the negative balance', async () => {
      const kit = await indebted()
      kit.venue.clock.advanceTo(parseInstant('2026-03-11'))
      expect(kit.total()).toBe(14)
      const rows = kit.rows('size=100')
      expect(rows.map(({ type, asset }) => `${type} ${asset}`).sort()).toEqual([
        'ON_BORROW USDT',
        ...Array.from({ length: 12 }, () => 'PERIODIC USDT'),
        'PORTFOLIO BUSD',
      ])
      const [portfolio] = rows.filter(({ type }) => type === 'PORTFOLIO')
      expect(portfolio).toMatchObject({ principal: '100.0', interest: '0.1', interestRate: '0.001', rawAsset: 'BUSD' })
    })

    test('shows each charge on a negative balance exactly as the interest history does', async () => {
      const kit = await indebted()
      kit.venue.clock.advanceBy(5 * dayMs)
      const portfolio = kit
        .rows('asset=BUSD&size=100')
        .map(({ interestAccuredTime, asset, principal, interest, interestRate }) => [
          interestAccuredTime,
          asset,
          Number(principal),
          Number(interest),
          interestRate,
        ])
      const history = kit.read('/papi/v1/portfolio/interest-history', 'asset=BUSD&size=100') as readonly Json[]
      expect(portfolio).toHaveLength(5)
      expect(portfolio).toEqual(
        rowsOf({ rows: history } as Json).map(({ interestAccuredTime, asset, principal, interest, interestRate }) => [
          interestAccuredTime,
          asset,
          Number(principal),
          Number(interest),
          interestRate,
        ]),
      )
    })
  })

  test('is newest first with ids of 19 digits, each once, ten to a page unless more are asked for', async () => {
    const kit = await indebted()
    kit.venue.clock.advanceBy(2 * dayMs)
    const ids = kit.rows('size=100').map(({ txId }) => txId ?? '')
    expect(ids).toHaveLength(51)
    for (const id of ids) expect(id).toMatch(/^\d{19}$/)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
    expect(kit.rows().map(({ txId }) => txId)).toEqual(ids.slice(0, 10))
    expect(kit.rows('current=2').map(({ txId }) => txId)).toEqual(ids.slice(10, 20))
    expect(kit.rows('current=3&size=25').map(({ txId }) => txId)).toEqual(ids.slice(50))
    expect(kit.rows('current=4&size=25')).toEqual([])
    expect(kit.total('current=4&size=25')).toBe(51)
  })

  test('takes spans as the interest history does, both ends included', async () => {
    const kit = await indebted()
    kit.venue.clock.advanceTo(parseInstant('2026-04-20'))
    const midnight = (date: string) => parseInstant(date)
    expect(kit.total('asset=BUSD')).toBe(8)
    expect(kit.total(`asset=BUSD&startTime=${midnight('2026-04-18')}`)).toBe(3)
    expect(kit.total('asset=BUSD&startTime=1')).toBe(31)
    expect(kit.total(`asset=BUSD&endTime=${midnight('2026-04-01')}`)).toBe(8)
    expect(kit.total(`asset=BUSD&startTime=${midnight('2026-04-01')}&endTime=${midnight('2026-04-03')}`)).toBe(3)
    expect(kit.total(`asset=BUSD&startTime=${midnight('2026-04-01') + 1}&endTime=${midnight('2026-04-03') - 1}`)).toBe(1)
  })

  test('has what is older than six months only in the archive, and there nothing else', async () => {
    const kit = await indebted()
    const first = parseInstant('2026-03-11')
    const around = `asset=BUSD&startTime=${first}&endTime=${first + dayMs}`
    kit.venue.clock.advanceTo(first + 180 * dayMs)
    expect([kit.total(around), kit.total(`${around}&archived=true`)]).toEqual([2, 0])
    kit.venue.clock.advanceBy(hourMs)
    expect([kit.total(around), kit.total(`${around}&archived=true`)]).toEqual([1, 1])
    kit.venue.clock.advanceBy(dayMs)
    expect([kit.total(`${around}&archived=false`), kit.total(`${around}&archived=true`)]).toEqual([0, 2])
    expect(kit.total('archived=true')).toBe(0)
  })

  test.each([
    ['size=101', malformed('size')],
    ['size=200', malformed('size')],
    ['size=0', malformed('size')],
    ['current=0', malformed('current')],
    ['archived=1', malformed('archived')],
    ['startTime=2&endTime=1', '{"code":-1023,"msg":"Start time is greater than end time."}'],
    [`startTime=1&endTime=${30 * dayMs + 2}`, '{"code":-4165,"msg":"Maximum time interval is 30 days"}'],
    ['asset=a%20b', `{"code":-1100,"msg":"Illegal characters found in parameter 'asset'; legal range is '^[A-Z0-9-_.]{1,20}$'."}`],
  ])('refuses %s with %s', async (query, body) => {
    const { get } = await papiKit()
    expect(refusal(get(path, query))).toEqual([400, body])
  })

  test('costs 10, as on the live exchange', async () => {
    const { get } = await papiKit()
    expect(get(path).header('x-mbx-used-weight-1m')).toBe('10')
  })
})
