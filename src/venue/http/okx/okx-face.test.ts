import { beforeEach, describe, expect, test } from 'vitest'
import { askOkx, type Kit, keyAt, kitStart, type OkxCall, venueKit } from '../../../../test/support/venue-kit.ts'
import { decimal } from '../../../decimal/decimal.ts'
import { parseInstant } from '../../../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../../time/units.ts'

const accrued = '/api/v5/account/interest-accrued'
const balance = '/api/v5/account/balance'
const unknownKey = '00000000-0000-4000-8000-00000000000f'

let kit: Kit
beforeEach(async () => {
  kit = await venueKit()
})

const gateway = (code: string, msg: string) => `{"msg":"${msg}","code":"${code}"}`
const business = (code: string, msg: string) => `{"code":"${code}","data":[],"msg":"${msg}"}`
const cannotBeEmpty = (header: string) => `Request header ${header} can not be empty.`

type Case = readonly [says: string, call: OkxCall, status: number, body: string]

const refusals: readonly Case[] = [
  ['no key', { headers: { 'ok-access-key': null } }, 401, gateway('50103', cannotBeEmpty('OK-ACCESS-KEY'))],
  ['no passphrase', { headers: { 'ok-access-passphrase': null } }, 401, gateway('50104', cannotBeEmpty('OK-ACCESS-PASSPHRASE'))],
  ['no signature', { headers: { 'ok-access-sign': null } }, 401, gateway('50106', cannotBeEmpty('OK-ACCESS-SIGN'))],
  ['no timestamp', { headers: { 'ok-access-timestamp': null } }, 401, gateway('50107', cannotBeEmpty('OK-ACCESS-TIMESTAMP'))],
  ['a malformed key', { headers: { 'ok-access-key': 'nonsense' } }, 401, gateway('50111', 'Invalid OK-ACCESS-KEY')],
  [
    'a timestamp in epoch ms',
    { headers: { 'ok-access-timestamp': '1773144030000' } },
    401,
    gateway('50112', 'Invalid OK-ACCESS-TIMESTAMP'),
  ],
  ['a timestamp 30.001 s old', { at: kitStart - 30_001 }, 401, gateway('50102', 'Timestamp request expired')],
  ['a timestamp 30.001 s ahead', { at: kitStart + 30_001 }, 401, gateway('50102', 'Timestamp request expired')],
  ['an unknown key', { headers: { 'ok-access-key': unknownKey } }, 401, gateway('50119', "API key doesn't exist")],
  ['a demo header', { headers: { 'x-simulated-trading': '1' } }, 401, gateway('50101', 'APIKey does not match current environment.')],
  [
    'a wrong passphrase',
    { headers: { 'ok-access-passphrase': 'wrong' } },
    401,
    gateway('50105', 'Request header OK-ACCESS-PASSPHRASE incorrect.'),
  ],
  ['a wrong signature', { headers: { 'ok-access-sign': 'wrong' } }, 401, gateway('50113', 'Invalid Sign')],
  ['a limit above 100', { query: 'limit=101' }, 400, business('51000', 'Parameter limit error')],
  ['a limit of zero', { query: 'limit=0' }, 400, business('51000', 'Parameter limit error')],
  ['an unknown type', { query: 'type=3' }, 400, business('51000', 'Parameter type error')],
  ['an unknown margin mode', { query: 'mgnMode=CROSS' }, 400, business('51000', 'Parameter mgnMode error')],
  ['a cursor that is no number', { query: 'after=yesterday' }, 400, business('51000', 'Parameter after error')],
  ['a parameter twice', { query: 'ccy=BTC&ccy=ETH' }, 400, business('51000', 'Parameter ccy error')],
]

test.each(refusals)('%s is refused as OKX does', (_, call, status, body) => {
  const got = askOkx(kit.venue, accrued, call)
  expect(got.text).toBe(body)
  expect(got.status).toBe(status)
  expect(got.header('content-type')).toBe('application/json')
  expect(got.header('date')).toBe('Tue, 10 Mar 2026 12:00:30 GMT')
})

test('a timestamp exactly 30 s old is accepted, and so are parameters nobody knows or that are empty', () => {
  expect(askOkx(kit.venue, accrued, { at: kitStart - 30_000 }).status).toBe(200)
  expect(askOkx(kit.venue, accrued, { query: 'begin=1&ccy=' }).text).toBe('{"code":"0","data":[],"msg":""}')
})

test('a key bound to addresses names itself and the address it is refused from', () => {
  const key = { ...keyAt(kit.venue, 'okx'), apiKey: unknownKey }
  const { secret: verifier, ...rest } = key
  kit.venue.engine.apply({ kind: 'add-key', account: 'okx', key: { ...rest, verifier, ips: ['198.51.100.1'] } })
  expect(askOkx(kit.venue, accrued, { key, ip: '198.51.100.1' }).status).toBe(200)
  expect(askOkx(kit.venue, accrued, { key, ip: '203.0.113.7' }).text).toBe(
    gateway('50110', `Your IP 203.0.113.7 is not included in your API key's ${unknownKey} IP whitelist.`),
  )
})

test('in demo a call without the demo header is refused', async () => {
  const { venue } = await venueKit({ behaviour: { okxEnvironment: 'demo' } })
  expect(askOkx(venue, accrued).text).toContain('50101')
  expect(askOkx(venue, accrued, { headers: { 'x-simulated-trading': '1' } }).status).toBe(200)
})

test('a known path asked with another method is refused as such', () => {
  const got = askOkx(kit.venue, accrued, { method: 'POST' })
  expect([got.status, got.text]).toEqual([405, gateway('50115', 'Invalid request method.')])
})

test('an unknown path answers 404 with a code that is a number', () => {
  const got = askOkx(kit.venue, '/api/v5/account/nothing')
  expect(got.status).toBe(404)
  expect(got.text).toBe('{"code":404,"data":{},"detailMsg":"","error_code":"404","error_message":"Not Found","msg":"Not Found"}')
})

describe('limits', () => {
  test('five calls in two seconds per user and endpoint, whichever key', async () => {
    const { venue, real } = kit
    const keys = [0, 1, 0, 1, 0].map((index) => keyAt(venue, 'okx', index))
    expect(keys.map((key) => askOkx(venue, accrued, { key }).status)).toEqual([200, 200, 200, 200, 200])
    const limited = askOkx(venue, accrued)
    expect([limited.status, limited.text]).toEqual([429, gateway('50011', 'Too Many Requests')])
    expect(askOkx(venue, balance).status).toBe(200)
    await real.advanceBy(1_999)
    expect(askOkx(venue, accrued).status).toBe(429)
    await real.advanceBy(1)
    expect(askOkx(venue, accrued).status).toBe(200)
  })

  test('ten calls in two seconds per address for the public time', () => {
    const time = (ip: string) => askOkx(kit.venue, '/api/v5/public/time', { ip, headers: { 'ok-access-key': null } })
    expect(time('203.0.113.7').text).toBe(`{"code":"0","data":[{"ts":"${kitStart}"}],"msg":""}`)
    expect(Array.from({ length: 10 }, () => time('203.0.113.7').status).filter((status) => status === 200)).toHaveLength(9)
    expect(time('203.0.113.8').status).toBe(200)
  })
})

describe('interest accrued', () => {
  async function indebted(hours: number, behaviour = {}) {
    const { venue } = await venueKit({ behaviour: { limits: 'counted', ...behaviour } })
    venue.clock.freeze()
    const at = kitStart
    venue.engine.apply(
      { kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'profit-or-loss' },
      { at },
    )
    venue.engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-0.5'), reason: 'fee' }, { at })
    venue.engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: decimal('10') }, { at })
    // The row of an hour is shown some minutes later.
    venue.clock.advanceBy(hours * hourMs + (hours > 0 ? 10 * minuteMs : 0))
    const rows = (query = '') => {
      const reply = JSON.parse(askOkx(venue, accrued, { query }).text) as { data: Record<string, string>[] }
      return reply.data
    }
    return { venue, rows }
  }
  const one = parseInstant('2026-03-10T13:00:00Z')

  test('prints the document’s row, hourly rate cut at 16 decimals, interest rounded up', async () => {
    const { venue } = await indebted(1)
    const got = askOkx(venue, accrued, { query: 'ccy=USDT&mgnMode=cross' })
    expect(got.text).toBe(
      '{"code":"0","data":[{"ccy":"USDT","instId":"","interest":"0.0003960833333334","interestRate":"0.0000040833333333","liab":"97",' +
        `"totalLiab":"97","interestFreeLiab":"0","mgnMode":"cross","ts":"${one}","type":"2"}],"msg":""}`,
    )
  })

  test('shows a row only minutes after its hour', async () => {
    const { venue, rows } = await indebted(0)
    venue.clock.advanceTo(one + 4 * minuteMs - 1)
    expect(rows()).toEqual([])
    venue.clock.advanceBy(1)
    expect(rows()).toHaveLength(3)
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
    expect(askOkx(strict.venue, accrued, { query: 'after=2&before=1' }).text).toBe(
      business('50024', 'Parameter after and before can not exist at the same time.'),
    )
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

test('the balance shows liabilities as positive magnitudes, and leaves out what is empty', () => {
  const { venue } = kit
  const at = kitStart
  venue.engine.apply({ kind: 'deposit', account: 'okx', asset: 'ETH', amount: decimal('2') }, { at })
  venue.engine.apply({ kind: 'withdraw', account: 'okx', asset: 'ETH', amount: decimal('2') }, { at })
  venue.engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'fee' }, { at })
  venue.engine.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: decimal('3') }, { at })
  const reply = JSON.parse(askOkx(venue, balance).text) as { data: [{ details: Record<string, string>[] }] }
  expect(reply.data[0].details).toHaveLength(1)
  expect(reply.data[0].details[0]).toMatchObject({ ccy: 'USDT', cashBal: '-97', eq: '-97', liab: '100', crossLiab: '97', isoLiab: '3' })
  expect(askOkx(venue, balance, { query: 'ccy=BTC,ETH' }).text).toContain('"details":[]')
  const many = Array.from({ length: 21 }, (_, index) => `C${index}`).join(',')
  expect(askOkx(venue, balance, { query: `ccy=${many}` }).text).toBe(business('50025', 'Parameter ccy count exceeds the limit 20.'))
})
