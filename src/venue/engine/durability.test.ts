import { describe, expect, it } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { overdraftError } from '../../errors/overdraft-error.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'
import type { Journal } from './journal.ts'
import { memoryJournal } from './memory-journal.ts'

const startsAt = parseInstant('2025-06-01T12:00:00Z')

/** A journal whose disk can be full. */
function fillingJournal(): { journal: Journal; full: (isFull: boolean) => void } {
  const inner = memoryJournal()
  let isFull = false
  const append: Journal['append'] = (entries) => {
    if (isFull) throw overdraftError('storage.full', { path: 'journal.db' })
    inner.append(entries)
  }
  return {
    journal: { ...inner, append },
    full: (value) => {
      isFull = value
    },
  }
}

const open: Command = { kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 }
const rate: Command = { kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.001') }
const loss: Command = { kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('-100'), reason: 'fee' }
const deposit: Command = { kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('7') }

describe('an engine whose disk is full', () => {
  it('does not apply what it could not write, and goes on when there is space again', () => {
    const { journal, full } = fillingJournal()
    const engine = createEngine({ startsAt, journal })
    for (const command of [open, rate, loss]) engine.apply(command)
    const before = engine.digest()
    full(true)
    expect(() => engine.apply(deposit)).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect(() => engine.applyAll([{ command: deposit, at: startsAt + 2 * dayMs }])).toThrow(
      expect.objectContaining({ code: 'storage.full' }),
    )
    expect(() => engine.advanceTo(startsAt + 3 * dayMs)).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect(engine.now).toBe(startsAt)
    expect(engine.digest()).toBe(before)
    expect(engine.binanceCharges({ account: 'main' })).toEqual([])
    full(false)
    engine.apply(deposit, { at: startsAt + dayMs })
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(1)
    expect(createEngine({ startsAt, journal }).digest()).toBe(engine.digest())
  })
})

describe('the journal', () => {
  it('gets one entry for a move of the clock however many boundaries it crosses, and none when nothing was due', () => {
    const engine = createEngine({ startsAt })
    for (const command of [open, rate]) engine.apply(command)
    engine.advanceTo(startsAt + 10 * dayMs)
    expect([...engine.journal()]).toHaveLength(2)
    engine.apply(loss)
    engine.advanceTo(startsAt + 110 * dayMs)
    expect(engine.binanceCharges({ account: 'main' })).toHaveLength(100)
    expect([...engine.journal()].map(({ command }) => command.kind)).toEqual(['open-account', 'set-rate', 'book', 'clock-move'])
  })

  it('answers a repeated id with the first entry, also after a restart', () => {
    const journal = memoryJournal()
    const engine = createEngine({ startsAt, journal })
    engine.apply(open)
    const first = engine.apply(deposit, { id: 'once' })
    expect(engine.apply(deposit, { id: 'once', at: startsAt + hourMs })).toBe(first)
    engine.applyAll([{ command: deposit, at: startsAt, id: 'once' }])
    const again = createEngine({ startsAt, journal })
    expect(again.apply(deposit, { id: 'once' })).toEqual(first)
    expect(again.binanceBalances('main')[0]!.crossFree).toEqual(decimal('7.00000000'))
  })

  it('refuses another command under an id that was used', () => {
    const engine = createEngine({ startsAt })
    engine.apply(open)
    engine.apply(deposit, { id: 'once' })
    const digest = engine.digest()
    const taken = expect.objectContaining({ code: 'venue.id-taken', message: expect.stringContaining('"once" was used before') })
    expect(() => engine.apply({ ...deposit, asset: 'BTC' }, { id: 'once', at: startsAt + hourMs })).toThrow(taken)
    expect(() => engine.applyAll([{ command: loss, at: startsAt, id: 'once' }])).toThrow(taken)
    expect(engine.digest()).toBe(digest)
  })

  it('is left as it was by a batch of which one command is refused', () => {
    const engine = createEngine({ startsAt })
    engine.apply(open)
    const before = engine.digest()
    const refused: Command = { ...deposit, account: 'nobody' }
    expect(() =>
      engine.applyAll([
        { command: deposit, at: startsAt + dayMs, id: 'a' },
        { command: refused, at: startsAt + dayMs },
      ]),
    ).toThrow(expect.objectContaining({ code: 'venue.account-unknown' }))
    expect(engine.digest()).toBe(before)
    expect(engine.now).toBe(startsAt)
    expect([...engine.journal()]).toHaveLength(1)
    engine.apply(deposit, { id: 'a' })
    expect(engine.binanceBalances('main')).toHaveLength(1)
  })

  it('keeps the start and the behaviour it was begun with', () => {
    const journal = memoryJournal()
    createEngine({ startsAt, journal, behaviour: { okxRecordDelayMs: 60_000 } })
    expect(createEngine({ startsAt: 5, journal }).now).toBe(startsAt)
    expect(() => createEngine({ startsAt, journal, behaviour: { okxRecordDelayMs: 1 } })).toThrow(
      expect.objectContaining({ code: 'venue.behaviour-differs', message: expect.stringContaining('okxRecordDelayMs = 60000') }),
    )
  })

  it('takes an option that is there without a value for one that was left out, before and after a restart', () => {
    const journal = memoryJournal()
    const options = { startsAt, journal, behaviour: { okxRecordDelayMs: undefined } as never }
    const rowsShown = (engine: Engine) => engine.okxCharges({ account: 'okx', visibleAt: startsAt + dayMs }).length
    const engine = createEngine(options)
    engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
    engine.apply({ kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.001') })
    engine.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'BTC', amount: decimal('-1'), reason: 'fee' })
    engine.advanceTo(startsAt + dayMs)
    expect(rowsShown(engine)).toBeGreaterThan(20)
    expect(rowsShown(createEngine(options))).toBe(rowsShown(engine))
  })

  it('that does not fit together is refused with the entry named', () => {
    const gap = memoryJournal([{ sequence: 2, at: startsAt, command: open }])
    expect(() => createEngine({ startsAt, journal: gap })).toThrow(expect.objectContaining({ code: 'venue.journal-inconsistent' }))
    const stranger = memoryJournal([{ sequence: 1, at: startsAt, command: deposit }])
    expect(() => createEngine({ startsAt, journal: stranger })).toThrow(
      expect.objectContaining({ code: 'venue.journal-inconsistent', message: expect.stringContaining('entry 1') }),
    )
  })
})
