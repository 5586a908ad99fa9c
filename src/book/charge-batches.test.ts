import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { decimal, decimalOf } from '../decimal/decimal.ts'
import { parseJson } from '../json/json.ts'
import type { Interval } from '../time/interval.ts'
import type { Book, ChargeBatch } from './book-interface.ts'
import type { Charge } from './record.ts'

const keyOf = ({ at, asset, instId, marginMode, loanType }: Charge) => [at, asset, instId, marginMode, loanType].join(' ')

/** What the columns tell of a charge, or the whole of it where they cannot tell all. */
function chargeAt(batch: ChargeBatch, place: number): Partial<Charge> {
  const whole = batch.wide.get(place)
  expect(batch.wide.has(place)).toBe(whole !== undefined)
  const { totalLiability: total, interestFreeLiability: interestFree } = whole ?? {}
  expect(batch.wide.liabilities(place)).toEqual(total && interestFree ? { total, interestFree } : undefined)
  const { asset, instId, marginMode, loanType } = batch.series[batch.seriesOf[place]!]!
  const told = {
    account: batch.account,
    asset,
    instId,
    marginMode,
    loanType,
    at: batch.at[place]!,
    principal: decimalOf(batch.principalMantissa[place]!, batch.principalScale[place]),
    rate: decimalOf(batch.rateMantissa[place]!, batch.rateScale[place]),
    interest: decimalOf(batch.interestMantissa[place]!, batch.interestScale[place]),
  }
  if (batch.beyond64.has(place)) return whole!
  if (whole !== undefined) expect(whole).toMatchObject(told)
  return whole ?? told
}

async function read(book: Book, account: string, within?: Interval): Promise<Partial<Charge>[]> {
  const all: Partial<Charge>[] = []
  for await (const batch of book.chargeBatches(account, within)) {
    expect(batch.count).toBeGreaterThan(0)
    for (let place = 0; place < batch.count; place++) all.push(chargeAt(batch, place))
  }
  return all
}

/** As the batches tell it: without what only a wide row has. */
function narrow(charge: Charge): Partial<Charge> {
  const figures = [charge.principal, charge.rate, charge.interest]
  const fits = figures.every(({ mantissa, scale }) => mantissa === BigInt.asIntN(64, mantissa) && scale < 256)
  if (!fits || charge.extra !== undefined || charge.totalLiability !== undefined || charge.interestFreeLiability !== undefined)
    return charge
  const { receivedAt, ...rest } = charge
  return rest
}

/** Mantissas around every border there is: of doubles, of halves of 64 bits, and of 64 bits. */
const mantissa = fc.oneof(
  fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }),
  fc
    .tuple(
      fc.constantFrom(0n, 2n ** 32n, 10n ** 15n, 2n ** 53n, 10n ** 18n, 2n ** 63n, 2n ** 64n, 10n ** 19n),
      fc.integer({ min: -2, max: 2 }),
    )
    .chain(([border, off]) => fc.constantFrom(border + BigInt(off), -border - BigInt(off))),
)
const amount = fc.record({ mantissa, scale: fc.constantFrom(0, 8, 16, 255, 256, 1_000) }).map((one) => decimalOf(one.mantissa, one.scale))
const liability = fc.option(fc.option(amount, { nil: null }), { nil: undefined })

onBothEngines('batches of charges', (books) => {
  test('tell every charge exactly as it was recorded, in order, whatever its figures', async () => {
    const book = await books.open()
    let accounts = 0
    const charge = fc.record({
      asset: fc.constantFrom('USDT', 'BTC'),
      loanType: fc.constantFrom('1', '2'),
      at: fc.nat(40),
      principal: amount,
      rate: amount,
      interest: amount,
      totalLiability: liability,
      interestFreeLiability: liability,
      extra: fc.option(fc.constantFrom('{"a":"x,y\\nz"}', '{"b":[1,{"c":null}]}'), { nil: undefined }),
      sameTotal: fc.boolean(),
    })
    const property = async (given: readonly (typeof charge extends fc.Arbitrary<infer Value> ? Value : never)[]) => {
      const account = `batches-${++accounts}`
      await book.addAccount({ label: account, exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      const charges = new Map<string, Charge>()
      for (const { sameTotal, totalLiability, interestFreeLiability, extra, ...row } of given) {
        const total = sameTotal ? row.principal : totalLiability
        const one = chargeOf({
          account,
          ...row,
          ...(total === undefined ? {} : { totalLiability: total }),
          ...(interestFreeLiability === undefined ? {} : { interestFreeLiability }),
          ...(extra === undefined ? {} : { extra: parseJson(extra) as never }),
        })
        if (!charges.has(keyOf(one))) charges.set(keyOf(one), one)
      }
      await book.recordCharges(account, [...charges.values()], [])
      const expected = [...charges.values()]
      const byKey = (left: Partial<Charge>, right: Partial<Charge>) => (keyOf(left as Charge) < keyOf(right as Charge) ? -1 : 1)
      expect(await collect(book.charges({ accounts: [account] })).then((all) => all.sort(byKey))).toEqual(expected.sort(byKey))
      const told = await read(book, account)
      expect(told.map(({ at }) => at!)).toEqual(told.map(({ at }) => at!).sort((left, right) => left - right))
      expect(told.sort(byKey)).toEqual(expected.map(narrow).sort(byKey))
      const some = await read(book, account, { from: 10, to: 30 })
      expect(some).toHaveLength(expected.filter(({ at }) => 10 <= at && at < 30).length)
    }
    await fc.assert(fc.asyncProperty(fc.array(charge, { maxLength: 20 }), property), { numRuns: 40 })
  }, 60_000)

  test('go on where a batch ended, within one instant too, and lose or repeat none', async () => {
    const book = await books.open()
    const charges = Array.from({ length: 17_000 }, (_, place) =>
      chargeOf({ at: 1_780_000_000_000 + Math.floor(place / 7), asset: `A${place % 7}`, interest: decimal(`${place}`) }),
    )
    await book.recordCharges('bin', charges, [])
    const told = (await read(book, 'bin')) as Charge[]
    const numbers = told.map(({ interest }) => Number(interest.mantissa))
    expect(numbers.length).toBe(17_000)
    expect(numbers.findIndex((number, place) => number !== place)).toBe(-1)
  }, 60_000)

  test('of an account without charges are none, and of none are refused', async () => {
    const book = await books.open()
    expect(await read(book, 'okx')).toEqual([])
    await expect(read(book, 'nobody')).rejects.toMatchObject({ code: 'book.account-unknown' })
  })

  test('do not keep a writer waiting between them', async () => {
    const book = await books.open()
    await book.recordCharges(
      'bin',
      Array.from({ length: 9_000 }, (_, at) => chargeOf({ at: at + 1 })),
      [],
    )
    let batches = 0
    for await (const { count } of book.chargeBatches('bin')) {
      expect(count).toBeLessThanOrEqual(8_192)
      if (++batches === 1) await book.recordCharges('bin', [chargeOf({ at: 20_000, asset: 'NEW' })], [])
    }
    expect(batches).toBe(2)
    expect(await read(book, 'bin')).toHaveLength(9_001)
  })
})
