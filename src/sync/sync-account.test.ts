import { afterEach, beforeEach, expect, test } from 'vitest'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { streamReport } from '../../test/support/coverage-kit.ts'
import { type ModelExchange, modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { interval } from '../time/interval.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { syncAccount } from './sync-account.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncProgress } from './sync-progress.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const midnight = Date.UTC(2026, 5, 20)
const zero = decimal('0')
let clock: ManualClock
let book: Book
let model: ModelExchange
let bin: BookAccount
let okx: BookAccount

beforeEach(async () => {
  clock = new ManualClock(now)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  model = modelExchange(clock)
  bin = { label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
  okx = { label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
  await book.addAccount(bin)
  await book.addAccount(okx)
})

afterEach(() => book.close())

function sync(
  account: BookAccount,
  given: { since?: number; signal?: AbortSignal; client?: SyncClient; onProgress?: (progress: SyncProgress) => void } = {},
) {
  const clients = modelClients(model)
  return syncAccount({ book, account, client: given.client ?? clients[account.exchange], clock, ...given })
}

const history = (days: number, asset = 'USDT') =>
  Array.from({ length: days }, (_, day) => ({
    asset,
    interest: decimal(`${day}.10`),
    interestAccuredTime: midnight - day * dayMs,
    interestRate: decimal('0.0001'),
    principal: decimal('210000'),
  }))

const accrued = (hours: number, ccy = 'USDT') =>
  Array.from({ length: hours }, (_, hour) => ({
    ccy,
    instId: '',
    interest: decimal('0.0003960833333334'),
    interestRate: decimal('0.0000040833333333'),
    liab: decimal('97'),
    totalLiab: null,
    mgnMode: 'cross',
    ts: now - 30 * minuteMs - hour * hourMs,
    type: '2',
  }))

test('brings every charge of both exchanges as it was printed, and proves it down to where the history begins', async () => {
  model.history = [...history(400), ...history(90, 'BTC')]
  model.accrued = [...accrued(300), ...accrued(250, 'BTC')]
  const outcome = await sync(bin)
  expect(outcome).toMatchObject({ ended: 'done' })
  expect(outcome.streams.slice(0, 2)).toMatchObject([
    { stream: 'interest', added: 490, changed: [], provenFraction: 1 },
    { stream: 'exchanges', added: 0 },
  ])
  expect(outcome.streams.map(({ stream, provenFraction }) => [stream, provenFraction]).slice(2)).toEqual([
    ['margin-interest', 1],
    ['um-income', 1],
    ['cm-income', 1],
    ...['BTC', 'USDT'].flatMap((asset) => [
      [`margin-loans:${asset}`, 1],
      [`margin-repayments:${asset}`, 1],
    ]),
  ])
  expect(await sync(okx)).toMatchObject({
    ended: 'done',
    streams: [
      { stream: 'interest', added: 550, provenFraction: 1 },
      { stream: 'bills', added: 0, provenFraction: 1 },
    ],
  })
  const [newest] = await collect(book.charges({ accounts: ['okx'], limit: 1, asset: 'USDT' }))
  expect(newest).toEqual(
    chargeOf({
      account: 'okx',
      marginMode: 'cross',
      loanType: '2',
      at: now - 30 * minuteMs,
      principal: decimal('97'),
      rate: decimal('0.0000040833333333'),
      interest: decimal('0.0003960833333334'),
      totalLiability: null,
      receivedAt: now,
    }),
  )
  expect((await collect(book.charges({ accounts: ['bin'] }))).length).toBe(490)
  expect(await book.proven('bin', 'interest')).toEqual([{ from: Date.UTC(2022, 0, 1), to: now - 10 * minuteMs }])
  expect(await book.proven('okx', 'interest')).toEqual([{ from: now - 365 * dayMs, to: now - 15 * minuteMs }])
  expect(await book.syncState('bin')).toMatchObject({ account: 'bin', lastSuccessAt: now, failures: 0 })
})

test('asks a second time only for the newest past, and adds nothing twice', async () => {
  model.history = history(400)
  await sync(bin)
  model.calls = []
  const again = await sync(bin)
  expect(again.streams.map(({ stream, added, rows, pages }) => [stream, added, rows, pages])).toEqual([
    ['interest', 0, 2, 1],
    ['exchanges', 0, 0, 1],
    ['margin-interest', 0, 0, 1],
    ['um-income', 0, 0, 1],
    ['cm-income', 0, 0, 1],
    ['margin-loans:USDT', 0, 0, 1],
    ['margin-repayments:USDT', 0, 0, 1],
  ])
  expect(model.calls.slice(0, 2)).toEqual(['balance', 'repayFuturesSwitch'])
  expect(model.calls).toHaveLength(9)
})

test('finds a charge that appeared even later than the settle delay, within what is read again', async () => {
  const [late, ...rest] = accrued(50)
  model.accrued = [{ ...late!, visibleAt: now + 5 * minuteMs }, ...rest]
  expect((await sync(okx)).streams[0]?.added).toBe(49)
  expect(await book.proven('okx', 'interest')).toMatchObject([{ to: now - 15 * minuteMs }])
  await clock.advanceBy(6 * minuteMs)
  expect((await sync(okx)).streams[0]?.added).toBe(1)
  expect((await collect(book.charges({ limit: 1 })))[0]?.at).toBe(late!.ts)
})

test('keeps a charge that comes again with other content, and says so', async () => {
  model.history = history(3)
  await sync(bin)
  model.history = model.history.map((row) => ({ ...row, interest: decimal('99') }))
  const { streams, ended } = await sync(bin)
  expect(ended).toBe('done')
  expect([...(streams[0]?.changed ?? [])].sort()).toEqual([
    'charge bin USDT 2026-06-19T00:00:00.000Z: interest was 1.10 and came as 99',
    'charge bin USDT 2026-06-20T00:00:00.000Z: interest was 0.10 and came as 99',
  ])
  expect((await collect(book.charges({}))).map(({ interest }) => toText(interest))).toEqual(['0.10', '1.10', '2.10'])
})

test('keeps a charge that appears where there was proof of none, and says so', async () => {
  // What was owed changed meanwhile, so that nothing says it was owed on the day between.
  const charges = history(3).map((row, day) => ({ ...row, principal: decimal(`${210_000 + day}`) }))
  model.history = charges.filter((_, day) => day !== 1)
  await sync(bin)
  model.history = charges
  const { streams, ended } = await sync(bin)
  expect(ended).toBe('done')
  expect(streams[0]).toMatchObject({
    added: 1,
    changed: [],
    late: ['charge bin USDT 2026-06-19T00:00:00.000Z: appeared in a span that was proven without it'],
  })
  expect((await sync(bin)).streams[0]).toMatchObject({ added: 0, late: [] })
})

test('says of an auto-exchange run too that it appeared where there was proof of none', async () => {
  await sync(bin)
  model.runs = [{ startTime: now - dayMs, endTime: now - dayMs + 9, details: [] }]
  expect((await sync(bin)).streams[1]?.late).toEqual([
    'auto-exchange run bin 2026-06-19T10:30:00.000Z: appeared in a span that was proven without it',
  ])
})

test('calls nothing proven for an account whose first call fails', async () => {
  model.beforeCall = () => fail('sync.wrong-client', { account: 'bin', exchange: 'x', client: 'y' })
  const { ended, streams } = await sync(bin)
  expect(ended).toBe('failed')
  expect(streams.map(({ provenFraction }) => provenFraction)).toEqual([0, 0, 0, 0, 0])
})

test('brings auto-exchange runs with their details, once each', async () => {
  const run = {
    startTime: now - 200 * dayMs,
    endTime: now - 200 * dayMs + 52_222,
    details: [{ asset: 'BNB', negativeBalance: decimal('1.10264488'), negativeMaxThreshold: zero }],
  }
  model.runs = [run, { ...run, startTime: now - 3 * hourMs, endTime: now - 3 * hourMs + 9 }]
  await sync(bin)
  await sync(bin)
  expect((await collect(book.exchangeRuns({}))).map(({ from, to }) => [from, to])).toEqual([
    [now - 3 * hourMs, now - 3 * hourMs + 9],
    [run.startTime, run.endTime],
  ])
  expect(await book.proven('bin', 'exchanges')).toEqual([{ from: Date.UTC(2025, 0, 1), to: now - hourMs }])
})

test('fetches the newest month of every stream before anything older, and tells its progress', async () => {
  model.history = history(400)
  const told: SyncProgress[] = []
  await sync(bin, { onProgress: (progress) => told.push(progress) })
  const wanted = told.filter(({ kind }) => kind !== 'stream-left' && kind !== 'left' && kind !== 'left-out')
  const kinds = wanted.map((progress) => (progress.kind === 'page' ? `${progress.phase} ${progress.stream}` : progress.kind))
  expect(kinds[0]).toBe('balances')
  expect(new Set(kinds.slice(1, kinds.indexOf('phase-done')))).toEqual(
    new Set(['interest', 'exchanges', 'margin-interest', 'um-income', 'cm-income'].map((stream) => `recent ${stream}`)),
  )
  expect(kinds.findIndex((kind) => kind.startsWith('older'))).toBeGreaterThan(kinds.indexOf('phase-done'))
  expect(kinds.at(-1)).toBe('done')
  const fractions = told.flatMap((progress) =>
    progress.kind === 'page' && progress.stream === 'interest' ? [progress.provenFraction] : [],
  )
  expect(fractions).toEqual([...fractions].sort((left, right) => left - right))
  expect(fractions.at(-1)).toBe(1)
})

test('has proven all there was to prove when the clock of the exchange is known better at the end than at the start', async () => {
  const { binance } = modelClients(model)
  let aheadMs = 400
  model.beforeCall = (_, name) => {
    if (name === 'interestHistory') aheadMs = Math.max(aheadMs - 150, 0)
  }
  const client = { ...binance, serverNow: () => clock.now() + aheadMs }
  const { streams } = await sync(bin, { client })
  expect(streams.map(({ provenFraction }) => provenFraction)).toEqual([1, 1, 1, 1, 1])
  expect(await book.proven('bin', 'interest')).toMatchObject([{ to: now + 250 - 10 * minuteMs }])
})

test('fetches no further back than asked', async () => {
  model.history = history(400)
  const { streams } = await sync(bin, { since: midnight - 10 * dayMs })
  expect(streams[0]).toMatchObject({ added: 11, provenFraction: 1 })
  expect(await book.proven('bin', 'exchanges')).toEqual([{ from: midnight - 10 * dayMs, to: now - hourMs }])
})

test('stops after the page at hand when told to, keeps it, and goes on from there', async () => {
  model.history = history(400)
  const stop = new AbortController()
  const stopped = await sync(bin, {
    signal: stop.signal,
    onProgress: (progress) => progress.kind === 'page' && progress.pages === 3 && stop.abort(),
  })
  expect(stopped).toMatchObject({ ended: 'stopped' })
  expect(stopped.error).toBeUndefined()
  expect(await book.syncState('bin')).toBeUndefined()
  const kept = (await collect(book.charges({}))).length
  expect(kept).toBeGreaterThan(30)
  expect(kept).toBeLessThan(400)
  const { streams } = await sync(bin)
  expect(kept + (streams[0]?.added ?? 0)).toBe(400)
})

test('ends with the exchange’s error, notes it, and keeps what it had', async () => {
  model.history = history(400)
  model.beforeCall = (call) => {
    if (call === 4) fail('sync.wrong-client', { account: 'bin', exchange: 'x', client: 'y' })
  }
  const outcome = await sync(bin)
  expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'sync.wrong-client' } })
  expect(await book.syncState('bin')).toMatchObject({
    account: 'bin',
    lastErrorAt: now,
    lastError: 'sync.wrong-client: account "bin" is one of x, but its key is for y',
  })
  expect((await collect(book.charges({}))).length).toBeGreaterThan(0)
  model.beforeCall = () => undefined
  expect(await sync(bin)).toMatchObject({ ended: 'done' })
  expect((await collect(book.charges({}))).length).toBe(400)
})

test('throws what is a mistake in Overdraft itself', async () => {
  model.beforeCall = () => {
    throw new TypeError('a mistake')
  }
  await expect(sync(bin)).rejects.toThrow('a mistake')
})

test('refuses a client of the other exchange', async () => {
  expect(await sync(bin, { client: modelClients(model).okx })).toMatchObject({ ended: 'failed', error: { code: 'sync.wrong-client' } })
})

test('takes the balances: what is owed, what is free, and zero for a debt that is no longer listed', async () => {
  const row = {
    asset: 'USDT',
    crossMarginAsset: zero,
    crossMarginBorrowed: zero,
    crossMarginLocked: zero,
    umUnrealizedPNL: zero,
    cmUnrealizedPNL: null,
    updateTime: 5,
  }
  model.balances = [
    {
      ...row,
      totalWalletBalance: decimal('-12.5'),
      crossMarginFree: decimal('3.0'),
      crossMarginInterest: decimal('0.25'),
      umWalletBalance: decimal('-15.5'),
      cmWalletBalance: zero,
      negativeBalance: decimal('-2.50'),
    },
    {
      ...row,
      asset: 'BTC',
      totalWalletBalance: decimal('-0.1'),
      crossMarginFree: zero,
      crossMarginInterest: zero,
      umWalletBalance: decimal('-0.1'),
      cmWalletBalance: zero,
      negativeBalance: decimal('0.0'),
    },
    {
      ...row,
      asset: 'ETH',
      totalWalletBalance: decimal('7'),
      crossMarginFree: decimal('7'),
      crossMarginInterest: zero,
      umWalletBalance: zero,
      cmWalletBalance: zero,
    },
  ]
  await sync(bin)
  const shown = (await book.latestBalances('bin')).map(({ asset, total, owed, free, um, interest, updatedAt }) => [
    asset,
    ...[total, owed, free, um, interest].map(toText),
    updatedAt,
  ])
  expect(shown).toEqual([
    ['BTC', '-0.1', '0.1', '0', '-0.1', '0', 5],
    ['ETH', '7', '0', '7', '0', '0', 5],
    ['USDT', '-12.5', '2.50', '3.0', '-15.5', '0.25', 5],
  ])
  model.details = [{ ccy: 'USDT', eq: decimal('-50.5'), liab: decimal('50.5'), interest: decimal('0.01'), availBal: null, uTime: 6 }]
  await sync(okx)
  expect(
    (await book.latestBalances('okx')).map(({ asset, total, owed, free, interest }) => [
      asset,
      ...[total, owed, free, interest].map(toText),
    ]),
  ).toEqual([['USDT', '-50.5', '50.5', '0', '0.01']])
  model.details = []
  await clock.advanceBy(minuteMs)
  await sync(okx)
  expect((await book.latestBalances('okx')).map(({ owed, takenAt }) => [toText(owed), takenAt])).toEqual([['0', now + minuteMs]])
})

test('reports what is proven, what is not, and what OKX no longer keeps', async () => {
  model.accrued = accrued(50)
  const empty = await streamReport(book, okx, 'interest', { now })
  expect(empty?.proven).toEqual([])
  expect(empty?.lost).toEqual([])
  expect(empty?.unproven).toEqual([{ from: Date.UTC(2025, 5, 22), to: now - 15 * minuteMs }])
  await sync(okx)
  expect(await streamReport(book, okx, 'interest', { now })).toMatchObject({
    unproven: [],
    lost: [],
    proven: [{ to: now - 15 * minuteMs }],
  })
  const later = now + 400 * dayMs
  expect(await streamReport(book, okx, 'interest', { now: later })).toMatchObject({
    proven: [{ from: now - 365 * dayMs, to: now - 15 * minuteMs }],
    lost: [{ from: now - 15 * minuteMs, to: later - 365 * dayMs }],
    unproven: [{ from: later - 365 * dayMs, to: later - 15 * minuteMs }],
  })
  expect(await streamReport(book, okx, 'exchanges', { now })).toBeUndefined()
  expect(await streamReport(book, bin, 'interest', { now, asked: interval(now - dayMs, now) })).toMatchObject({
    unproven: [{ from: now - dayMs, to: now - 10 * minuteMs }],
    lost: [],
    notYet: [{ from: now - 10 * minuteMs, to: now }],
  })
})
