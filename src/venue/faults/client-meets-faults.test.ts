import { describe, expect, test } from 'vitest'
import { type Kit, keyAt, loseOnBinance, venueKit } from '../../../test/support/venue-kit.ts'
import { type BinanceClient, createBinanceClient } from '../../client/binance-client.ts'
import { createOkxClient } from '../../client/okx-client.ts'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { Secret } from '../../errors/secret.ts'
import { type FaultKind, faultKindNames, statedKind } from './kinds.ts'
import type { FaultInput } from './rule.ts'

const baseUrl = 'http://127.0.0.1:9'

/** What our own client tells of a fault: `done` where it is none of its caller's business. */
interface Met {
  readonly settings?: Readonly<Record<string, unknown>>
  /** Of a call that reads, and which meets it every time. */
  readonly reading: ErrorCode | 'done'
  /** Of the call that repays. */
  readonly changing?: ErrorCode | 'done'
  /** Of a call to OKX, where it says something else there. */
  readonly onOkx?: ErrorCode | 'done'
}

const unavailable: Met = { reading: 'client.unavailable', changing: 'client.unavailable' }
const unclear: Met = { reading: 'client.unavailable', changing: 'client.outcome-unknown' }
const cutOff: Met = { reading: 'client.unreachable', changing: 'client.outcome-unknown' }
const silent: Met = { reading: 'client.no-answer', changing: 'client.outcome-unknown' }
const harmless: Met = { reading: 'done', changing: 'done' }

const binance: Partial<Record<FaultKind, Met>> = {
  'rate-limited': { reading: 'client.limited', changing: 'client.limited' },
  banned: { reading: 'client.banned', changing: 'client.banned' },
  'outcome-unknown': unclear,
  'service-unavailable': unavailable,
  'internal-error': unavailable,
  overloaded: unavailable,
  'request-error': unclear,
  'unknown-error': unclear,
  'unexpected-response': unclear,
  'backend-timeout': unclear,
  firewall: { reading: 'client.unreadable-reply', changing: 'client.unreadable-reply' },
}

const okx: Partial<Record<FaultKind, Met>> = {
  'okx-unavailable': { reading: 'client.unavailable' },
  'okx-timeout': { reading: 'client.unavailable' },
  'okx-rate-limited': { reading: 'client.limited' },
  'okx-busy': { reading: 'client.unavailable' },
  'okx-system-error': { reading: 'client.unavailable' },
  'okx-too-frequent': { reading: 'client.limited' },
  'okx-order-limit': { reading: 'client.limited' },
  'okx-invalid-sign': { reading: 'client.wrong-secret' },
}

const both: Partial<Record<FaultKind, Met>> = {
  'clock-skew': { settings: { ms: 3_600_000 }, reading: 'client.clock-off', changing: 'client.clock-off' },
  'empty-reply': { reading: 'client.unreadable-reply', changing: 'client.outcome-unknown' },
  'html-page': unclear,
  slow: { ...silent, settings: { ms: 60_000 } },
  'cut-off': { ...cutOff, settings: { bytes: 1 } },
  reset: cutOff,
  silence: silent,
  'reply-lost': cutOff,
  'rows-late': { ...harmless, settings: { ms: 60_000 } },
  'rows-missing': harmless,
  'rows-torn': harmless,
  'rows-twice': harmless,
  'rows-out-of-order': harmless,
  'total-off': harmless,
  'fields-gone': harmless,
  'fields-added': harmless,
  'numbers-as-strings': harmless,
  'strings-as-numbers': harmless,
  'key-revoked': { reading: 'client.unknown-key', changing: 'client.unknown-key' },
  'key-permission-taken': { reading: 'client.unknown-key', changing: 'client.unknown-key', onOkx: 'client.no-permission' },
  'key-ips-changed': { reading: 'client.unknown-key', changing: 'client.unknown-key', onOkx: 'client.ip-not-allowed' },
}

const met = { ...binance, ...okx, ...both } as Record<FaultKind, Met>

function binanceClient({ venue, real }: Kit): BinanceClient {
  const { apiKey, secret } = keyAt(venue, 'binance')
  const credentials = { apiKey, signing: 'hmac', secret: new Secret(secret) } as const
  return createBinanceClient({ baseUrl, credentials, clock: real, fetch: venue.fetch, random: () => 0.5, mayChange: true })
}

function okxClient({ venue, real }: Kit) {
  const { apiKey, secret, passphrase = '' } = keyAt(venue, 'okx')
  const credentials = { apiKey, secret: new Secret(secret), passphrase: new Secret(passphrase) }
  return createOkxClient({ baseUrl, credentials, clock: real, fetch: venue.fetch, random: () => 0.5 })
}

/** How a call ends, on a clock that moves as long as it takes. */
async function ending({ real }: Kit, call: Promise<unknown>): Promise<ErrorCode | 'done'> {
  let code: ErrorCode | 'done' | undefined
  call.then(
    () => {
      code = 'done'
    },
    (error: { readonly code: ErrorCode }) => {
      code = error.code
    },
  )
  for (let step = 0; step < 5_000 && code === undefined; step++) await real.advanceBy(500)
  if (code === undefined) throw new Error('the call never ended')
  return code
}

const meeting = (kind: FaultKind, endpoint: string): FaultInput =>
  ({ kind, where: { endpoints: [endpoint] }, ...met[kind].settings }) as unknown as FaultInput

describe.each(faultKindNames.filter((kind) => statedKind(kind).exchange !== 'okx'))('fault: %s', (kind) => {
  test(`our client, reading, ends with ${met[kind].reading}`, async () => {
    const kit = await venueKit({ faults: [meeting(kind, 'interest-history')] })
    expect(await ending(kit, binanceClient(kit).interestHistory({}))).toBe(met[kind].reading)
    expect(kit.venue.faults.log.length).toBeGreaterThan(0)
  })

  test(`our client, repaying, ends with ${met[kind].changing}, having asked once`, async () => {
    const kit = await venueKit({ faults: [meeting(kind, 'repay-futures-negative-balance')] })
    loseOnBinance(kit.venue, 'USDT', '10')
    const entries = [...kit.venue.engine.journal()].length
    expect(await ending(kit, binanceClient(kit).repayFuturesNegativeBalance())).toBe(met[kind].changing)
    expect(kit.venue.faults.list()[0]?.matched).toBe(1)
    const repaid = [...kit.venue.engine.journal()].slice(entries).filter(({ command }) => command.kind === 'repay-futures')
    const refused = statedKind(kind).outcome === 'refused' || met[kind].changing === 'client.unknown-key' || kind === 'clock-skew'
    expect(repaid).toHaveLength(refused ? 0 : 1)
  })
})

describe.each(faultKindNames.filter((kind) => statedKind(kind).exchange !== 'binance'))('fault: %s', (kind) => {
  const expected = met[kind].onOkx ?? met[kind].reading
  test(`our client of OKX ends with ${expected}`, async () => {
    const kit = await venueKit({ faults: [meeting(kind, 'interest-accrued')] })
    expect(await ending(kit, okxClient(kit).interestAccrued())).toBe(expected)
    expect(kit.venue.faults.log.length).toBeGreaterThan(0)
  })
})

describe('our client', () => {
  test('goes on after what passes', async () => {
    for (const kind of ['rate-limited', 'service-unavailable', 'outcome-unknown', 'reset', 'html-page'] as const) {
      const kit = await venueKit({ faults: [{ kind, count: 1 }] })
      expect(await ending(kit, binanceClient(kit).interestHistory({}))).toBe('done')
      expect(kit.venue.faults.log).toHaveLength(1)
    }
  })

  test('follows an exchange whose clock is off everywhere', async () => {
    const kit = await venueKit({ faults: [{ kind: 'clock-skew', ms: 3_600_000 }] })
    expect(await ending(kit, binanceClient(kit).balance({}))).toBe('done')
    expect(await ending(kit, okxClient(kit).balance({}))).toBe('done')
  })

  test('sends nothing more once it is banned', async () => {
    const kit = await venueKit({ faults: [{ kind: 'banned', count: 1 }] })
    const client = binanceClient(kit)
    expect(await ending(kit, client.interestHistory({}))).toBe('client.banned')
    const [before] = kit.venue.faults.list()
    expect(await ending(kit, client.balance({}))).toBe('client.banned')
    expect(kit.venue.faults.list()[0]?.matched).toBe(before?.matched)
  })

  test('names a mandatory field that is gone, and does not take it for an answer to a repayment', async () => {
    const kit = await venueKit({ faults: [{ kind: 'fields-gone', fields: ['total', 'msg'] }] })
    const client = binanceClient(kit)
    const span = { startTime: kit.real.now() - 1_000, endTime: kit.real.now() }
    expect(await ending(kit, client.negativeBalanceExchangeRecord(span))).toBe('contract.wrong-shape')
    expect(await ending(kit, client.repayFuturesNegativeBalance())).toBe('client.outcome-unknown')
  })
})
