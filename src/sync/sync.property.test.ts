import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { syncAccount } from './sync-account.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const assets = ['USDT', 'BTC', 'ETH', 'BNB']

/** Hours of the last 200 days at which some of the assets are charged; neighbours make full pages, pairs make ties. */
const charged = fc.array(fc.record({ hour: fc.nat(200 * 24), length: fc.nat(90), assets: fc.subarray(assets, { minLength: 1 }) }), {
  maxLength: 6,
})

/** How each attempt before the last one ends: at which call it fails, or after which page it is stopped. */
const attempts = fc.array(
  fc.record({
    failsAtCall: fc.integer({ min: 1, max: 12 }),
    stopsAfterPage: fc.integer({ min: 1, max: 8 }),
    movesOnMs: fc.nat(3 * hourMs),
  }),
  { maxLength: 4 },
)

/** So many of them lie in the span that is synced. */
const boundaries = { okx: 210 * 24, binance: 210 * 2 } as const

/** The boundary at which an exchange can have charged so many boundaries ago: on OKX an hour, on Binance 00:00 or 08:00 of a day. */
function boundaryBefore(exchange: BookAccount['exchange'], count: number): number {
  if (exchange === 'okx') return now - 30 * 60_000 - count * hourMs
  return Date.UTC(2026, 5, 20) - Math.floor(count / 2) * dayMs + (count % 2) * 8 * hourMs
}

async function everyKey(
  exchange: BookAccount['exchange'],
  spans: readonly { hour: number; length: number; assets: readonly string[] }[],
  tries: readonly { failsAtCall: number; stopsAfterPage: number; movesOnMs: number }[],
) {
  const clock = new ManualClock(now)
  const keys = new Set(
    spans.flatMap((span) =>
      Array.from({ length: span.length }, (_, hour) =>
        span.assets.map((asset) => `${(span.hour + hour) % boundaries[exchange]} ${asset}`),
      ).flat(),
    ),
  )
  const rows = [...keys].map((key) => {
    const [hour = '', asset = ''] = key.split(' ')
    return { asset, at: boundaryBefore(exchange, Number(hour)) }
  })
  const model = modelExchange(clock, {
    history: rows.map(({ asset, at }) => ({
      asset,
      interestAccuredTime: at,
      interest: decimal('0.10'),
      interestRate: decimal('0.001'),
      // What is owed changes, so that no day without a charge contradicts those around it.
      principal: decimal(String(at / hourMs)),
    })),
    accrued: rows.map(({ asset, at }) => ({
      ccy: asset,
      ts: at,
      instId: '',
      mgnMode: 'cross',
      type: '2',
      interest: decimal('0.10'),
      interestRate: decimal('0.001'),
      // It falls with time, so that no hour without a charge contradicts those around it.
      liab: decimal(String(1_000_000 - at / hourMs)),
    })),
  })
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const account: BookAccount = { label: 'one', exchange, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
  await book.addAccount(account)
  const options = { book, account, client: modelClients(model)[exchange], clock, since: now - 220 * dayMs }
  for (const { failsAtCall, stopsAfterPage, movesOnMs } of tries) {
    model.calls = []
    model.beforeCall = (call) =>
      call === failsAtCall ? fail('sync.wrong-client', { account: 'one', exchange: 'x', client: 'y' }) : undefined
    const stop = new AbortController()
    await syncAccount({
      ...options,
      signal: stop.signal,
      onProgress: (progress) => progress.kind === 'page' && progress.pages === stopsAfterPage && stop.abort(),
    })
    // Whatever is called proven is there, and no interruption can change that.
    const kept = new Set((await collect(book.charges({}))).map(({ asset, at }) => `${at} ${asset}`))
    for (const { from, to } of await book.proven('one', 'interest')) {
      for (const { asset, at } of rows) if (from <= at && at < to) expect(kept.has(`${at} ${asset}`)).toBe(true)
    }
    await clock.advanceBy(movesOnMs)
  }
  model.beforeCall = () => undefined
  const outcome = await syncAccount(options)
  const found = (await collect(book.charges({}))).map(({ asset, at }) => `${at} ${asset}`).sort()
  const proven = await book.proven('one', 'interest')
  await book.close()
  return { outcome, found, wanted: rows.map(({ asset, at }) => `${at} ${asset}`).sort(), proven }
}

test.each(['binance', 'okx'] as const)(
  'on %s, however often a sync fails or is stopped, it ends with every charge once and no gap',
  async (exchange) => {
    await fc.assert(
      fc.asyncProperty(charged, attempts, async (spans, tries) => {
        const { outcome, found, wanted, proven } = await everyKey(exchange, spans, tries)
        expect(outcome).toMatchObject({ ended: 'done' })
        expect(found).toEqual(wanted)
        expect(proven).toHaveLength(1)
      }),
      { numRuns: 30 },
    )
  },
  60_000,
)
