import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import type { BinanceEventPayload } from '../../contracts/binance/stream-events.ts'
import { parseBinanceEvent, printBinanceEvent } from '../../contracts/binance/stream-events.ts'
import { toText } from '../../decimal/decimal.ts'
import { binanceFixedRule, printDecimal } from '../../decimal/printing.ts'
import { dayMs } from '../../time/units.ts'
import { createEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/engine-interface.ts'
import { AccountFeed } from './account-feed.ts'

const behaviour = { binanceAutoExchangeEvents: 'balances', binanceLiabilityFigures: 'of-the-loan' } as const
const account = 'first'

/** What a reader knows who has asked for the balances once and has only listened since. */
function known(engine: Engine): Map<string, string> {
  const balances = new Map<string, string>()
  for (const { asset, crossFree, crossLocked, um, cm } of engine.binanceBalances(account)) {
    for (const [wallet, amount] of Object.entries({ free: crossFree, locked: crossLocked, UM: um, CM: cm })) {
      balances.set(`${wallet} ${asset}`, printDecimal(amount, binanceFixedRule))
    }
  }
  return balances
}

function learn(balances: Map<string, string>, event: BinanceEventPayload): void {
  if (event.e === 'outboundAccountPosition') {
    for (const { a, f, l } of event.B) balances.set(`free ${a}`, toText(f)).set(`locked ${a}`, toText(l))
  }
  if (event.e === 'ACCOUNT_UPDATE') for (const { a, wb } of event.a.B) balances.set(`${event.fs} ${a}`, toText(wb))
}

function ascends(numbers: readonly bigint[], byAtLeast: bigint): boolean {
  return numbers.every((number, index) => index === 0 || number - (numbers[index - 1] ?? number) >= byAtLeast)
}

function isZero([, amount]: readonly [string, string]): boolean {
  return Number(amount) === 0
}

describe('the events of an account', () => {
  test('are enough to know its balances, whatever happens, and come in the order of their time and of their ids', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(20), (startsAt, given, from) => {
        const engine = createEngine({ startsAt })
        settle(engine)
        carryOut(engine, given.slice(0, from))
        const feed = new AccountFeed({ engine, account, behaviour })
        const balances = known(engine)
        const told: BinanceEventPayload[] = []
        engine.subscribe((event) => told.push(...feed.eventsOf(event)))
        carryOut(engine, given.slice(from))
        engine.advanceTo(engine.now + dayMs)
        for (const event of told) learn(balances, event)
        const rest = (map: Map<string, string>) => new Map([...map].filter((line) => !isZero(line)).sort())
        expect(rest(balances)).toEqual(rest(known(engine)))
        const texts = told.map(printBinanceEvent)
        expect(texts.map((text) => printBinanceEvent(parseBinanceEvent(text)))).toEqual(texts)
        expect(
          ascends(
            told.map(({ E }) => BigInt(E)),
            0n,
          ),
        ).toBe(true)
        expect(
          ascends(
            told.flatMap((event) => (event.e === 'outboundAccountPosition' ? event.U : [])),
            1n,
          ),
        ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
