import type { Book } from '../../src/book/book-interface.ts'
import type { BookAccount, Charge, Stream } from '../../src/book/record.ts'
import { decimal } from '../../src/decimal/decimal.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'

const base = Date.UTC(2026, 1, 20)
const receivedAt = base + 40 * dayMs

const accounts: readonly BookAccount[] = [
  { label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false },
  { label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 2, mayRepay: true },
]

const streamsOf = {
  bin: ['interest', 'exchanges', 'margin-interest', 'um-income', 'margin-loans:BTC', 'rates:BTC', 'rates:USDT'],
  okx: ['interest', 'bills'],
} as const

/** Fills an empty book with something of everything that an answer rests on. */
export async function fillBook(book: Book): Promise<void> {
  for (const account of accounts) await book.addAccount(account)
  const span = (account: string, stream: Stream) => [
    { account, stream, from: base, to: base + 30 * dayMs, provenBy: `GET /x?stream=${stream}`, provenAt: receivedAt },
  ]
  await book.recordCharges(
    'bin',
    Array.from({ length: 60 }, (_, place) => ({
      account: 'bin',
      asset: place % 2 === 0 ? 'USDT' : 'BTC',
      instId: '',
      marginMode: '',
      loanType: '',
      at: base + Math.floor(place / 2) * dayMs,
      principal: decimal(`${1_000 + place}.5`),
      rate: decimal('0.00025'),
      interest: decimal(`0.0${300 + place}`),
      receivedAt,
    })),
    span('bin', 'interest'),
  )
  await book.recordCharges(
    'okx',
    Array.from({ length: 200 }, (_, hour) => ({
      account: 'okx',
      asset: 'USDT',
      instId: hour % 3 === 0 ? 'BTC-USDT' : '',
      marginMode: hour % 3 === 0 ? 'isolated' : 'cross',
      loanType: '2',
      at: base + hour * hourMs,
      principal: decimal(`21000.${1_000_000_000_000_000 + hour}`),
      rate: decimal('0.0000040833333333'),
      interest: decimal(`0.00${3_960_833_333_334 + hour}`),
      totalLiability: decimal('21000'),
      interestFreeLiability: hour % 2 === 0 ? decimal('0') : null,
      receivedAt,
    })),
    span('okx', 'interest'),
  )
  await book.recordMarginCharges(
    'bin',
    Array.from({ length: 30 }, (_, place) => ({
      account: 'bin',
      at: base + place * hourMs,
      txId: `${9_000 + place}`,
      asset: 'BTC',
      rawAsset: 'BTC',
      type: 'PERIODIC',
      principal: decimal('1.5'),
      rate: decimal('0.0001'),
      interest: decimal(`0.000${place + 1}`),
      receivedAt,
    })),
    span('bin', 'margin-interest'),
  )
  await book.recordExchangeRuns(
    'bin',
    [
      {
        account: 'bin',
        from: base + hourMs,
        to: base + 2 * hourMs,
        details: [{ asset: 'USDT', negativeBalance: decimal('-5.5'), maximumThreshold: decimal('5') }],
        receivedAt,
      },
    ],
    span('bin', 'exchanges'),
  )
  const movement = { wallet: 'um', detail: 'BTCUSDT', receivedAt } as const
  await book.recordMovements(
    'bin',
    'um-income',
    Array.from({ length: 20 }, (_, place) => ({
      ...movement,
      account: 'bin',
      at: base + place * hourMs,
      stream: 'um-income',
      id: `TRANSFER:${place}`,
      asset: 'USDT',
      kind: 'TRANSFER',
      amount: decimal(`-${place}.25`),
    })),
    span('bin', 'um-income'),
  )
  await book.recordMovements(
    'okx',
    'bills',
    Array.from({ length: 40 }, (_, place) => ({
      ...movement,
      account: 'okx',
      at: base + place * hourMs,
      stream: 'bills',
      id: `${70_000 + place}`,
      asset: 'USDT',
      wallet: 'cash',
      kind: '7/9',
      amount: decimal(`-0.0${place + 1}`),
      balanceAfter: decimal(`-${100 + place}.5`),
      interest: decimal('0.01'),
      detail: 'cross 币安',
    })),
    span('okx', 'bills'),
  )
  await book.recordRates(
    'bin',
    ['BTC', 'USDT'].flatMap((asset) =>
      Array.from({ length: 6 }, (_, day) => ({
        account: 'bin',
        asset,
        at: base + day * dayMs,
        source: 'margin-interest-rate-history' as const,
        rate: decimal(`0.000${day + 1}`),
        per: 'day' as const,
        vipLevel: 0,
        receivedAt,
      })),
    ),
    [...span('bin', 'rates:BTC'), ...span('bin', 'rates:USDT')],
  )
  const amounts = { free: decimal('0'), um: decimal('1.25'), cm: decimal('0'), interest: decimal('0.5') }
  for (const { label } of accounts) {
    for (let day = 0; day < 5; day++) {
      const taken = { account: label, takenAt: base + day * dayMs, updatedAt: base, ...amounts }
      await book.recordBalances(
        label,
        ['USDT', 'BTC'].map((asset) => ({ ...taken, asset, total: decimal(`-${100 + day}`), owed: decimal(`${100 + day}`) })),
      )
    }
    await book.recordSyncState({ account: label, lastSuccessAt: receivedAt, failures: 0 })
    await book.recordFact({ account: label, name: 'auto-repay', at: base, value: 'on' })
    await book.recordForecast(label, [
      {
        account: label,
        day: base,
        asset: 'USDT',
        position: '',
        chargeAt: base + dayMs,
        madeAt: base,
        low: decimal('1'),
        amount: decimal('2'),
        high: decimal('3'),
      },
    ])
  }
  await book.recordPrices(
    Array.from({ length: 10 }, (_, day) => ({
      asset: 'BTC',
      currency: 'USD',
      at: base + day * dayMs,
      source: 'index',
      price: decimal(`${90_000 + day}.5`),
    })),
  )
  await book.recordFindings([
    {
      account: 'okx',
      stream: 'interest',
      kind: 'total',
      row: 'page of 5',
      at: base,
      came: '4',
      sentence: 'The reply counted 5 rows,\nand brought 4.',
      foundAt: receivedAt,
    },
  ])
}

const spans = [undefined, { from: base + 3 * dayMs + 5 * hourMs, to: base + 9 * dayMs }]

/** Every way in which the faces read a book. Each gives what it read, as text. */
export function readings(book: Book): readonly (readonly [name: string, read: () => Promise<string>])[] {
  const labels = accounts.map(({ label }) => label)
  const told: [string, () => Promise<string>][] = [['accounts', async () => shown(await book.accounts())]]
  for (const within of spans) {
    const inSpan = within === undefined ? {} : { within }
    for (const order of ['newest-first', 'oldest-first'] as const) {
      told.push(['charges', async () => shown(await all(book.charges({ order, within })))])
      told.push(['charges of an asset', async () => shown(await all(book.charges({ order, within, asset: 'BTC' })))])
      told.push(['exchange runs', async () => shown(await all(book.exchangeRuns({ order, within })))])
      for (const account of labels) {
        for (const asset of [undefined, 'USDT']) {
          const filter = { account, order, within, asset }
          told.push(['movements', async () => shown(await all(book.movements(filter)))])
          told.push(['margin charges', async () => shown(await all(book.marginCharges(filter)))])
          told.push(['rates', async () => shown(await all(book.rates(filter)))])
          told.push(['balances', async () => shown(await all(book.balances(filter)))])
        }
      }
    }
    for (const by of ['all', 'day', 'month', 'year'] as const) told.push(['totals', async () => shown(await book.totals({ by, within }))])
    told.push(['prices', async () => shown(await book.prices({ ...inSpan, asset: 'BTC', currency: 'USD' }))])
    told.push(['all prices', async () => shown(await book.prices(inSpan))])
    told.push(['findings', async () => shown(await book.findings(inSpan))])
    for (const account of labels) {
      told.push(['charge batches', () => batches(book, account, within)])
      told.push(['forecasts', async () => shown(await book.forecasts(account, within ?? { from: 0, to: receivedAt }))])
    }
  }
  for (const account of labels) {
    told.push(['latest charges', async () => shown(await book.latestCharges(account))])
    told.push(['latest balances', async () => shown(await book.latestBalances(account))])
    told.push(['sync state', async () => shown(await book.syncState(account))])
    told.push(['fact', async () => shown(await book.fact(account, 'auto-repay', receivedAt))])
    for (const stream of streamsOf[account as 'bin' | 'okx']) {
      told.push(['proven', async () => shown(await book.proven(account, stream))])
      told.push(['coverage', async () => shown(await book.coverage(account, stream))])
    }
    told.push(['movement batches', () => movementBatches(book, account)])
    told.push(['margin charge batches', () => marginBatches(book, account)])
  }
  return told
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const read: Item[] = []
  for await (const item of items) read.push(item)
  return read
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one)) ?? 'nothing'
}

async function batches(book: Book, account: string, within: { from: number; to: number } | undefined): Promise<string> {
  const told: unknown[] = []
  for await (const batch of book.chargeBatches(account, within)) {
    for (let place = 0; place < batch.count; place++) {
      const figures = batch.beyond64.has(place)
        ? []
        : [batch.principalMantissa[place], batch.rateMantissa[place], batch.interestMantissa[place]]
      const scales = [batch.principalScale[place], batch.rateScale[place], batch.interestScale[place]]
      told.push([
        batch.at[place],
        batch.series[batch.seriesOf[place] ?? 0],
        ...figures,
        ...scales,
        wideFigures(batch.wide.get(place)),
        batch.wide.liabilities(place),
      ])
    }
  }
  return shown(told)
}

async function movementBatches(book: Book, account: string): Promise<string> {
  const told: unknown[] = []
  for await (const batch of book.movementBatches({ account })) {
    for (let place = 0; place < batch.count; place++) {
      const decimals = [batch.amount, batch.balanceAfter, batch.interest].map((column) => column.get(place))
      told.push([batch.at[place], batch.names[batch.nameOf[place] ?? 0], batch.detail(place), ...decimals])
    }
  }
  return shown(told)
}

async function marginBatches(book: Book, account: string): Promise<string> {
  const told: unknown[] = []
  for await (const batch of book.marginChargeBatches({ account })) {
    for (let place = 0; place < batch.count; place++) {
      const decimals = [batch.principal, batch.rate, batch.interest].map((column) => column.get(place))
      told.push([batch.at[place], batch.names[batch.nameOf[place] ?? 0], batch.txId(place), ...decimals])
    }
  }
  return shown(told)
}

/** When it was received no reader of batches asks, and batches do not make sure of it. */
function wideFigures(charge: Charge | undefined): unknown {
  return charge && { ...charge, receivedAt: 0 }
}
