import { Decimal as Exact } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'
import { everyHour, nextBoundary } from '../../time/boundary.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-interface.ts'
import type { OkxBalance } from './record.ts'

const Wide = Exact.clone({ precision: 200, toExpPos: 1_000, toExpNeg: -1_000 })
const exact = (value: Decimal | undefined) => new Wide(value === undefined ? '0' : toText(value))
const none = new Wide(0)
const larger = (left: Exact, right: Exact) => Wide.max(left, right)

interface Row {
  readonly key: string
  readonly liability: string
  readonly free: string
  readonly interest: string
}

function row(key: string, liability: Exact, free: Exact, rateDaily: Decimal | undefined): Row[] {
  const interest = liability.times(exact(rateDaily)).div(24).toDecimalPlaces(16, Exact.ROUND_UP)
  if (liability.isZero() || interest.isZero()) return []
  return [{ key, liability: liability.toFixed(16), free: free.toFixed(16), interest: interest.toFixed(16) }]
}

/** What facts B4 and B3.1 say of one currency at the full hour, in another number library. */
function rowsOf(engine: Engine, balance: OkxBalance, autoBorrow: boolean): Row[] {
  const { asset, isolated, vipLoans } = balance
  const cash = exact(balance.cash)
  const overdrawn = larger(cash.negated(), none)
  const losses = larger(exact(balance.unrealised).negated().minus(larger(cash, none)), none)
  const sharing = autoBorrow ? losses : losses.plus(overdrawn)
  const free = Wide.min(sharing, exact(engine.freeQuotaOf(asset)))
  const total = overdrawn.plus(losses).plus(exact(balance.spotBorrowed))
  const rate = engine.rateOf('okx', asset, 0)
  return [
    ...row(asset, total.minus(free), free, rate),
    ...isolated.flatMap(({ instId, liability }) => row(`${asset} ${instId}`, exact(liability), none, rate)),
    ...vipLoans.flatMap(({ order, liability, rateDaily }) => row(`${asset} order ${order}`, exact(liability), none, rateDaily)),
  ]
}

/** Crosses the next full hour, and holds its rows against the balances just before it. */
function crossAnHour(engine: Engine): void {
  const hour = nextBoundary(engine.now + 1, everyHour)
  engine.advanceTo(hour - 1)
  const { autoBorrow } = engine.settingsOf('third')
  const before = engine.okxBalances('third')
  const expected = before.flatMap((balance) => rowsOf(engine, balance, autoBorrow))
  engine.advanceTo(hour)
  const charges = engine.okxCharges({ account: 'third', from: hour, to: hour })
  const found = charges.map(({ asset, instId, order, liability, interestFreeLiability, interest }) => ({
    key: [asset, ...(instId === '' ? [] : [instId]), ...(order === '' ? [] : ['order', order])].join(' '),
    liability: toText(liability),
    free: toText(interestFreeLiability),
    interest: toText(interest),
  }))
  const byKey = (left: Row, right: Row) => (left.key < right.key ? -1 : 1)
  expect(found.sort(byKey)).toEqual(expected.sort(byKey))
  if (engine.movements({ account: 'third', from: hour }).length > 0) return
  for (const [index, after] of engine.okxBalances('third').entries()) {
    const taken = charges.filter(({ asset, instId }) => asset === after.asset && instId === '')
    const paid = taken.reduce((sum, { interest }) => sum.plus(exact(interest)), none)
    expect(toText(after.cash)).toBe(exact(before[index]?.cash).minus(paid).toFixed(16))
  }
}

describe('rule: okx-hourly-snapshot', () => {
  it('every row of an hour is what the rules say of the balances just before it, and cash pays for it', () => {
    fc.assert(
      fc.property(starts, steps, (startsAt, given) => {
        const engine = createEngine({ startsAt })
        settle(engine)
        for (const step of given) {
          carryOut(engine, [step])
          crossAnHour(engine)
          crossAnHour(engine)
        }
      }),
      { numRuns: 60 },
    )
  })
})
