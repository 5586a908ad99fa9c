import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askBinance, askOkx } from '../../../test/support/venue-kit.ts'
import type { Endpoint } from '../../contracts/contract.ts'
import { binanceEndpoints, okxEndpoints } from '../../contracts/endpoints.ts'
import { dayMs } from '../../time/units.ts'
import { createVenue, type Venue } from '../index.ts'

const histories: readonly Endpoint[] = [...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)].filter(
  // Only accounts of another product have the histories of PRO, and rates are nobody's rows.
  ({ order, method, path, name }) =>
    order !== undefined && method === 'GET' && !path.startsWith('/sapi/v1/portfolio/') && name !== 'margin-interest-rate-history',
)

let venue: Venue
beforeAll(async () => {
  venue = await createVenue({ behaviour: { limits: 'counted' } })
  venue.clock.freeze()
})
afterAll(() => venue.close())

function rowsOf(endpoint: Endpoint): readonly unknown[] {
  const now = venue.clock.now()
  const values: Record<string, string> = { asset: 'USDT', startTime: String(now - 30 * dayMs), endTime: String(now) }
  const query = Object.entries(endpoint.parameters)
    .filter(([name, { need }]) => need === 'mandatory' && name !== 'timestamp')
    .map(([name]) => `${name}=${values[name] ?? ''}`)
    .join('&')
  const { text } = endpoint.exchange === 'binance' ? askBinance(venue, endpoint.path, { query }) : askOkx(venue, endpoint.path, { query })
  const json = JSON.parse(text) as readonly unknown[] | { readonly rows?: readonly unknown[]; readonly data?: readonly unknown[] }
  const rows = 'length' in json ? json : (json.rows ?? json.data)
  if (rows === undefined) throw new Error(`${endpoint.name} answered ${text}`)
  return rows
}

describe('faults of rows', () => {
  test('reach every history of an account, whatever its rows are made of', () => {
    const shown = new Map(histories.map((endpoint) => [endpoint.path, rowsOf(endpoint).length]))
    expect([...shown.values()].filter((rows) => rows > 0).length).toBeGreaterThan(6)
    venue.faults.add({ kind: 'rows-missing', share: 1 })
    for (const endpoint of histories) expect([endpoint.name, rowsOf(endpoint).length]).toEqual([endpoint.name, 0])
    venue.faults.clear()
    venue.faults.add({ kind: 'rows-twice', share: 1 })
    for (const endpoint of histories) {
      const rows = rowsOf(endpoint).map((row) => JSON.stringify(row))
      expect([endpoint.name, rows.length > 0]).toEqual([endpoint.name, (shown.get(endpoint.path) ?? 0) > 0])
      for (let index = 0; index + 1 < rows.length; index += 2) expect(rows[index + 1]).toBe(rows[index])
    }
  })

  test('leave alone what a call that changes something looks up of itself', () => {
    venue.faults.clear()
    venue.faults.add({ kind: 'rows-missing', share: 1 })
    const borrowed = askBinance(venue, '/papi/v1/marginLoan', { method: 'POST', query: 'asset=USDT&amount=1' })
    expect(borrowed.text).toMatch(/^{"tranId":\d+}$/)
  })
})
