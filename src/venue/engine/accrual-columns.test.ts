import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { decimal, decimalOf } from '../../decimal/decimal.ts'
import { isOverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { defaultBehaviour } from './behaviour.ts'
import { Books } from './books.ts'
import { type ChargeStores, diskChargeStores, memoryChargeStores } from './charge-stores.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'
import { newMemory } from './memory.ts'
import { OkxAccrual } from './okx-accrual.ts'
import { prepare } from './prepare.ts'
import { State } from './state.ts'

const root = mkdtempSync(join(tmpdir(), 'overdraft-columns-'))
afterAll(() => rmSync(root, { recursive: true }))
let folders = 0

const startsAt = parseInstant('2025-08-01T10:00:00Z')
const account = fc.constantFrom('first', 'second')
const asset = fc.constantFrom('USDT', 'USDC', 'BTC')
const size = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 14n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 10n ** 18n, max: 10n ** 28n }) },
)
const positive = size.map((mantissa) => decimalOf(mantissa, 8))
const signed = fc.tuple(size, fc.boolean()).map(([mantissa, up]) => decimalOf(up ? mantissa : -mantissa, 8))
const rateDaily = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 6n }), fc.integer({ min: 6, max: 13 }))
  .map(([mantissa, scale]) => decimalOf(mantissa, scale))
const of = { account, asset, amount: positive }

/** Whatever changes what is owed on OKX, or what it costs. */
const okxCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('book' as const),
    account,
    asset,
    amount: signed,
    wallet: fc.constant('cash' as const),
    reason: fc.constant('fee' as const),
  }),
  fc.record({
    kind: fc.constant('set-unrealised' as const),
    account,
    asset,
    amount: signed,
    wallet: fc.constant('cash-unrealised' as const),
  }),
  fc.record({ kind: fc.constantFrom('borrow-isolated' as const, 'repay-isolated' as const), ...of, instId: fc.constantFrom('A-B', 'C-D') }),
  fc.record({ kind: fc.constant('borrow-vip' as const), ...of, order: fc.constantFrom('1', '2'), rateDaily }),
  fc.record({ kind: fc.constant('repay-vip' as const), ...of, order: fc.constantFrom('1', '2') }),
  fc.record({ kind: fc.constantFrom('borrow-spot' as const, 'repay-spot' as const), ...of }),
  fc.record({ kind: fc.constant('set-auto-borrow' as const), account, on: fc.boolean() }),
  fc.record({ kind: fc.constant('set-free-quota' as const), asset, amount: positive }),
  fc.record({ kind: fc.constant('set-vip' as const), account, vip: fc.nat(2) }),
  fc.record({ kind: fc.constant('set-rate' as const), exchange: fc.constant('okx' as const), asset, rateDaily }),
)

/** An exchange on which nothing happens but the hourly charge. */
function okxAlone(oneByOne: boolean) {
  const state = new State(newMemory(startsAt), defaultBehaviour)
  const { okx } = memoryChargeStores()
  const accrual = new OkxAccrual(state, okx, () => undefined, oneByOne)
  const books = new Books(
    state,
    () => undefined,
    ({ holding }) => accrual.touch(holding),
  )
  const apply = (command: Command): void => {
    accrual.settle()
    const effect = prepare(state, command)
    if (effect.kind === 'post') books.post(effect.legs, state.now, effect.cause)
    effect.change?.()
    if (effect.kind === 'post' && effect.afterwards !== undefined) books.post(effect.afterwards.legs, state.now, effect.afterwards.cause)
    if (effect.kind === 'market') accrual.marketMoved(effect.moves)
    if (effect.kind === 'change') for (const holding of effect.account?.holdings.values() ?? []) accrual.touch(holding)
  }
  const advance = (hours: number): void => {
    for (let hour = 0; hour < hours; hour++) {
      state.now += hourMs
      accrual.fire(state.now)
    }
  }
  const everything = () => {
    accrual.settle()
    const balances = state.holdings.okx.map(({ id, balances, updatedAt }) => [id, Object.values(balances).join(' '), updatedAt])
    const charges = Buffer.concat([...okx.contents()].map((part) => Buffer.from(part))).toString('hex')
    return { balances, charges, house: [...state.house].sort() }
  }
  for (const label of ['first', 'second']) apply({ kind: 'open-account', account: label, exchange: 'okx', vip: 0 })
  for (const each of ['USDT', 'BTC']) apply({ kind: 'set-rate', exchange: 'okx', asset: each, rateDaily: decimal('0.000098') })
  return { apply, advance, everything }
}

describe('OKX debts in columns', () => {
  it('are charged as the plain rule has it, digit for digit, whatever is done to them between the hours', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(okxCommand, fc.nat(4)), { maxLength: 40 }), (history) => {
        const both = [okxAlone(false), okxAlone(true)] as const
        for (const [command, hours] of history) {
          const refused = both.map(({ apply }) => refusal(() => apply(command)))
          expect(refused[0]).toBe(refused[1])
          for (const { advance } of both) advance(hours)
        }
        for (const { advance } of both) advance(3)
        expect(both[0].everything()).toEqual(both[1].everything())
      }),
      { numRuns: 300 },
    )
  })
})

function refusal(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    return error.code
  }
}

describe('a clock that runs in pieces', () => {
  it('leads where one jump leads, whatever is asked or commanded on the way', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(400), fc.nat(3), (startsAtAny, given, pieces, interruption) => {
        const [jumping, running] = [createEngine({ startsAt: startsAtAny }), createEngine({ startsAt: startsAtAny })]
        for (const engine of [jumping, running]) {
          settle(engine)
          carryOut(engine, given)
        }
        const end = jumping.now + 4 * dayMs
        jumping.advanceTo(end)
        let seen = running.now
        for (const [piece] of [...take(running.advancing(end), pieces)].entries()) {
          expect(running.now).toBeGreaterThanOrEqual(seen)
          seen = running.now
          if (piece % 7 === 0) for (const charge of running.loanCharges({ account: 'first' })) expect(charge.at).toBeLessThanOrEqual(end)
        }
        if (interruption === 0) running.binanceBalances('first')
        if (interruption === 1) running.checkpoint()
        if (interruption === 2) running.advanceTo(end)
        if (interruption < 3) expect(running.now).toBe(end)
        for (const engine of [jumping, running]) engine.apply({ kind: 'set-price', asset: 'USDT', price: decimal('1') })
        expect(running.now).toBe(end)
        expect(running.digest()).toBe(jumping.digest())
      }),
      { numRuns: 40 },
    )
  })

  it('takes what is asked for at the instant it tells, although the way goes on, and then stands at its end', () => {
    const begun = () => {
      const engine = createEngine({ startsAt })
      settle(engine)
      engine.apply({ kind: 'borrow-isolated', account: 'third', asset: 'BTC', instId: 'BTC-USDT', amount: decimal('1') })
      const end = engine.now + 30 * dayMs
      engine.advancing(end).next()
      expect(engine.now).toBeLessThan(end)
      return { engine, end, told: engine.now }
    }
    const price: Command = { kind: 'set-price', asset: 'BTC', price: decimal('2') }
    const ways: ((engine: Engine, told: number) => unknown)[] = [
      (engine, told) => engine.advanceTo(told + 1),
      (engine, told) => [...engine.advancing(told + 1)],
      (engine, told) => engine.apply(price, { at: told }),
      (engine, told) => engine.applyAll([{ command: price, at: told }]),
    ]
    for (const go of ways) {
      const { engine, end, told } = begun()
      go(engine, told)
      expect(engine.now).toBe(end)
      expect(() => go(begun().engine, told - 2)).toThrow('cannot be moved back')
    }
  })

  it('keeps the same charges on disk as in memory', () => {
    fc.assert(
      fc.property(starts, steps, (startsAtAny, given) => {
        const folder = join(root, String(++folders))
        const onDisk = createEngine({
          startsAt: startsAtAny,
          charges: placeOf(diskChargeStores(folder, { segmentBytes: 4_000, pagesMax: 8 })),
        })
        const inMemory = createEngine({ startsAt: startsAtAny })
        for (const engine of [onDisk, inMemory]) {
          settle(engine)
          carryOut(engine, given)
          engine.advanceTo(engine.now + 3 * dayMs)
        }
        expect(onDisk.digest()).toBe(inMemory.digest())
        for (const label of ['first', 'second']) {
          expect(onDisk.loanCharges({ account: label })).toEqual(inMemory.loanCharges({ account: label }))
          expect(onDisk.binanceCharges({ account: label })).toEqual(inMemory.binanceCharges({ account: label }))
        }
        expect(onDisk.okxCharges({ account: 'third' })).toEqual(inMemory.okxCharges({ account: 'third' }))
        onDisk.close()
      }),
      { numRuns: 25 },
    )
  })

  it('stops where the disk is full, and is made anew from the journal once there is room', () => {
    let isFull = false
    const stores = memoryChargeStores()
    const failing: ChargeStores = {
      ...stores,
      marginLoan: stores.marginLoan,
      negativeBalance: stores.negativeBalance,
      okx: {
        size: 0,
        rows: (debtors, from, to) => stores.okx.rows(debtors, from, to),
        contents: () => stores.okx.contents(),
        append: (batch) => {
          if (isFull) throw overdraftError('storage.full', { path: 'charges' })
          stores.okx.append(batch)
        },
      },
      mark: () => stores.mark(),
      fork: () => stores.fork(),
      sync: () => undefined,
      close: () => undefined,
    }
    let opened = 0
    const charges = { ...placeOf(failing), open: () => (opened++ === 0 ? failing : memoryChargeStores()) }
    const engine = createEngine({ startsAt, charges })
    const reference = createEngine({ startsAt })
    for (const each of [engine, reference]) {
      each.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
      each.apply({ kind: 'set-rate', exchange: 'okx', asset: 'USDT', rateDaily: decimal('0.0001') })
      each.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: decimal('-97'), reason: 'fee' })
      each.advanceTo(startsAt + 5 * hourMs)
    }
    isFull = true
    expect(() => engine.advanceTo(startsAt + 9 * hourMs)).toThrow(expect.objectContaining({ code: 'storage.full' }))
    reference.advanceTo(startsAt + 9 * hourMs)
    expect(engine.okxCharges({ account: 'okx' })).toEqual(reference.okxCharges({ account: 'okx' }))
    expect(engine.digest()).toBe(reference.digest())
  })
})

function* take<Value>(values: Iterator<Value>, count: number): Generator<Value> {
  for (let taken = 0; taken < count; taken++) {
    const next = values.next()
    if (next.done === true) return
    yield next.value
  }
}

function placeOf(stores: ChargeStores) {
  return { open: () => stores, copy: () => expect.unreachable('nothing is copied here'), close: () => undefined }
}
