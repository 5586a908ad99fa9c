import { describe, expect, test } from 'vitest'
import { askBinance, askOkx, type Kit, keyAt, loseOnBinance, venueKit } from '../../../test/support/venue-kit.ts'
import { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseJson } from '../../json/json.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import type { Venue } from '../index.ts'
import { EngineLens } from './engine-lens.ts'
import type { FaultInput } from './rule.ts'

const interest = '/papi/v1/portfolio/interest-history'
const accrued = '/api/v5/account/interest-accrued'

/** A debt of ten days on both exchanges, at a rate that is charged. */
async function indebted(): Promise<Kit> {
  const kit = await venueKit({ behaviour: { limits: 'counted' } })
  const { venue } = kit
  const at = venue.clock.now()
  venue.engine.apply({ kind: 'set-price', asset: 'USDT', price: decimal('1') }, { at })
  for (const exchange of ['binance', 'okx'] as const)
    venue.engine.apply({ kind: 'set-rate', exchange, asset: 'USDT', rateDaily: decimal('0.0002') }, { at })
  venue.engine.apply({ kind: 'set-thresholds', asset: 'USDT', free: decimal('0'), maximum: decimal('1000000') }, { at })
  loseOnBinance(venue, 'USDT', '100000')
  venue.engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'BTC-USDT', amount: decimal('1000') }, { at })
  venue.clock.freeze()
  venue.clock.advanceBy(10 * dayMs)
  return kit
}

interface Row {
  readonly interestAccuredTime: number
}

const rowsOn = (venue: Venue, query = ''): readonly Row[] => JSON.parse(askBinance(venue, interest, { query }).text) as Row[]
const timesOn = (venue: Venue, query = '') => rowsOn(venue, query).map((row) => row.interestAccuredTime)
const all = (venue: Venue) => timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=100`)

async function withFault(fault: FaultInput): Promise<{ readonly venue: Venue; readonly truth: readonly number[]; readonly kit: Kit }> {
  const kit = await indebted()
  const truth = all(kit.venue)
  expect(truth).toHaveLength(10)
  kit.venue.faults.add(fault)
  return { venue: kit.venue, truth, kit }
}

describe('fault: rows-late', () => {
  test('shows a row only so long after its instant, and fills the page with older ones', async () => {
    const { venue, truth } = await withFault({ kind: 'rows-late', ms: 3 * dayMs })
    expect(all(venue)).toEqual(truth.filter((at) => at + 3 * dayMs <= venue.clock.now()))
    expect(timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=4`)).toEqual(truth.slice(3, 7))
    venue.clock.advanceBy(hourMs)
    expect(timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=4`)).toEqual(truth.slice(3, 7))
    venue.clock.advanceBy(12 * hourMs)
    expect(timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=4`)).toEqual(truth.slice(2, 6))
  })
})

describe('fault: rows-missing', () => {
  test('leaves out the same rows from every page until an instant', async () => {
    const { venue, truth } = await withFault({ kind: 'rows-missing', share: 0.4 })
    const seen = all(venue)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.length).toBeLessThan(10)
    expect(all(venue)).toEqual(seen)
    expect(truth.filter((at) => seen.includes(at))).toEqual(seen)
    expect(timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=2`)).toEqual(seen.slice(0, 2))
    venue.faults.clear()
    venue.faults.add({ kind: 'rows-missing', share: 1, until: venue.clock.now() + hourMs })
    expect(all(venue)).toEqual([])
    venue.clock.advanceBy(hourMs)
    expect(all(venue)).toEqual(truth)
  })
})

describe('fault: rows-torn', () => {
  test('lets rows arrive between the first page and the second', async () => {
    const { venue, truth } = await withFault({ kind: 'rows-torn', newest: 2 })
    const query = `startTime=${venue.clock.now() - 20 * dayMs}&size=3`
    expect(timesOn(venue, query)).toEqual(truth.slice(2, 5))
    expect(timesOn(venue, query)).toEqual(truth.slice(0, 3))
  })
})

describe('fault: rows-twice', () => {
  test('shows some rows twice, over page boundaries too', async () => {
    const { venue, truth } = await withFault({ kind: 'rows-twice', share: 1 })
    expect(all(venue)).toEqual(truth.flatMap((at) => [at, at]))
    expect(timesOn(venue, `startTime=${venue.clock.now() - 20 * dayMs}&size=3`)).toEqual([truth[0], truth[0], truth[1]])
  })

  test('counts them in the total of paged replies', async () => {
    const { venue } = await withFault({ kind: 'rows-twice', share: 1 })
    const ask = (query: string) => {
      const { text } = askBinance(venue, '/papi/v1/margin/marginInterestHistory', { query })
      return JSON.parse(text) as { readonly total: number; readonly rows: readonly Row[] }
    }
    const span = `startTime=${venue.clock.now() - 20 * dayMs}`
    const [first, second] = [ask(`${span}&size=15`), ask(`${span}&size=15&current=2`)]
    expect([first.total, first.rows.length, second.rows.length]).toEqual([20, 15, 5])
    expect(new Set([...first.rows, ...second.rows].map((row) => row.interestAccuredTime)).size).toBe(10)
  })
})

describe('fault: rows-out-of-order', () => {
  test('shuffles a page, the same way in every run', async () => {
    const one = await withFault({ kind: 'rows-out-of-order', seed: 'a' })
    const other = await withFault({ kind: 'rows-out-of-order', seed: 'a' })
    const seen = all(one.venue)
    expect(seen).not.toEqual(one.truth)
    expect([...seen].sort((left, right) => right - left)).toEqual(one.truth)
    expect(all(other.venue)).toEqual(seen)
    expect(all(one.venue)).not.toEqual(seen)
  })
})

describe('fault: total-off', () => {
  test('says another total than there are rows, and no less than none', async () => {
    const { venue } = await withFault({ kind: 'total-off', by: 3 })
    const span = `startTime=${venue.clock.now() - dayMs}&endTime=${venue.clock.now()}`
    const ask = () => askBinance(venue, '/papi/v1/portfolio/negative-balance-exchange-record', { query: span })
    expect(ask().text).toBe('{"total":3,"rows":[]}')
    expect(ask().header('content-length')).toBe('21')
    venue.faults.clear()
    venue.faults.add({ kind: 'total-off', by: -3 })
    expect(ask().text).toBe('{"total":0,"rows":[]}')
  })
})

describe('fault: fields-gone', () => {
  test('leaves out what the contract calls optional, or what it is told', async () => {
    const { venue } = await withFault({ kind: 'fields-gone' })
    const optional = JSON.parse(askOkx(venue, accrued, { query: 'limit=1' }).text).data[0]
    expect(Object.keys(optional)).toEqual(['ccy', 'instId', 'interest', 'interestRate', 'liab', 'mgnMode', 'ts', 'type'])
    expect(rowsOn(venue)[0]).toHaveProperty('asset')
    venue.faults.clear()
    venue.faults.add({ kind: 'fields-gone', fields: ['asset'] })
    expect(rowsOn(venue)[0]).not.toHaveProperty('asset')
  })
})

describe('fault: fields-added', () => {
  test('adds a field to every object, and the contract keeps it apart', async () => {
    const { venue } = await withFault({ kind: 'fields-added', field: 'isolatedFee', value: '0' })
    const { text } = askOkx(venue, accrued, { query: 'limit=2' })
    const read = interestAccrued.reply.parse(parseJson(text), '')
    expect(read.data.map(({ extra }) => extra)).toEqual([{ isolatedFee: '0' }, { isolatedFee: '0' }])
    expect(read.extra).toEqual({ isolatedFee: '0' })
  })
})

describe('fault: numbers-as-strings', () => {
  test('keeps every digit', async () => {
    const { venue, truth } = await withFault({ kind: 'numbers-as-strings' })
    expect(rowsOn(venue)[0]?.interestAccuredTime).toBe(String(truth[0]))
  })
})

describe('fault: strings-as-numbers', () => {
  test('keeps every digit, and leaves names as they are', async () => {
    const { venue } = await withFault({ kind: 'strings-as-numbers' })
    const before = venue.faults.list()
    expect(before).toHaveLength(1)
    const { text } = askOkx(venue, accrued, { query: 'limit=1' })
    venue.faults.clear()
    const plain = askOkx(venue, accrued, { query: 'limit=1' }).text
    const digits = /"interest":"([\d.]+)"/.exec(plain)?.[1]
    expect(digits?.length).toBeGreaterThan(10)
    expect(text).toContain(`"interest":${digits},`)
    expect(text).toContain('"type":"2"')
    expect(interestAccrued.reply.parse(parseJson(text), '')).toEqual(interestAccrued.reply.parse(parseJson(plain), ''))
  })
})

describe('fault: key-revoked', () => {
  test('refuses a key midway as one that is unknown', async () => {
    const { venue } = await withFault({ kind: 'key-revoked', after: 2 })
    const statuses = [1, 2, 3].map(() => askBinance(venue, '/papi/v1/balance').status)
    expect(statuses).toEqual([200, 200, 401])
    expect(askBinance(venue, '/papi/v1/balance').text).toContain('"code":-2015')
    expect(askOkx(venue, '/api/v5/account/balance').text).toContain('50119')
    expect(venue.engine.keysOf('main')).toContainEqual(expect.objectContaining({ apiKey: keyAt(venue, 'binance').apiKey }))
  })
})

describe('fault: key-permission-taken', () => {
  test('refuses what the permission is for', async () => {
    const { venue } = await withFault({ kind: 'key-permission-taken', permission: 'trade' })
    expect(askBinance(venue, '/papi/v1/balance').status).toBe(200)
    expect(askBinance(venue, '/papi/v1/repay-futures-negative-balance', { method: 'POST' }).text).toContain('"code":-2015')
    venue.faults.clear()
    venue.faults.add({ kind: 'key-permission-taken' })
    expect(askBinance(venue, '/papi/v1/balance').text).toContain('"code":-2015')
    expect(askOkx(venue, '/api/v5/account/balance').text).toContain('50120')
  })
})

describe('fault: key-ips-changed', () => {
  test('refuses the address it was used from', async () => {
    const { venue } = await withFault({ kind: 'key-ips-changed', ips: ['198.51.100.4'] })
    expect(askBinance(venue, '/papi/v1/balance').text).toContain('"code":-2015')
    expect(askOkx(venue, '/api/v5/account/balance').text).toContain('50110')
    expect(askBinance(venue, '/papi/v1/balance', { ip: '198.51.100.4' }).status).toBe(200)
  })
})

describe('the lens', () => {
  test('asks for more rows until enough are seen, and no more often than it must', () => {
    const asked: unknown[] = []
    const rows = Array.from({ length: 50 }, (_, index) => ({ at: 50 - index }))
    const engine = {
      binanceCharges: (query: { readonly limit?: number }) => {
        asked.push(query.limit)
        return rows.slice(0, query.limit)
      },
    }
    const lens = new EngineLens({ engine: () => engine as never, revision: () => 7 })
    const even = (seen: readonly unknown[]) => seen.filter((row) => (row as { at: number }).at % 10 === 0)
    const ask = () =>
      lens
        .engine()
        .binanceCharges({ account: 'main', limit: 3 })
        .map(({ at }) => at)
    expect(ask()).toEqual([50, 49, 48])
    expect(lens.during({ rows: even }, ask)).toEqual([50, 40, 30])
    expect(asked).toEqual([3, 3, 7, 15, 31])
    expect([lens.revision(), lens.during({}, () => lens.revision()), lens.during({}, () => lens.revision())]).toEqual([7, -2, -3])
  })
})
