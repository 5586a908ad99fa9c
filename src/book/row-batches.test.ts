import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { collect } from '../../test/support/charges.ts'
import { decimal, decimalOf } from '../decimal/decimal.ts'
import type { Book } from './book-interface.ts'
import type { MarginCharge, Movement } from './record.ts'
import type { MarginChargeBatchFilter, MovementBatchFilter, RowBatch } from './row-batch.ts'

type Told<Row> = Omit<Row, 'receivedAt' | 'id' | 'wallet'>

const movementKey = ({ at, stream, id, asset }: Movement) => [at, stream, id, asset].join(' ')
const marginKey = ({ at, txId, asset }: MarginCharge) => [at, txId, asset].join(' ')

function movementOf(given: Partial<Movement> = {}): Movement {
  return {
    account: 'okx',
    at: 1_780_000_000_000,
    stream: 'bills',
    id: '1',
    asset: 'USDT',
    wallet: 'cash',
    kind: '7/9',
    amount: decimal('-0.0010'),
    detail: 'instId=BTC-USDT mgnMode=isolated',
    receivedAt: 1_790_000_000_000,
    ...given,
  }
}

function marginChargeOf(given: Partial<MarginCharge> = {}): MarginCharge {
  return {
    account: 'bin',
    at: 1_780_000_000_000,
    txId: '1670000000000000001',
    asset: 'BTC',
    rawAsset: 'BTC',
    type: 'PERIODIC',
    principal: decimal('1.50'),
    rate: decimal('0.00012'),
    interest: decimal('0.0000075'),
    receivedAt: 1_790_000_000_000,
    ...given,
  }
}

/** Rows by their places; a figure is read from its columns wherever these can hold it. */
async function read<Name extends object, Batch extends RowBatch<Name>, Column extends keyof Batch & string>(
  batches: AsyncIterable<Batch>,
  decimals: readonly Column[],
  own: (batch: Batch, place: number) => object,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  let lastAt = Number.NEGATIVE_INFINITY
  for await (const batch of batches) {
    expect(batch.at[0]).toBeGreaterThan(lastAt)
    for (let place = 0; place < batch.count; place++) {
      lastAt = batch.at[place]!
      const row: Record<string, unknown> = {
        account: batch.account,
        at: lastAt,
        ...batch.names[batch.nameOf[place]!],
        ...own(batch, place),
      }
      for (const name of decimals) {
        const { mantissas, scales, get } = batch[name] as Movement['amount'] & {
          mantissas: BigInt64Array
          scales: Int16Array
          get(place: number): unknown
        }
        const figure = get.call(batch[name], place)
        if (figure !== undefined) row[name] = figure
        if (figure === undefined) expect(scales[place]).toBe(-1)
        else if (!batch.beyond64.has(place)) expect(figure).toEqual(decimalOf(mantissas[place]!, scales[place]))
      }
      rows.push(row)
    }
  }
  return rows
}

const readMovements = (book: Book, filter: MovementBatchFilter) =>
  read(book.movementBatches(filter), ['amount', 'balanceAfter', 'interest'], (batch, place) => ({ detail: batch.detail(place) }))
const readMarginCharges = (book: Book, filter: MarginChargeBatchFilter) =>
  read(book.marginChargeBatches(filter), ['principal', 'rate', 'interest'], (batch, place) => ({ txId: batch.txId(place) }))

function toldOf({ receivedAt, id, wallet, ...row }: Movement): Told<Movement> {
  return { ...row, detail: row.detail.replaceAll('\n', ' ') }
}

/** Mantissas around every border there is: of doubles, of halves of 64 bits, and of 64 bits. */
const mantissa = fc.oneof(
  fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }),
  fc
    .tuple(fc.constantFrom(0n, 2n ** 32n, 10n ** 15n, 2n ** 53n, 2n ** 63n, 2n ** 64n, 10n ** 19n), fc.integer({ min: -2, max: 2 }))
    .chain(([border, off]) => fc.constantFrom(border + BigInt(off), -border - BigInt(off))),
)
const amount = fc.record({ mantissa, scale: fc.constantFrom(0, 8, 16, 255, 256, 1_000) }).map((one) => decimalOf(one.mantissa, one.scale))
const words = fc.constantFrom('', 'x=1', 'instId=A,B from=6', 'notes=two\nlines, %s "\'', 'ä — 漢')

onBothEngines('batches of rows', (books) => {
  test('tell every movement exactly as it was recorded, in order, whatever its figures and words', async () => {
    const book = await books.open()
    let accounts = 0
    const movement = fc.record(
      {
        at: fc.nat(20),
        stream: fc.constantFrom<Movement['stream']>('bills', 'um-income'),
        id: fc.constantFrom('1', '2', '10'),
        asset: fc.constantFrom('USDT', 'BTC'),
        kind: fc.constantFrom('7/9', 'FUNDING_FEE'),
        amount,
        balanceAfter: amount,
        interest: amount,
        detail: words,
      },
      { requiredKeys: ['at', 'stream', 'id', 'asset', 'amount'] },
    )
    const property = async (given: readonly Partial<Movement>[]) => {
      const account = `movements-${++accounts}`
      await book.addAccount({ label: account, exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      const all = new Map(given.map((one) => movementOf({ account, ...one })).map((one) => [movementKey(one), one]))
      for (const stream of ['bills', 'um-income'] as const) {
        const rows = [...all.values()].filter((row) => row.stream === stream)
        await book.recordMovements(account, stream, rows, [])
      }
      const expected = (await collect(book.movements({ account, order: 'oldest-first' }))).map(toldOf)
      expect(expected).toHaveLength(all.size)
      expect(await readMovements(book, { account })).toEqual(expected)
      const within = { from: 5, to: 15 }
      const some = expected.filter(({ at, stream }) => 5 <= at && at < 15 && stream === 'bills')
      expect(await readMovements(book, { account, within, streams: ['bills'] })).toEqual(some)
    }
    await fc.assert(fc.asyncProperty(fc.array(movement, { maxLength: 20 }), property), { numRuns: 40 })
  }, 60_000)

  test('tell every margin charge, and only of the types asked for', async () => {
    const book = await books.open()
    let accounts = 0
    const charge = fc.record(
      {
        at: fc.nat(20),
        txId: fc.constantFrom('1', '2', '1670000000000000001'),
        asset: fc.constantFrom('USDT', 'BTC'),
        type: fc.constantFrom('PERIODIC', 'PORTFOLIO', 'PERIODIC_CONVERTED'),
        rawAsset: fc.constantFrom('BTC', 'BNB'),
        principal: amount,
        rate: amount,
        interest: amount,
      },
      { requiredKeys: ['at', 'txId', 'asset', 'type', 'principal', 'rate', 'interest'] },
    )
    const property = async (given: readonly Partial<MarginCharge>[]) => {
      const account = `margin-${++accounts}`
      await book.addAccount({ label: account, exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      const all = new Map(given.map((one) => marginChargeOf({ account, ...one })).map((one) => [marginKey(one), one]))
      await book.recordMarginCharges(account, [...all.values()], [])
      const expected = (await collect(book.marginCharges({ account, order: 'oldest-first' }))).map(({ receivedAt, ...row }) => row)
      expect(await readMarginCharges(book, { account })).toEqual(expected)
      const portfolio = expected.filter(({ type }) => type === 'PORTFOLIO')
      expect(await readMarginCharges(book, { account, types: ['PORTFOLIO'] })).toEqual(portfolio)
    }
    await fc.assert(fc.asyncProperty(fc.array(charge, { maxLength: 20 }), property), { numRuns: 40 })
  }, 60_000)

  test('hold each instant whole, also one of more rows than a batch, and go on behind it', async () => {
    const book = await books.open()
    const atOf = (place: number) => (place < 5_000 ? 10 + Math.floor(place / 7) : place < 15_000 ? 2_000 : place)
    const movements = Array.from({ length: 30_000 }, (_, place) =>
      movementOf({ at: atOf(place), id: String(place).padStart(5, '0'), amount: decimal(`${place}`) }),
    )
    await book.recordMovements('okx', 'bills', movements, [])
    const told = await readMovements(book, { account: 'okx' })
    expect(told).toEqual(movements.map(toldOf))
  }, 60_000)

  test('neither pass over nor repeat a row that is written between two of them', async () => {
    const book = await books.open()
    const movements = Array.from({ length: 9_000 }, (_, place) => movementOf({ at: place + 1, id: '5' }))
    await book.recordMovements('okx', 'bills', movements, [])
    const seen: number[] = []
    for await (const { count, at } of book.movementBatches({ account: 'okx' })) {
      const end = at[count - 1]!
      if (seen.length === 0)
        await book.recordMovements(
          'okx',
          'bills',
          [end, end + 1].flatMap((at) => ['1', '9'].map((id) => movementOf({ at, id }))),
          [],
        )
      seen.push(...at.subarray(0, count))
    }
    const late = seen.filter((at, place) => at === seen[place - 1])
    expect(seen).toHaveLength(9_002)
    expect(late).toHaveLength(2)
  }, 60_000)

  test('of an account without rows are none, and of none are refused', async () => {
    const book = await books.open()
    expect(await collect(book.movementBatches({ account: 'bin' }))).toEqual([])
    expect(await collect(book.marginChargeBatches({ account: 'bin' }))).toEqual([])
    await expect(collect(book.movementBatches({ account: 'nobody' }))).rejects.toMatchObject({ code: 'book.account-unknown' })
    await expect(collect(book.marginChargeBatches({ account: 'nobody' }))).rejects.toMatchObject({ code: 'book.account-unknown' })
  })
})
