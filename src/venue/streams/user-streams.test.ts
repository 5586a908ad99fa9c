import { describe, expect, test, vi } from 'vitest'
import { book, deposit, newListenKey, streamKit } from '../../../test/support/streams.ts'
import { askAdmin, askBinance, kitStart, venueKit } from '../../../test/support/venue-kit.ts'
import { parseBinanceEvent } from '../../contracts/binance/stream-events.ts'
import type { Clock } from '../../time/clock.ts'
import { hourMs, minuteMs } from '../../time/units.ts'
import { createVenue } from '../create-venue.ts'

const names = (texts: readonly string[]) => texts.map((text) => parseBinanceEvent(text).e)

describe('event: listenKeyExpired', () => {
  test('comes with the first millisecond at which the key is not valid, and ends the stream', async () => {
    const { venue, news, ended } = await streamKit()
    venue.clock.advanceBy(hourMs - 1)
    expect(news()).toEqual([])
    venue.clock.advanceBy(1)
    expect(news()).toEqual([`{"e":"listenKeyExpired","E":${kitStart + hourMs}}`])
    expect(ended).toEqual(['key-expired'])
  })

  test('comes before anything that happens later, and nothing after it', async () => {
    const { venue, news } = await streamKit()
    venue.engine.applyAll([
      { command: deposit('BTC', '1'), at: kitStart + hourMs - 1 },
      { command: deposit('BTC', '2'), at: kitStart + hourMs },
    ])
    expect(names(news())).toEqual(['outboundAccountPosition', 'balanceUpdate', 'listenKeyExpired'])
  })

  test('comes on a clock that runs although nothing else happens', async () => {
    const { venue, real } = await venueKit()
    const told: string[] = []
    venue.openUserStream(newListenKey(venue), { event: (text) => told.push(text), ended: () => undefined })
    await real.advanceBy(59 * minuteMs)
    expect(askBinance(venue, '/papi/v1/listenKey', { method: 'PUT', timestamp: null, signature: null }).text).toBe('{}')
    await real.advanceBy(59 * minuteMs)
    expect(told).toEqual([])
    await real.advanceBy(2 * minuteMs)
    expect(names(told)).toEqual(['listenKeyExpired'])
    await venue.close()
    expect(real.waiting).toBe(0)
  })

  test('is not what a process stays alive for', async () => {
    const { venue, real } = await venueKit()
    const clock: Clock = real
    const waits = vi.spyOn(clock, 'wait')
    venue.openUserStream(newListenKey(venue), { event: () => undefined, ended: () => undefined })
    expect(waits.mock.calls.map(([ms, , options]) => [ms, options])).toEqual([[hourMs, { background: true }]])
    await venue.close()
  })

  test('names the key, and leaves the stream open without a word, if the venue is told so', async () => {
    const behaviour = { binanceListenKeyExpired: 'with-key', binanceExpiredListenKey: 'silence' } as const
    const { venue, news, ended, listenKey, tell } = await streamKit({ behaviour })
    venue.clock.advanceBy(hourMs)
    expect(news()).toEqual([`{"e":"listenKeyExpired","E":${kitStart + hourMs},"listenKey":"${listenKey}"}`])
    newListenKey(venue)
    tell(deposit('BTC', '1'))
    expect([news(), ended]).toEqual([[], []])
    await venue.close()
    expect(ended).toEqual(['venue-closed'])
  })
})

describe('a user data stream', () => {
  test('tells nothing of what happened before it was opened', async () => {
    const { news, tell } = await streamKit({}, [deposit('BTC', '1')])
    expect(news()).toEqual([])
    tell(deposit('BTC', '2'))
    expect(news()[0]).toContain('"f":"3.00000000"')
  })

  test('loses nothing and keeps the order for a reader that keeps up', async () => {
    const { venue } = await streamKit()
    const stream = venue.userStream(newListenKey(venue))
    const amounts = Array.from({ length: 500 }, (_, index) => index + 1)
    for (const amount of amounts) {
      venue.engine.apply(book('um', 'USDT', amount.toString(), 'funding'), { at: venue.clock.now() })
      if (amount % 50 === 0) venue.clock.advanceBy(1)
    }
    const changes: number[] = []
    const instants: number[] = []
    for await (const text of stream) {
      const event = parseBinanceEvent(text)
      if (event.e !== 'ACCOUNT_UPDATE') continue
      changes.push(Number(/"bc":"([^"]+)"/.exec(text)?.[1]))
      instants.push(event.E)
      if (changes.length === amounts.length) break
    }
    expect(changes).toEqual(amounts)
    expect(instants).toEqual([...instants].sort((left, right) => left - right))
  })

  test('tells each of its readers, until one of them ends', async () => {
    const { venue, listenKey, news, tell } = await streamKit()
    const others: string[] = []
    const leave = venue.openUserStream(listenKey, { event: (text) => others.push(text), ended: () => undefined })
    tell(book('um', 'USDT', '1', 'funding'))
    leave()
    tell(book('um', 'USDT', '1', 'funding'))
    expect([news().length, others.length]).toEqual([2, 1])
  })

  test('goes on for others when a reader throws, which is a fault of its own', async () => {
    const faults: unknown[] = []
    const { venue, listenKey, news, tell } = await streamKit({ onFault: (fault) => faults.push(fault) })
    const broken = () => {
      throw new Error('of the reader')
    }
    venue.openUserStream(listenKey, { event: broken, ended: broken })
    tell(book('um', 'USDT', '1', 'funding'))
    expect(news()).toHaveLength(1)
    expect(faults.map(String)).toEqual(['Error: of the reader'])
  })

  test('is of one account alone', async () => {
    const { venue, news } = await streamKit()
    const at = venue.clock.now()
    venue.engine.apply({ kind: 'open-account', account: 'other', exchange: 'binance', vip: 0 }, { at })
    venue.engine.apply({ ...deposit('BTC', '1'), account: 'other' } as never, { at })
    expect(news()).toEqual([])
  })

  test('ends when its key is closed, the loop after what was told before', async () => {
    const { venue, tell } = await streamKit()
    const stream = venue.userStream(newListenKey(venue))
    tell(book('um', 'USDT', '1', 'funding'))
    askBinance(venue, '/papi/v1/listenKey', { method: 'DELETE', timestamp: null, signature: null })
    tell(book('um', 'USDT', '1', 'funding'))
    const told: string[] = []
    for await (const text of stream) told.push(text)
    expect(names(told)).toEqual(['ACCOUNT_UPDATE'])
  })

  test('says so in its loop when its reader is too slow', async () => {
    const { venue, tell } = await streamKit()
    const stream = venue.userStream(newListenKey(venue), { capacity: 2 })
    for (let count = 0; count < 3; count++) tell(book('um', 'USDT', '1', 'funding'))
    const read = async () => {
      for await (const _ of stream);
    }
    await expect(read()).rejects.toMatchObject({ code: 'venue.events-overflow' })
  })

  test('is refused for a key that there is not, or not any more', async () => {
    const { venue, listenKey } = await streamKit()
    const code = { code: 'venue.listen-key-unknown' }
    expect(() => venue.userStream('x'.repeat(64))).toThrow(expect.objectContaining(code))
    venue.clock.advanceBy(hourMs)
    expect(() => venue.userStream(listenKey)).toThrow(expect.objectContaining(code))
  })

  test('opens and tells nothing for such a key, if the venue is told so', async () => {
    const { venue } = await streamKit({ behaviour: { binanceUnknownListenKey: 'silence' } })
    const stream = venue.userStream('x'.repeat(64))
    venue.engine.apply(deposit('BTC', '1'), { at: venue.clock.now() })
    await venue.close()
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test.each([
    ['a restore', 'venue-replaced', (kit: Awaited<ReturnType<typeof streamKit>>) => kit.venue.restore('begun')],
    [
      'a reset',
      'venue-replaced',
      (kit: Awaited<ReturnType<typeof streamKit>>) => askAdmin(kit.venue, 'POST', '/reset', { to: 'scenario' }),
    ],
    ['the end of the venue', 'venue-closed', (kit: Awaited<ReturnType<typeof streamKit>>) => kit.venue.close()],
  ])('ends with %s', async (_, why, end) => {
    const kit = await streamKit()
    kit.venue.snapshot('begun')
    await end(kit)
    expect(kit.ended).toEqual([why])
    expect(kit.told).toEqual([])
    expect(kit.real.waiting).toBeLessThanOrEqual(1)
  })

  test('of a PRO account tells risk alone at pm-classic; everything, if the venue is told so', async () => {
    const loss = '{"e":"riskLevelChange","E":1,"u":"1.0","s":"MARGIN_CALL","eq":"1","ae":"1","m":"1"}'
    const told = async (behaviour: object) => {
      const { venue, listenKey, tell } = await streamKit({ behaviour })
      const texts: string[] = []
      venue.openUserStream(listenKey, { event: (text) => texts.push(text), ended: () => undefined }, 'pm-classic')
      tell(book('um', 'USDT', '1', 'funding'))
      venue.emit('main', loss)
      return names(texts)
    }
    expect(await told({})).toEqual(['riskLevelChange'])
    expect(await told({ binanceProStream: 'every-event' })).toEqual(['ACCOUNT_UPDATE', 'riskLevelChange'])
  })

  test('of a fork is its own', async () => {
    const { venue, listenKey, news } = await streamKit()
    const fork = await venue.fork()
    expect(() => fork.userStream(listenKey)).toThrow()
    fork.engine.apply(deposit('BTC', '1'), { at: fork.clock.now() })
    expect(news()).toEqual([])
    await fork.close()
  })
})

describe('an event that is made up', () => {
  const liability = '{"e":"liabilityChange","E":1,"a":"BTC","t":"BORROW","T":1352286576452864727,"p":"1","i":"0","l":"1"}'

  test('keeps its digits as text, and changes nothing of the ledger', async () => {
    const { venue, news } = await streamKit()
    const digest = venue.engine.digest()
    venue.emit('main', liability)
    venue.emit('main', { e: 'listenKeyExpired', E: 5 })
    expect(news()).toEqual([liability, '{"e":"listenKeyExpired","E":5}'])
    expect(venue.engine.digest()).toBe(digest)
  })

  test('is told by the admin face, which answers how many were told', async () => {
    const { venue, news } = await streamKit()
    const path = '/accounts/main/made-up-events'
    expect(await askAdmin(venue, 'POST', path, { event: liability })).toEqual({ status: 200, json: { readers: 1 } })
    expect(await askAdmin(venue, 'POST', path, { event: { e: 'listenKeyExpired', E: 5 } })).toMatchObject({ status: 200 })
    expect(news()).toEqual([liability, '{"e":"listenKeyExpired","E":5}'])
    for (const event of [{ e: 'nothing' }, { e: 'listenKeyExpired', E: 'soon' }, '{', 7]) {
      expect(await askAdmin(venue, 'POST', path, { event })).toMatchObject({ status: 400 })
    }
    expect(await askAdmin(venue, 'POST', '/accounts/nobody/made-up-events', { event: liability })).toMatchObject({ status: 404 })
    expect(news()).toEqual([])
  })

  test('is told nobody where nobody listens', async () => {
    const venue = await createVenue({ scenario: 'empty' })
    expect(venue.emit('main', liability)).toBe(0)
    await venue.close()
  })

  test('is refused when it is not as its contract says, or of no Binance account', async () => {
    const { venue, news } = await streamKit()
    const code = (account: string, event: string | object) => {
      try {
        return venue.emit(account, event)
      } catch (error) {
        return (error as { readonly code: string }).code
      }
    }
    expect(code('main', '{"e":"nothing"}')).toBe('contract.event-unknown')
    expect(code('main', '{"e":"toString"}')).toBe('contract.event-unknown')
    expect(code('main', [])).toBe('contract.event-unknown')
    expect(code('main', { e: 'listenKeyExpired' })).toBe('contract.wrong-shape')
    expect(code('main', '{"e"')).toBe('json.malformed')
    expect(code('nobody', liability)).toBe('venue.account-unknown')
    const okx = venue.accounts.find(({ exchange }) => exchange === 'okx')!.label
    expect(code(okx, liability)).toBe('venue.wrong-exchange')
    expect(news()).toEqual([])
  })
})
