import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askAdmin, askBinance, keyAt, kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { decimal } from '../decimal/decimal.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue, parseScenario, type VenueOptions } from './index.ts'

const newDirectory = () => join(mkdtempSync(join(tmpdir(), 'overdraft-venue-')), 'data')

async function codeOf(options: VenueOptions): Promise<string | undefined> {
  try {
    const venue = await createVenue({ scenario: 'empty', ...options })
    await venue.close()
  } catch (error) {
    return isOverdraftError(error) ? error.code : String(error)
  }
  return undefined
}

describe('a venue in a directory', () => {
  test('goes on where it was, with its keys, its clock and every record, and not with another scenario', async () => {
    const data = newDirectory()
    const first = await venueKit({ data })
    first.venue.clock.freeze()
    loseOnBinance(first.venue, 'BTC', '0.3')
    first.venue.clock.advanceBy(3 * dayMs)
    const { accounts } = first.venue
    const truth = first.venue.truth()
    await first.venue.close()

    const second = await venueKit({ data, scenario: 'default', mode: { kind: 'real' } })
    expect([first.venue.isResumed, second.venue.isResumed]).toEqual([false, true])
    expect(second.venue.accounts).toEqual(accounts)
    expect(second.venue.truth()).toEqual(truth)
    expect(second.venue.clock.now()).toBe(kitStart + 3 * dayMs)
    for (const index of [0, 1, 2]) {
      expect(askBinance(second.venue, '/papi/v1/balance', { key: keyAt(second.venue, 'binance', index) }).status).toBe(200)
    }
    await second.venue.close()
  })

  test('a running clock has run on meanwhile, and fires what it crossed', async () => {
    const data = newDirectory()
    const first = await venueKit({ data })
    loseOnBinance(first.venue, 'BTC', '0.3')
    first.venue.clock.run({ factor: 24 })
    await first.venue.close()
    const second = await createVenue({ data, clock: new ManualClock(kitStart + hourMs) })
    expect(second.clock.now()).toBe(kitStart + dayMs)
    second.advance()
    expect(second.engine.binanceCharges({ account: 'main' })).toHaveLength(1)
    await second.close()
  })

  test('is its owner’s alone, for the secrets in it', async () => {
    const data = newDirectory()
    const { venue } = await venueKit({ data })
    const secret = keyAt(venue, 'binance').secret
    expect(statSync(data).mode & 0o777).toBe(0o700)
    venue.snapshot('kept')
    venue.engine.advanceTo(kitStart + dayMs)
    await venue.close()
    let holding = 0
    for (const entry of readdirSync(data, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isDirectory()) expect([path, statSync(path).mode & 0o777]).toEqual([path, 0o700])
      else if (readFileSync(path).includes(secret)) {
        holding += 1
        expect([path, statSync(path).mode & 0o777]).toEqual([path, 0o600])
      }
    }
    // The journal, the checkpoint, and both of the snapshot.
    expect(holding).toBeGreaterThanOrEqual(4)
  })

  test('is refused to a second venue, until the first is closed', async () => {
    const data = newDirectory()
    const { venue } = await venueKit({ data })
    expect(await codeOf({ data })).toBe('storage.locked')
    await venue.close()
    expect(await codeOf({ data })).toBeUndefined()
  })

  test('that is a file, or whose journal is no journal, is named and left as it is', async () => {
    const data = newDirectory()
    writeFileSync(data, 'a file')
    expect(await codeOf({ data })).toBe('storage.unwritable')
    expect(readFileSync(data, 'utf8')).toBe('a file')

    const damaged = newDirectory()
    const { venue } = await venueKit({ data: damaged })
    await venue.close()
    const path = join(damaged, 'venue-1.db')
    writeFileSync(path, 'this is not a database '.repeat(1_000))
    expect(await codeOf({ data: damaged })).toBe('storage.damaged')
    expect(readFileSync(path, 'utf8')).toContain('this is not a database')
  })

  test('whose journal is not the one it names is left as it is, with every journal there is', async () => {
    const data = newDirectory()
    const { venue } = await venueKit({ data })
    await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })
    await venue.close()
    const current = join(data, 'current')
    const journal = join(data, 'venue-2.db')
    const kept = readFileSync(journal)
    const refused = async (problem: RegExp) => {
      await expect(createVenue({ data, scenario: 'empty' })).rejects.toThrow(
        expect.objectContaining({ code: 'storage.damaged', message: expect.stringMatching(problem) }),
      )
      expect(readdirSync(data)).toContain('venue-2.db')
    }

    rmSync(current)
    await refused(/it is missing, and there is no venue-1\.db/)
    writeFileSync(current, 'venue-3.db\n')
    await refused(/it names venue-3\.db, which is missing/)
    writeFileSync(current, 'nonsense')
    await refused(/it names no journal/)
    writeFileSync(current, 'venue-2.db\n')
    for (const end of ['-wal', '-shm']) rmSync(journal + end, { force: true })
    writeFileSync(journal, '')
    await refused(/venue-2\.db" is damaged .*it is empty/)
    writeFileSync(journal, kept)
    expect(await codeOf({ data })).toBeUndefined()
  })

  test('that its user may not write to is named', async () => {
    if (process.getuid?.() === 0) return expect(codeOf({ data: '/proc/overdraft/data' })).resolves.toBe('storage.unwritable')
    const parent = mkdtempSync(join(tmpdir(), 'overdraft-venue-'))
    execFileSync('chmod', ['500', parent])
    expect(await codeOf({ data: join(parent, 'data') })).toBe('storage.unwritable')
  })
})

describe('a reset', () => {
  test.each(['memory', 'directory'])('begins again from the scenario, kept in %s', async (kept) => {
    const data = newDirectory()
    const options = kept === 'memory' ? {} : { data }
    const { venue, real } = await venueKit(options)
    const begun = venue.truth()
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('5') })
    venue.clock.advanceBy(dayMs)
    expect(askBinance(venue, '/papi/v1/balance').text).toContain('5.0')
    expect((await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })).status).toBe(200)
    expect(venue.truth()).toEqual(begun)
    expect(venue.clock.now()).toBe(real.now())
    expect(askBinance(venue, '/papi/v1/balance').text).toBe('[]')
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('6') })
    await venue.close()
    if (kept === 'memory') return
    const again = await venueKit({ data })
    expect(askBinance(again.venue, '/papi/v1/balance').text).toContain('"crossMarginFree":"6.0"')
    await again.venue.close()
  })

  test('that was killed before it was done leaves the old journal in force', async () => {
    const data = newDirectory()
    const { venue } = await venueKit({ data })
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('5') })
    await venue.close()
    writeFileSync(join(data, 'venue-2.db'), 'half of a journal')
    writeFileSync(join(data, 'venue-2.db-wal'), 'and its log')
    const again = await venueKit({ data })
    expect(askBinance(again.venue, '/papi/v1/balance').text).toContain('"crossMarginFree":"5.0"')
    expect(readdirSync(data).filter((name) => name.startsWith('venue-2'))).toEqual([])
    await again.venue.close()
  })
})

test('the default scenario stands at the present instant with two Binance accounts and one of OKX', async () => {
  const real = new ManualClock(kitStart)
  const venue = await createVenue({ clock: real })
  expect(venue.clock.now()).toBe(kitStart)
  expect(venue.accounts.map(({ exchange }) => exchange)).toEqual(['binance', 'binance', 'okx'])
  const frozen = await createVenue({ clock: new ManualClock(0), mode: { kind: 'frozen', at: kitStart } })
  expect(frozen.truth().digest).not.toBe('')
  expect(frozen.truth().accounts).toEqual(venue.truth().accounts)
})

test('a behaviour that does not exist, or a choice it does not have, is named with what there is', async () => {
  await expect(createVenue({ behaviour: { limits: 'none' as never } })).rejects.toThrow(
    expect.objectContaining({ code: 'venue.behaviour-malformed', remedy: 'Choose enforced, counted.' }),
  )
  await expect(createVenue({ behaviour: { speed: 1 } as never })).rejects.toThrow(
    expect.objectContaining({ code: 'venue.behaviour-unknown', message: 'the venue has no behaviour called "speed"' }),
  )
})

describe('a scenario that the engine refuses', () => {
  const refused = parseScenario(
    [
      'name: trial',
      'starts: -10d',
      'accounts: [{ label: main, exchange: binance }]',
      'markets: { prices: { USDT: 1 } }',
      'history:',
      '  - { at: -4d, account: main, kind: deposit, asset: USDT, amount: 100 }',
      '  - { at: -3d, account: main, kind: withdraw, asset: USDT, amount: 100.01 }',
    ].join('\n'),
    'trial.yaml',
  )

  test('is named by file, line and field', async () => {
    await expect(createVenue({ scenario: refused })).rejects.toThrow(
      expect.objectContaining({
        code: 'scenario.refused',
        message: expect.stringMatching(
          /^the scenario "trial\.yaml" cannot be carried out:\n {2}line 7, column \d+, history\[1\]: .*100\.01/,
        ),
      }),
    )
  })

  test('leaves nothing behind in a directory: another scenario, with an earlier beginning, begins there', async () => {
    const data = newDirectory()
    const clock = new ManualClock(kitStart)
    expect(await codeOf({ data, clock, scenario: refused })).toBe('scenario.refused')
    const venue = await createVenue({ data, clock, scenario: 'default' })
    const inMemory = await createVenue({ clock, scenario: 'default' })
    expect(venue.truth()).toEqual(inMemory.truth())
    await venue.close()
  })
})

test('the fetch function of a venue can be handed on alone', async () => {
  const { venue } = await venueKit()
  const { fetch } = venue
  expect((await fetch(new Request('http://venue.test/papi/v1/ping'))).status).toBe(200)
})

test.each([
  ['a clock at no instant', { mode: { kind: 'frozen', at: Number.NaN } }, 'venue.clock-instant'],
  ['a clock before 1970', { mode: { kind: 'frozen', at: -1 } }, 'venue.clock-instant'],
  ['a clock that runs backwards', { mode: { kind: 'speed', at: kitStart, factor: -1 } }, 'venue.clock-factor'],
  ['a clock faster than any', { mode: { kind: 'speed', at: kitStart, factor: 1e9 } }, 'venue.clock-factor'],
  ['a scenario that is not shipped', { scenario: 'defualt' as 'default' }, 'scenario.unreadable'],
] as const)('%s is refused', async (_, options, code) => {
  expect(await codeOf(options)).toBe(code)
})

test('the truth of an account nobody has is an error', async () => {
  const { venue } = await venueKit()
  expect(() => venue.truth('nobody')).toThrow(expect.objectContaining({ code: 'venue.account-unknown' }))
})

test('a web request is answered as a call on a port is', async () => {
  const { venue } = await venueKit()
  const response = await venue.fetch(new Request('http://venue.test/papi/v1/ping'))
  expect([response.status, await response.text(), response.headers.get('server')]).toEqual([200, '{}', 'Tengine'])
  expect((await venue.fetch(new Request('http://venue.test/'))).status).toBe(200)
  expect((await venue.fetch(new Request('http://venue.test/elsewhere'))).status).toBe(404)
  const long = new Request('http://venue.test/papi/v1/ping', { method: 'POST', body: 'x'.repeat(70_000) })
  expect((await venue.fetch(long)).status).toBe(413)
})
