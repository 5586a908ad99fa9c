import { describe, expect, test } from 'vitest'
import { market, papiKit, refusal } from '../../../../../test/support/papi.ts'
import { kitStart } from '../../../../../test/support/venue-kit.ts'
import { dayMs } from '../../../../time/units.ts'

describe('GET /papi/v1/margin/repayLoan', () => {
  const path = '/papi/v1/margin/repayLoan'

  /** Repays 1 on the first day, 2 on the second, and so on. */
  async function repaid(days: number) {
    const kit = await papiKit()
    market(kit.venue, { rate: { BTC: '0.00024' } })
    kit.deposit('BTC', '100')
    kit.post('/papi/v1/marginLoan', 'asset=BTC&amount=50')
    for (let day = 1; day <= days; day++) {
      kit.post('/papi/v1/repayLoan', `asset=BTC&amount=${day}`)
      kit.venue.clock.advanceBy(dayMs)
    }
    const amounts = (query: string) =>
      [...kit.get(path, `asset=BTC&${query}`).text.matchAll(/"amount":"([^"]+)"/g)].map((match) => Number(match[1]))
    const total = (query: string) => /"total":(\d+)\}$/.exec(kit.get(path, `asset=BTC&${query}`).text)?.[1]
    return { ...kit, amounts, total }
  }

  test('includes both ends of the span, and pages it while total counts all of it', async () => {
    const { amounts, total } = await repaid(6)
    const span = `startTime=${kitStart}&endTime=${kitStart + 4 * dayMs}`
    expect(amounts(span)).toEqual([5, 4, 3, 2, 1])
    expect(amounts(`startTime=${kitStart + 1}&endTime=${kitStart + 4 * dayMs - 1}`)).toEqual([4, 3, 2])
    expect(amounts(`${span}&size=2`)).toEqual([5, 4])
    expect(amounts(`${span}&size=2&current=3`)).toEqual([1])
    expect(total(`${span}&size=2&current=3`)).toBe('5')
  })

  test('has what is older than six months only in the archive, and there nothing else', async () => {
    const kit = await repaid(1)
    const around = `startTime=${kitStart}&endTime=${kitStart + dayMs}`
    kit.venue.clock.advanceTo(kitStart + 180 * dayMs)
    expect([kit.amounts(around), kit.amounts(`${around}&archived=true`)]).toEqual([[1], []])
    kit.venue.clock.advanceBy(1)
    expect([kit.amounts(around), kit.amounts(`${around}&archived=true`)]).toEqual([[], [1]])
  })

  test.each([
    ['startTime=2&endTime=1', '{"code":-1023,"msg":"Start time is greater than end time."}'],
    ['size=101', `{"code":-1102,"msg":"Mandatory parameter 'size' was not sent, was empty/null, or malformed."}`],
    ['current=0', `{"code":-1102,"msg":"Mandatory parameter 'current' was not sent, was empty/null, or malformed."}`],
  ])('refuses %s with %s', async (query, body) => {
    const { get } = await papiKit()
    expect(refusal(get(path, `asset=BTC&${query}`))).toEqual([400, body])
  })
})
