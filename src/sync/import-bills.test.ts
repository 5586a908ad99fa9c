import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileOf } from '../../test/support/bills-file.ts'
import { collect } from '../../test/support/charges.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount, SyncLease } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { quarterOfBills } from '../imports/quarter.ts'
import { isoInstant } from '../time/instant.ts'
import { interval } from '../time/interval.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, secondMs } from '../time/units.ts'
import { importBills } from './import-bills.ts'
import { leaseMs } from './lease.ts'

const now = Date.UTC(2026, 0, 10)
const quarter = quarterOfBills('2025-Q3', now)
const account: BookAccount = { label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
const heading = 'instType,billId,subType,ts,balChg,posBalChg,bal,posBal,ccy,mgnMode,instId,ordId,interest'

interface Bill {
  readonly id: number
  readonly at: number
  readonly change: string
  readonly after: string
  readonly subType?: string
  readonly asset?: string
}

let clock: ManualClock
let book: Book

beforeEach(async () => {
  clock = new ManualClock(now)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  await book.addAccount(account)
})

afterEach(() => book.close())

/** Hourly interest of 1 USDT on a balance that was 0, from the first to the last hour of the quarter. */
const hours = (quarter.utc.to - quarter.utc.from) / hourMs
const bills: readonly Bill[] = Array.from({ length: hours }, (_, hour) => ({
  id: 1_000 + hour,
  at: quarter.utc.from + hour * hourMs,
  change: '-1',
  after: `-${hour + 1}`,
}))

const lineOf = ({ id, at, change, after, subType = '9', asset = 'USDT' }: Bill) =>
  `MARGIN,${id},${subType},${at},${change},0,${after},0,${asset},cross,,,${subType === '9' ? change : '0'}`
const textOf = (rows: readonly Bill[]) => [heading, ...rows.toReversed().map(lineOf), ''].join('\n')
const importing = (text: string, more: Partial<Parameters<typeof importBills>[0]> = {}) =>
  importBills({
    book,
    account,
    file: fileOf(text),
    quarter,
    clock,
    holder: 'import',
    signal: undefined,
    onWaiting: () => undefined,
    ...more,
  })
const stored = async () => (await collect(book.movements({ account: 'okx', order: 'oldest-first' }))).map(({ id }) => Number(id))
const provenSpans = async () => (await book.proven('okx', 'bills')).map(({ from, to }) => [isoInstant(from), isoInstant(to)])
const whole = [['2025-07-01T00:00:00.000Z', '2025-10-01T00:00:00.000Z']]

describe('the import of a quarter', () => {
  test('stores every bill, and proves the quarter by the file, its hash and who said what it is of', async () => {
    const outcome = await importing(textOf(bills))
    expect(outcome).toMatchObject({ added: hours, known: 0, findings: [] })
    expect(await stored()).toEqual(bills.map(({ id }) => id))
    expect(await provenSpans()).toEqual(whole)
    const [proof] = await book.coverage('okx', 'bills')
    expect(proof?.provenBy).toBe(
      `file bills.csv of OKX bills-history-archive, SHA-256 ${outcome.sha256}, of 2025-Q3 as stated by who imported it`,
    )
    expect(outcome.sha256).toMatch(/^[0-9a-f]{64}$/)
    const [first] = await collect(book.movements({ account: 'okx', order: 'oldest-first', limit: 1 }))
    expect(first).toMatchObject({ kind: '7/9', wallet: 'cash', detail: 'instType=MARGIN mgnMode=cross', interest: decimal('1') })
  })

  test('a second time changes nothing', async () => {
    await importing(textOf(bills))
    const coverage = await book.coverage('okx', 'bills')
    expect(await importing(textOf(bills))).toMatchObject({ added: 0, known: hours, findings: [], proven: [quarter.utc] })
    expect(await stored()).toHaveLength(hours)
    expect(await book.coverage('okx', 'bills')).toEqual(coverage)
  })

  test('proves only what both calendars share where no row tells which it was cut by', async () => {
    await importing(textOf(bills.slice(0, 100)))
    expect(await provenSpans()).toEqual([['2025-07-01T00:00:00.000Z', '2025-09-30T16:00:00.000Z']])
  })

  test('stores nothing at all where one line is wrong, a bill is told twice, or there is none', async () => {
    const text = textOf(bills)
    for (const [broken, reason] of [
      [`${text}MARGIN,7,9,yesterday,-1,0,-1,0,USDT,cross,,,-1\n`, `line ${hours + 2}: "yesterday"`],
      [`${text}${lineOf(bills[50]!)}\n`, 'tells the bill "1050" twice'],
      [`${heading}\n`, 'has no rows'],
      [textOf([{ ...bills[0]!, id: 1, at: quarter.utc.from - 1 }, ...bills]), 'has rows before 2025-Q3 begins in UTC'],
    ] as const) {
      await expect(importing(broken)).rejects.toThrow(reason)
      expect(await stored()).toEqual([])
      expect(await provenSpans()).toEqual([])
    }
  })

  test('is of an OKX account only', async () => {
    await expect(importing(textOf(bills), { account: { ...account, exchange: 'binance' } })).rejects.toThrow(
      'account "okx" is one of binance, and the file is one of okx',
    )
  })
})

describe('what contradicts is told, and takes its proof', () => {
  test('a balance that does not follow takes the part between', async () => {
    const { findings, proven } = await importing(textOf(bills.filter(({ id }) => id !== 1_050)))
    expect(findings).toEqual([
      expect.stringContaining('its balance is -52, but -50 of 2025-07-03T01:00:00.000Z and a change of -1 make -51'),
    ])
    expect(proven).toEqual([interval(quarter.utc.from, bills[49]!.at), interval(bills[51]!.at + 1, quarter.utc.to)])
    expect(await book.findings({})).toMatchObject([{ kind: 'witness', stream: 'bills' }])
    // Why it does not prove all of its quarter is said each time, and kept once.
    expect(await importing(textOf(bills.filter(({ id }) => id !== 1_050)))).toMatchObject({ added: 0, findings, proven })
    expect(await book.findings({})).toHaveLength(1)
  })

  test('a balance that does not follow from what was proven before the quarter, or into what was proven after it', async () => {
    const around = (at: number, id: string, after: string) => ({
      account: 'okx',
      at,
      stream: 'bills' as const,
      id,
      asset: 'USDT',
      wallet: 'cash' as const,
      kind: '7/9',
      amount: decimal('-1'),
      balanceAfter: decimal(after),
      detail: '',
      receivedAt: now,
    })
    const before = around(quarter.utc.from - hourMs, '1', '5')
    const after = around(quarter.utc.to, '9999', `-${hours + 3}`)
    const proof = { account: 'okx', stream: 'bills' as const, provenBy: 'test', provenAt: now }
    await book.recordMovements(
      'okx',
      'bills',
      [before, after],
      [
        { ...proof, from: quarter.utc.from - dayMs, to: quarter.utc.from },
        { ...proof, from: quarter.utc.to, to: quarter.utc.to + dayMs },
      ],
    )
    const { findings } = await importing(textOf(bills))
    expect(findings).toHaveLength(2)
    expect(await provenSpans()).toEqual([
      [isoInstant(quarter.utc.from - dayMs), isoInstant(before.at)],
      [isoInstant(quarter.utc.from + 1), isoInstant(quarter.utc.to - hourMs)],
      [isoInstant(quarter.utc.to + 1), isoInstant(quarter.utc.to + dayMs)],
    ])
  })

  test('a balance that does not follow into one of weeks after the file, where all between is proven', async () => {
    const at = quarter.utc.to + 45 * dayMs
    const bill = { account: 'okx', at, stream: 'bills' as const, id: '9999', asset: 'USDT', wallet: 'cash' as const, kind: '7/9' }
    await book.recordMovements(
      'okx',
      'bills',
      [{ ...bill, amount: decimal('-1'), balanceAfter: decimal(`-${hours + 3}`), detail: '', receivedAt: now }],
      [{ account: 'okx', stream: 'bills', provenBy: 'test', provenAt: now, from: quarter.utc.to, to: at + dayMs }],
    )
    const { findings } = await importing(textOf(bills))
    expect(findings).toHaveLength(1)
    expect(await provenSpans()).toEqual([
      [isoInstant(quarter.utc.from), isoInstant(quarter.utc.to - hourMs)],
      [isoInstant(at + 1), isoInstant(at + dayMs)],
    ])
  })

  test('a bill that was there in other words stays as it was', async () => {
    await importing(textOf(bills))
    const { findings, added } = await importing(textOf(bills.map((bill) => (bill.id === 1_007 ? { ...bill, subType: '14' } : bill))))
    expect(added).toBe(0)
    expect(findings).toEqual([expect.stringContaining('kind was 7/9 and came as 7/14')])
    expect((await collect(book.movements({ account: 'okx' }))).find(({ id }) => id === '1007')?.kind).toBe('7/9')
  })

  test('what the file has no column for contradicts nothing, whichever told the bill first; what it has does', async () => {
    const first = bills[0]!
    const movement = (id: string, kind: string) => ({
      account: 'okx',
      at: first.at,
      stream: 'bills' as const,
      id,
      asset: 'USDT',
      wallet: 'cash' as const,
      kind,
      amount: decimal('-1'),
      balanceAfter: decimal('-1'),
      detail: 'instType=MARGIN mgnMode=cross from=6 to=18 notes=by hand, from=me',
      receivedAt: now,
    })
    await book.recordMovements('okx', 'bills', [movement('1', '30/318')], [])
    const told = (subType: string, id = 1) => importing(textOf([{ ...first, id, subType }]))
    expect((await told('318')).findings).toEqual([])
    expect((await told('319')).findings).toEqual([expect.stringContaining(': kind was /318 and came as /319')])
    await book.removeAccount('okx')
    await book.addAccount(account)
    await told('318')
    const { known, changed } = await book.recordMovements('okx', 'bills', [movement('1', '30/318')], [])
    expect([known, changed]).toEqual([1, []])
    const other = { ...movement('1', '30/318'), detail: 'instType=MARGIN mgnMode=isolated from=6' }
    expect((await book.recordMovements('okx', 'bills', [other], [])).changed).toEqual([
      expect.stringContaining('detail was instType=MARGIN mgnMode=cross and came as instType=MARGIN mgnMode=isolated'),
    ])
  })

  test.each([
    ['instant', { at: bills[7]!.at + secondMs }],
    ['asset', { asset: 'USDC' }],
  ])('a bill that came with another %s is not stored a second time', async (_, change) => {
    await importing(textOf(bills))
    const { findings } = await importing(textOf(bills.map((bill) => (bill.id === 1_007 ? { ...bill, ...change } : bill))))
    expect(findings).toEqual([expect.stringMatching(/bills 1007 USDT .*: was of USDT .* and came as of /)])
    expect(await stored()).toEqual(bills.map(({ id }) => id))
    expect((await book.findings({})).map(({ kind }) => kind)).toEqual(['changed'])
  })

  test('a file that lacks a bill which was shown proves nothing, and stores what it has', async () => {
    const asset = 'BTC'
    const alone: Bill = { id: 5, at: quarter.utc.from + 5, change: '2', after: '2', subType: '11', asset }
    await importing(textOf([...bills.slice(0, 10), alone]))
    await book.withdrawProof('okx', 'bills', quarter.utc)
    const { added, proven, findings } = await importing(textOf(bills))
    expect(findings).toEqual([
      expect.stringContaining('bills 5 BTC 2025-07-01T00:00:00.005Z: was there, and is missing in the file bills.csv'),
    ])
    expect([added, proven, await provenSpans()]).toEqual([hours - 10, [], []])
  })

  test('a file that has hardly any of the bills that are proven of its time is of another account, and nothing of it is stored', async () => {
    await importing(textOf(bills))
    const others = bills.map((bill) => ({ ...bill, id: bill.id + 1_000_000 }))
    await expect(importing(textOf(others))).rejects.toMatchObject({ code: 'import.other-account', values: { proven: hours, shared: 0 } })
    // A file of which most is gone is told the same way.
    await expect(importing(textOf(bills.slice(0, 200)))).rejects.toMatchObject({ code: 'import.other-account', values: { shared: 200 } })
    expect(await stored()).toEqual(bills.map(({ id }) => id))
    expect(await provenSpans()).toEqual(whole)
    expect(await book.findings({})).toEqual([])
  })

  test('a file that changes while it is read proves nothing', async () => {
    let reads = 0
    const [first, second] = [fileOf(textOf(bills)), fileOf(textOf(bills.slice(1)))]
    const file = { name: 'bills.csv', read: () => (reads++ === 0 ? first : second).read() }
    await expect(importing('', { file })).rejects.toThrow('changed while it was imported')
    expect(await provenSpans()).toEqual([])
  })
})

describe('beside a sync', () => {
  test('waits for whoever holds the account, says so once, and gives the account back', async () => {
    await book.takeLease({ account: 'okx', holder: 'a sync', until: now + leaseMs }, now)
    const waited: SyncLease[] = []
    const done = importing(textOf(bills), { onWaiting: (lease) => waited.push(lease) })
    for (let step = 0; step < 10; step++) await new Promise((resume) => setImmediate(resume))
    expect(await stored()).toEqual([])
    await book.dropLease('okx', 'a sync')
    await clock.advanceBy(5 * secondMs)
    expect(await done).toMatchObject({ added: hours })
    expect(waited.map(({ holder }) => holder)).toEqual(['a sync'])
    expect(await book.takeLease({ account: 'okx', holder: 'next', until: now + leaseMs }, clock.now())).toMatchObject({ holder: 'next' })
  })

  test('stopped between its batches keeps what is stored, and proves nothing of it', async () => {
    const stop = new AbortController()
    const recording: Book = {
      ...book,
      recordMovements: async (...args) => {
        const outcome = await book.recordMovements(...args)
        stop.abort()
        return outcome
      },
    }
    await expect(importing(textOf(bills), { book: recording, signal: stop.signal })).rejects.toThrow()
    const kept = (await stored()).length
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(hours)
    expect(await provenSpans()).toEqual([])
    await importing(textOf(bills))
    expect(await provenSpans()).toEqual(whole)
  })
})
