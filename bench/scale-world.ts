import { decimal } from '../src/decimal/decimal.ts'
import type { Command } from '../src/venue/engine/command.ts'
import type { Engine } from '../src/venue/engine/engine-interface.ts'

export const accounts = 10_000
export const assets = ['USDT', 'BTC', 'ETH', 'BNB', 'SOL'] as const
/** Midnight UTC, so that days and charges begin together. */
export const scaleStartsAt = Date.UTC(2025, 5, 1)

/** The first half is Binance, the second OKX. */
export function accountOf(index: number): string {
  return index < accounts / 2 ? `binance-${index}` : `okx-${index}`
}

/** How many debts of an account are charged by the hour and by the day. */
export function debtsOf(index: number): { readonly hourly: number; readonly daily: number } {
  return index < accounts / 2 ? { hourly: 3, daily: 2 } : { hourly: 5, daily: 0 }
}

/** An amount as large as debts are, and with as many decimals. */
export function amountOfDebt(index: number, place: number): string {
  return `${1 + ((index * 7_919 + place * 104_729) % 400_000)}.${String(index * 13 + place + 1).padStart(8, '0')}`
}

export function* setUpScale(): Generator<{ command: Command; at: number }> {
  const at = scaleStartsAt
  for (const asset of assets) {
    yield { command: { kind: 'set-rate', exchange: 'binance', asset, rateDaily: decimal('0.00031') }, at }
    yield { command: { kind: 'set-rate', exchange: 'okx', asset, rateDaily: decimal('0.000098') }, at }
  }
  for (let index = 0; index < accounts; index++) {
    const account = accountOf(index)
    const isBinance = index < accounts / 2
    yield { command: { kind: 'open-account', account, exchange: isBinance ? 'binance' : 'okx', vip: 0 }, at }
    for (const [place, asset] of assets.entries()) {
      const amount = amountOfDebt(index, place)
      const loss = { kind: 'book', account, asset, amount: decimal(`-${amount}`), reason: 'profit-or-loss' } as const
      if (!isBinance) yield { command: { ...loss, wallet: 'cash' }, at }
      else if (place < 3) yield { command: { kind: 'borrow', account, asset, amount: decimal(amount) }, at }
      else yield { command: { ...loss, wallet: 'um' }, at }
    }
  }
}

/** Every rate of both exchanges is new every day. */
export function changeRates(engine: Engine, day: number): void {
  const at = engine.now
  engine.applyAll(
    (['binance', 'okx'] as const).flatMap((exchange) =>
      assets.map((asset, place) => {
        const rateDaily = decimal(`0.000${100 + ((day * 7 + place * 13) % 200)}7`)
        return { command: { kind: 'set-rate', exchange, asset, rateDaily } as const, at }
      }),
    ),
  )
}
