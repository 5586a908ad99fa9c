import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { askAdmin, askBinance, keyAt, kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { decimal } from '../decimal/decimal.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs } from '../time/units.ts'
import { createVenue, type Venue } from './index.ts'

const newDirectory = () => join(mkdtempSync(join(tmpdir(), 'overdraft-snapshot-')), 'data')
const deposit = (venue: Venue, amount: string) =>
  venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal(amount) }, { at: venue.clock.now() })
const failing = (code: string) => expect.objectContaining({ code })

/** A frozen venue with charges on its negative balance. */
async function chargedVenue(data: string | undefined): Promise<Venue> {
  const { venue } = await venueKit({ mode: { kind: 'frozen', at: kitStart }, ...(data === undefined ? {} : { data }) })
  loseOnBinance(venue, 'BTC', '0.3')
  venue.clock.advanceBy(3 * dayMs)
  return venue
}

describe.each(['memory', 'a directory'])('a snapshot of a venue in %s', (kept) => {
  let data: string | undefined
  let venue: Venue
  beforeEach(async () => {
    data = kept === 'memory' ? undefined : newDirectory()
    venue = await chargedVenue(data)
    return () => venue.close()
  })

  test('is gone back to, as often as one likes, as if the venue had never gone further', async () => {
    const { accounts } = venue
    const before = venue.truth()
    expect(venue.snapshot('charged')).toEqual({ name: 'charged', at: kitStart + 3 * dayMs, journalLength: before.journalLength })
    for (let time = 0; time < 3; time++) {
      deposit(venue, '5')
      venue.clock.advanceBy(40 * dayMs)
      expect(venue.truth().digest).not.toBe(before.digest)
      venue.restore('charged')
      expect(venue.truth()).toEqual(before)
      expect([...venue.engine.journal()]).toHaveLength(before.journalLength)
      expect(venue.clock.now()).toBe(kitStart + 3 * dayMs)
      expect(venue.accounts).toEqual(accounts)
      expect(askBinance(venue, '/papi/v1/balance').text).not.toContain('5.0')
    }
    // And the future from there is the one there would have been.
    const fork = await venue.fork()
    for (const each of [venue, fork]) each.clock.advanceBy(10 * dayMs)
    expect(venue.truth().digest).toBe(fork.truth().digest)
    await fork.close()
  })

  test('stays when an older one is restored, and through a reset', async () => {
    venue.snapshot('first')
    const first = venue.truth()
    deposit(venue, '5')
    venue.snapshot('second')
    const second = venue.truth()
    venue.restore('first')
    expect(venue.truth()).toEqual(first)
    expect((await askAdmin(venue, 'POST', '/reset', { to: 'empty' })).status).toBe(200)
    venue.restore('second')
    expect(venue.truth()).toEqual(second)
    expect(venue.snapshots().map(({ name }) => name)).toEqual(['first', 'second'])
  })

  test('that is dropped is gone, and its name is free again', () => {
    venue.snapshot('once')
    expect(() => venue.snapshot('once')).toThrow(failing('venue.snapshot-taken'))
    venue.dropSnapshot('once')
    expect(venue.snapshots()).toEqual([])
    expect(() => venue.restore('once')).toThrow(failing('venue.snapshot-unknown'))
    expect(() => venue.dropSnapshot('once')).toThrow(failing('venue.snapshot-unknown'))
    venue.snapshot('once')
  })

  test.each(['', '.', '..', '../away', 'a/b', '.new', 'a b', 'ä', 'x'.repeat(65)])('cannot be called "%s"', (name) => {
    expect(() => venue.snapshot(name)).toThrow(failing('venue.snapshot-name'))
    expect(venue.snapshots()).toEqual([])
  })

  test('that is not there changes nothing when it is asked for', () => {
    const before = venue.truth()
    expect(() => venue.restore('nothing')).toThrow(failing('venue.snapshot-unknown'))
    expect(venue.truth()).toEqual(before)
    deposit(venue, '5')
  })

  test('is taken, listed, restored and dropped over the admin face', async () => {
    const taken = await askAdmin(venue, 'POST', '/snapshots', { name: 'charged' })
    expect(taken).toMatchObject({ status: 200, json: { name: 'charged', at: kitStart + 3 * dayMs } })
    expect((await askAdmin(venue, 'POST', '/snapshots', { name: 'charged' })).status).toBe(409)
    expect((await askAdmin(venue, 'POST', '/snapshots', { name: '../x' })).json['code']).toBe('venue.snapshot-name')
    deposit(venue, '5')
    const restored = await askAdmin(venue, 'POST', '/snapshots/charged/restore')
    expect(restored.json).toEqual({ now: kitStart + 3 * dayMs, journalLength: taken.json['journalLength'] })
    expect((await askAdmin(venue, 'GET', '/snapshots')).json['snapshots']).toEqual([taken.json])
    expect((await askAdmin(venue, 'DELETE', '/snapshots/charged')).status).toBe(200)
    expect((await askAdmin(venue, 'POST', '/snapshots/charged/restore')).status).toBe(404)
  })
})

describe('a snapshot in a directory', () => {
  test('outlives the venue, as does what it was restored to', async () => {
    const data = newDirectory()
    const first = await chargedVenue(data)
    const before = first.truth()
    first.snapshot('charged')
    deposit(first, '5')
    await first.close()

    const second = (await venueKit({ data })).venue
    second.restore('charged')
    await second.close()

    const third = (await venueKit({ data })).venue
    expect(third.truth()).toEqual(before)
    await third.close()
  })

  test('whose charges or checkpoint were spoilt is restored from its journal', async () => {
    const data = newDirectory()
    const venue = await chargedVenue(data)
    const before = venue.truth()
    venue.snapshot('charged')
    deposit(venue, '5')
    rmSync(join(data, 'snapshots', 'charged', 'charges'), { recursive: true })
    venue.restore('charged')
    expect(venue.truth()).toEqual(before)
    writeFileSync(join(data, 'snapshots', 'charged', 'checkpoint'), 'nonsense')
    deposit(venue, '5')
    venue.restore('charged')
    expect(venue.truth()).toEqual(before)
    await venue.close()
  })

  test('whose journal was spoilt is refused, and the venue stays as it is', async () => {
    const data = newDirectory()
    const venue = await chargedVenue(data)
    venue.snapshot('charged')
    deposit(venue, '5')
    const before = venue.truth()
    writeFileSync(join(data, 'snapshots', 'charged', 'venue.db'), 'this is no database '.repeat(1_000))
    expect(() => venue.restore('charged')).toThrow(failing('storage.damaged'))
    expect(venue.truth()).toEqual(before)
    deposit(venue, '5')
    await venue.close()
  })

  test('that was not finished when the venue was killed is none', async () => {
    const data = newDirectory()
    const venue = await chargedVenue(data)
    venue.snapshot('whole')
    await venue.close()
    rmSync(join(data, 'snapshots', '.new'), { recursive: true, force: true })
    writeFileSync(join(data, 'snapshots', '.new'), 'half')
    const again = (await venueKit({ data })).venue
    expect(again.snapshots().map(({ name }) => name)).toEqual(['whole'])
    again.snapshot('next')
    expect(again.snapshots()).toHaveLength(2)
    await again.close()
  })
})

describe('a venue in a directory that was closed', () => {
  test.each<[string, (data: string) => void]>([
    ['with its checkpoint', () => undefined],
    ['without it', (data) => eachCheckpoint(data, (path) => rmSync(path))],
    ['with a spoilt one', (data) => eachCheckpoint(data, (path) => writeFileSync(path, spoilt(readFileSync(path))))],
    ['with one cut short', (data) => eachCheckpoint(data, (path) => writeFileSync(path, readFileSync(path).subarray(0, 500)))],
    ['without its charges', (data) => rmSync(join(data, 'venue-1.charges'), { recursive: true })],
  ])('goes on as it was %s', async (_, spoil) => {
    const data = newDirectory()
    const first = await chargedVenue(data)
    const before = first.truth()
    await first.close()
    let checkpoints = 0
    eachCheckpoint(data, () => {
      checkpoints += 1
    })
    expect(checkpoints).toBe(1)
    spoil(data)
    const second = (await venueKit({ data })).venue
    expect(second.truth()).toEqual(before)
    second.clock.advanceBy(2 * dayMs)
    expect(second.engine.binanceCharges({ account: 'main' })).toHaveLength(5)
    await second.close()
  })
})

describe('a fork', () => {
  test.each(['memory', 'a directory'])('of a venue in %s is played on without touching it, and leaves nothing behind', async (kept) => {
    const data = kept === 'memory' ? undefined : newDirectory()
    const venue = await chargedVenue(data)
    const before = venue.truth()
    const fork = await venue.fork()
    expect(fork.truth()).toEqual(before)
    expect(fork.accounts).toEqual(venue.accounts)
    expect(fork.adminToken).not.toBe(venue.adminToken)
    deposit(fork, '5')
    expect(askBinance(fork, '/papi/v1/balance', { key: keyAt(venue, 'binance') }).text).toContain('"crossMarginFree":"5.0"')
    fork.snapshot('played')
    fork.clock.advanceBy(30 * dayMs)
    expect(fork.engine.binanceCharges({ account: 'main' })).toHaveLength(33)
    const grandchild = await fork.fork()
    fork.restore('played')
    await fork.close()
    grandchild.clock.advanceBy(dayMs)
    expect(grandchild.engine.binanceCharges({ account: 'main' })).toHaveLength(34)
    await grandchild.close()
    expect(venue.truth()).toEqual(before)
    if (data !== undefined) expect(existsSync(join(data, 'forks')) ? readdirSync(join(data, 'forks')) : []).toEqual([])
    await venue.close()
  })

  test('of a running venue stands still where that was, and goes on when its origin is closed', async () => {
    const real = new ManualClock(kitStart)
    const venue = await createVenue({ clock: real, scenario: 'empty', mode: { kind: 'speed', at: kitStart, factor: 60 } })
    const fork = await venue.fork()
    await real.advanceBy(dayMs)
    expect(fork.clock.now()).toBe(kitStart)
    expect(venue.clock.now()).toBe(kitStart + 60 * dayMs)
    await venue.close()
    deposit(fork, '5')
    await fork.close()
    await expect(venue.fork()).rejects.toThrow(failing('venue.closed'))
  })
})

function eachCheckpoint(data: string, work: (path: string) => void): void {
  for (const name of readdirSync(data)) if (name.includes('.checkpoint-')) work(join(data, name))
}

function spoilt(bytes: Buffer): Buffer {
  const last = bytes.length - 1
  bytes[last] = (bytes[last] ?? 0) ^ 1
  return bytes
}
