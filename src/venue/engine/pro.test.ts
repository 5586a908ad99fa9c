import { describe, expect, test } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { parseInstant } from '../../time/instant.ts'
import type { Command, Product } from './command.ts'
import { createEngine } from './engine.ts'
import { commandText, parseCommand } from './entry-text.ts'

const startsAt = parseInstant('2026-06-01T12:00:00Z')
const main = { account: 'main' }
const usdt = (amount: string) => ({ ...main, asset: 'USDT', amount: decimal(amount) })

function opened(product?: Product) {
  const engine = createEngine({ startsAt })
  engine.apply({ kind: 'open-account', ...main, exchange: 'binance', vip: 0, ...(product === undefined ? {} : { product }) })
  return engine
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    return error.code
  }
}

describe('rule: product', () => {
  test('an account is Portfolio Margin unless it says otherwise, as in journals that do not know products', () => {
    const [state] = opened().accounts()
    expect(state?.product).toBe('pm')
    expect(opened('pm-span').accounts()[0]?.product).toBe('pm-span')
    const old = parseCommand('{"kind":"open-account","account":"old","exchange":"binance","vip":0}') as Command
    const engine = opened()
    engine.apply(old)
    expect(engine.accountState('old').product).toBe('pm')
  })

  test('OKX has none, and no other is known', () => {
    const engine = opened()
    const open = (exchange: 'binance' | 'okx', product: string) => () =>
      engine.apply({ kind: 'open-account', account: 'other', exchange, vip: 0, product: product as Product })
    expect(codeOf(open('okx', 'pm'))).toBe('venue.product-unknown')
    expect(codeOf(open('binance', 'pm-max'))).toBe('venue.product-unknown')
    expect(engine.accounts()).toHaveLength(1)
    engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
    expect(engine.accountState('okx')).not.toHaveProperty('product')
  })
})

describe('rule: bankruptcy-loan', () => {
  test('covers UM, is owed outside the margin account, and is repaid as a whole', () => {
    const engine = opened('pm-pro')
    engine.apply({ kind: 'book', ...usdt('-100'), wallet: 'um', reason: 'profit-or-loss' })
    engine.apply({ kind: 'lend-bankruptcy', ...usdt('100') })
    const row = () => engine.binanceBalances('main')[0]!
    expect(row()).toMatchObject({ um: decimal('0.00000000'), totalWallet: decimal('0.00000000'), bankruptcy: decimal('100.00000000') })
    engine.apply({ kind: 'deposit', ...usdt('99.99999999'), wallet: 'spot' })
    expect(codeOf(() => engine.apply({ kind: 'repay-bankruptcy', ...main, from: 'spot' }))).toBe('venue.bankruptcy-uncovered')
    engine.apply({ kind: 'deposit', ...usdt('0.00000001'), wallet: 'spot' })
    engine.apply({ kind: 'repay-bankruptcy', ...main, from: 'spot' })
    expect(row()).toMatchObject({ spot: decimal('0.00000000'), bankruptcy: decimal('0.00000000') })
    expect(codeOf(() => engine.apply({ kind: 'repay-bankruptcy', ...main }))).toBe('venue.bankruptcy-none')
  })

  test('the commands are the same again once they were in a journal', () => {
    const commands: readonly Command[] = [
      { kind: 'open-account', ...main, exchange: 'binance', vip: 0, product: 'pm-pro' },
      { kind: 'deposit', ...usdt('5'), wallet: 'spot' },
      { kind: 'repay-futures', ...main, from: 'spot' },
      { kind: 'lend-bankruptcy', ...usdt('5') },
      { kind: 'repay-bankruptcy', ...main },
      { kind: 'set-delta-mode', ...main, on: true },
    ]
    for (const command of commands) expect(parseCommand(commandText(command))).toEqual(command)
  })
})

describe('rule: spot-wallet', () => {
  test('is of Binance alone', () => {
    const engine = opened()
    engine.apply({ kind: 'open-account', account: 'okx', exchange: 'okx', vip: 0 })
    const deposit = () => engine.apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('1'), wallet: 'spot' })
    expect(codeOf(deposit)).toBe('venue.wrong-exchange')
  })

  test('counts neither for the negative balance nor for its interest', () => {
    const engine = opened()
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.001') })
    engine.apply({ kind: 'deposit', ...usdt('1000'), wallet: 'spot' })
    engine.apply({ kind: 'set-thresholds', asset: 'USDT', free: decimal('0'), maximum: decimal('1000000') })
    engine.apply({ kind: 'book', ...usdt('-100'), wallet: 'um', reason: 'profit-or-loss' })
    engine.advanceTo(parseInstant('2026-06-02T00:00:00Z'))
    expect(engine.binanceCharges(main)[0]).toMatchObject({ principal: decimal('100.00000000') })
  })
})
