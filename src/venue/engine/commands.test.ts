import { describe, expect, it } from 'vitest'
import { decimal, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import type { Command } from './command.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'

const startsAt = parseInstant('2025-06-01T12:00:00Z')
const hmac = { apiKey: 'key-1', signing: 'hmac', verifier: 'secret', permissions: ['read'] } as const

function opened(): Engine {
  const engine = createEngine({ startsAt })
  engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
  engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
  return engine
}

function balance(engine: Engine, asset = 'USDT') {
  const { crossFree, crossLocked, crossBorrowed, crossInterest, um, cm, totalWallet, negative } = engine
    .binanceBalances('main')
    .find((row) => row.asset === asset)!
  const all = { crossFree, crossLocked, crossBorrowed, crossInterest, um, cm, totalWallet, negative }
  return Object.fromEntries(Object.entries(all).map(([name, amount]) => [name, Number(toText(amount))]))
}

const usdt = (kind: 'deposit' | 'withdraw' | 'lock' | 'unlock' | 'borrow' | 'repay-loan', amount: string): Command => {
  return { kind, account: 'main', asset: 'USDT', amount: decimal(amount) }
}
const loss = (amount: string, wallet: 'um' | 'cm' = 'um', asset = 'USDT'): Command => {
  return { kind: 'book', account: 'main', wallet, asset, amount: decimal(`-${amount}`), reason: 'profit-or-loss' }
}

describe('movements', () => {
  it('lock, unlock, borrow and withdraw what there is', () => {
    const engine = opened()
    for (const command of [usdt('deposit', '100'), usdt('lock', '30'), usdt('unlock', '10'), usdt('borrow', '50'), usdt('withdraw', '5')]) {
      engine.apply(command)
    }
    expect(balance(engine)).toMatchObject({ crossFree: 125, crossLocked: 20, crossBorrowed: 50, totalWallet: 145, negative: 0 })
  })

  describe('rule: negative-balance-tiered', () => {
    it('move the time of the last change, but interest does not', () => {
      const engine = opened()
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.01') })
      engine.apply(loss('1000'), { at: startsAt + 5 })
      engine.advanceTo(startsAt + 3 * dayMs)
      expect(engine.binanceBalances('main')[0]).toMatchObject({ updatedAt: startsAt + 5, crossInterest: decimal('30.00000000') })
    })

    it('cost nothing where cross margin covers the debt of the UM wallet, as the live row in the facts shows', () => {
      const engine = opened()
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.01') })
      engine.apply(usdt('deposit', '144168.84518903'))
      engine.apply(loss('139113.35970527'))
      engine.advanceTo(startsAt + 30 * dayMs)
      expect(engine.binanceCharges({ account: 'main' })).toEqual([])
      expect(balance(engine)).toMatchObject({ totalWallet: 5055.48548376, negative: 0, crossInterest: 0 })
    })
  })
})

describe('rule: wallet-below-zero', () => {
  it.each(['profit-or-loss', 'fee', 'funding'] as const)('a %s is taken from a futures wallet that holds nothing', (reason) => {
    const engine = opened()
    for (const wallet of ['um', 'cm'] as const) {
      engine.apply({ kind: 'book', account: 'main', wallet, asset: 'BTC', amount: decimal('-0.5'), reason })
    }
    expect(balance(engine, 'BTC')).toMatchObject({ um: -0.5, cm: -0.5, crossFree: 0, totalWallet: -1, negative: -1 })
  })

  it('what comes in and goes out passes through cross margin, whatever the futures wallets hold', () => {
    const engine = opened()
    for (const command of [loss('60'), usdt('deposit', '100')]) engine.apply(command)
    expect(balance(engine)).toMatchObject({ um: -60, crossFree: 100, totalWallet: 40 })
    engine.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('500'), reason: 'profit-or-loss' })
    expect(() => engine.apply(usdt('withdraw', '101'))).toThrow(expect.objectContaining({ code: 'venue.insufficient' }))
  })
})

describe('rule: repay-loan', () => {
  it('repays a loan with its interest first, and no more than is owed', () => {
    const engine = opened()
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.01') })
    engine.apply(loss('1000'))
    engine.advanceTo(startsAt + dayMs)
    engine.apply(usdt('borrow', '50'))
    expect(balance(engine)).toMatchObject({ crossInterest: 10.02083334, crossBorrowed: 50 })
    engine.apply(usdt('repay-loan', '12'))
    expect(balance(engine)).toMatchObject({ crossInterest: 0, crossBorrowed: 48.02083334, crossFree: 38 })
    engine.apply(usdt('deposit', '100'))
    engine.apply(usdt('repay-loan', '100'))
    expect(balance(engine)).toMatchObject({ crossInterest: 0, crossBorrowed: 0, crossFree: 89.97916666 })
    expect(() => engine.apply(usdt('repay-loan', '1'))).toThrow(expect.objectContaining({ code: 'venue.nothing-owed' }))
  })
})

describe('rule: repay-futures', () => {
  it('repays a negative futures wallet with the same asset of cross margin, UM before CM, as far as it goes', () => {
    const engine = opened()
    for (const command of [usdt('deposit', '100'), loss('60'), loss('70', 'cm'), loss('5', 'um', 'BTC')]) engine.apply(command)
    engine.apply({ kind: 'repay-futures', account: 'main' })
    expect(balance(engine)).toMatchObject({ crossFree: 0, um: 0, cm: -30 })
    expect(balance(engine, 'BTC')).toMatchObject({ um: -5, crossFree: 0 })
    engine.apply({ kind: 'repay-futures', account: 'main' })
    expect(balance(engine)).toMatchObject({ cm: -30 })
  })

  it('never uses a positive UM wallet for a negative CM wallet', () => {
    const engine = opened()
    const profit: Command = { kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: decimal('50'), reason: 'profit-or-loss' }
    for (const command of [usdt('deposit', '1'), profit, loss('20', 'cm')]) engine.apply(command)
    engine.apply({ kind: 'repay-futures', account: 'main' })
    expect(balance(engine)).toMatchObject({ crossFree: 0, um: 50, cm: -19, totalWallet: 31 })
  })
})

describe('rates', () => {
  describe('rule: rates-by-level', () => {
    it('of a level go before the general one, hold from their instant on, and are not needed to be there', () => {
      const engine = opened()
      engine.apply({ kind: 'open-account', account: 'whale', exchange: 'binance', vip: 9 })
      for (const account of ['main', 'whale']) engine.apply({ ...loss('1000'), account } as Command)
      const at = (days: number) => startsAt + days * dayMs
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.01') }, { at: at(1) })
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', vip: 9, rateDaily: decimal('0.002') }, { at: at(2) })
      engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0') }, { at: at(3) })
      engine.advanceTo(at(4))
      const interests = (account: string) => engine.binanceCharges({ account }).map(({ interest }) => Number(toText(interest)))
      expect(interests('main')).toEqual([10, 10])
      expect(interests('whale')).toEqual([2, 2, 10])
      expect(engine.rateOf('binance', 'USDT', 9)).toEqual(decimal('0.002'))
    })
  })
})

describe('a refused command', () => {
  const refusals: readonly [string, Command][] = [
    ['venue.account-unknown', { ...usdt('deposit', '1'), account: 'nobody' } as Command],
    ['venue.already-there', { kind: 'open-account', account: 'main', exchange: 'okx', vip: 0 }],
    ['venue.name-malformed', { kind: 'open-account', account: 'two words', exchange: 'okx', vip: 0 }],
    ['venue.level-malformed', { kind: 'open-account', account: 'new', exchange: 'okx', vip: -1 }],
    ['venue.level-malformed', { kind: 'set-rate', exchange: 'okx', asset: 'BTC', vip: 100, rateDaily: decimal('0.1') }],
    ['venue.level-malformed', { kind: 'set-thresholds', asset: 'BTC', vip: Number.NaN, free: decimal('0'), maximum: decimal('1') }],
    ['venue.already-there', { kind: 'add-key', account: 'main', key: hmac }],
    ['venue.key-unusable', { kind: 'add-key', account: 'okx', key: { ...hmac, apiKey: 'key-2' } }],
    ['venue.key-unusable', { kind: 'add-key', account: 'okx', key: { ...hmac, apiKey: 'key-2', signing: 'rsa', passphrase: 'p' } }],
    ['venue.key-unknown', { kind: 'remove-key', account: 'main', apiKey: 'key-9' }],
    ['venue.amount-not-positive', usdt('deposit', '0')],
    ['venue.amount-not-positive', usdt('borrow', '-1')],
    ['venue.amount-too-fine', usdt('deposit', '0.000000001')],
    ['venue.amount-too-large', usdt('deposit', '100000000000000000001')],
    ['venue.insufficient', usdt('withdraw', '10.00000001')],
    ['venue.insufficient', usdt('lock', '10.00000001')],
    ['venue.insufficient', usdt('unlock', '1')],
    ['venue.insufficient', { kind: 'withdraw', account: 'okx', asset: 'USDT', amount: decimal('1') }],
    ['venue.nothing-owed', usdt('repay-loan', '1')],
    ['venue.nothing-owed', { kind: 'repay-isolated', account: 'okx', asset: 'BTC', instId: 'BTC-USDT', amount: decimal('1') }],
    ['venue.wrong-exchange', { ...usdt('lock', '1'), account: 'okx' } as Command],
    ['venue.wrong-exchange', { kind: 'repay-futures', account: 'okx' }],
    ['venue.wrong-exchange', { kind: 'book', account: 'main', wallet: 'cash', asset: 'USDT', amount: decimal('1'), reason: 'fee' }],
    ['venue.wrong-exchange', { kind: 'borrow-isolated', account: 'main', asset: 'BTC', instId: 'BTC-USDT', amount: decimal('1') }],
    ['venue.amount-negative', { kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('-0.1') }],
    ['venue.amount-not-positive', { kind: 'set-price', asset: 'BTC', price: decimal('0') }],
    ['venue.amount-too-large', { kind: 'set-collateral-rate', asset: 'BTC', rate: decimal('1.01') }],
    ['venue.command-unknown', { kind: 'give-everything' } as unknown as Command],
  ]

  it.each(refusals)('says %s and changes nothing', (code, command) => {
    const engine = opened()
    engine.apply({ kind: 'add-key', account: 'main', key: hmac })
    engine.apply(usdt('deposit', '10'))
    const before = engine.digest()
    expect(() => engine.apply(command)).toThrow(expect.objectContaining({ code }))
    expect(engine.digest()).toBe(before)
    expect([...engine.journal()]).toHaveLength(4)
  })

  it('is one before the present instant, or at no instant at all', () => {
    const engine = opened()
    expect(() => engine.apply(usdt('deposit', '1'), { at: startsAt - 1 })).toThrow(
      expect.objectContaining({ code: 'time.clock-backwards' }),
    )
    for (const at of [Number.NaN, 1.5, -1, 9e15]) {
      expect(() => engine.apply(usdt('deposit', '1'), { at })).toThrow(expect.objectContaining({ code: 'venue.instant-malformed' }))
    }
  })
})

describe('keys', () => {
  it('lead to their account until they are removed', () => {
    const engine = opened()
    engine.apply({ kind: 'add-key', account: 'main', key: hmac })
    expect(engine.accountOfKey('key-1')).toMatchObject({ account: { account: 'main', exchange: 'binance' }, key: hmac })
    expect(engine.keysOf('main')).toEqual([hmac])
    engine.apply({ kind: 'remove-key', account: 'main', apiKey: 'key-1' })
    expect(engine.accountOfKey('key-1')).toBeUndefined()
    engine.apply({ kind: 'add-key', account: 'okx', key: { ...hmac, passphrase: 'p' } })
    expect(engine.accountOfKey('key-1')).toMatchObject({ account: { account: 'okx' } })
  })
})
