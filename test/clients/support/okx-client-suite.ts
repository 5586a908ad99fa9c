import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../../src/time/units.ts'
import type { AccountAccess, KeyAccess } from '../../../src/venue/account-access.ts'
import type { OkxCharge } from '../../../src/venue/engine/record.ts'
import { comparableRows, first, listOf, plain, whileNothingMoves } from './comparable.ts'
import { type LoopbackWatch, watchLoopback } from './loopback-watch.ts'
import { balanceFields, balanceRowOf, interestRowOf } from './okx-truth.ts'
import { firstAccount, keyOf, okxTruth, smallOkxKey, smallVenue, type VenueOnAPort, venueOnAPort } from './venue-on-a-port.ts'

export interface OkxInterestQuery {
  readonly ccy?: string
  readonly mgnMode?: 'cross' | 'isolated'
  readonly after?: string
  readonly before?: string
  readonly limit?: string
}

/** One client as somebody would use it; each function gives the `data` the client hands over, untouched. */
export interface OkxClientInUse {
  time(): Promise<unknown>
  balances(): Promise<unknown>
  balance(ccy: string): Promise<unknown>
  interest(query: OkxInterestQuery): Promise<unknown>
}

/** An error as the exchange words it. */
export interface WordedError {
  readonly code: string
  readonly msg: string
}

export interface OkxClientKind {
  readonly name: string
  connect(url: string, key: Pick<KeyAccess, 'apiKey' | 'secret' | 'passphrase'>): OkxClientInUse
  /** What the client throws for this answer of the exchange. */
  surfaceOf(error: WordedError): object
}

/** What every npm client of OKX must be able to do with the venue. */
export function describeOkxClient(kind: OkxClientKind): void {
  describe(`${kind.name} against the venue`, () => {
    let watch: LoopbackWatch
    let port: VenueOnAPort
    let access: AccountAccess
    let client: OkxClientInUse

    beforeAll(async () => {
      watch = watchLoopback()
      // The suite asks faster than OKX allows (5 calls in 2 seconds); who is turned away is not the question here.
      port = await venueOnAPort({ behaviour: { limits: 'counted' } })
      access = firstAccount(port.venue, 'okx')
      client = kind.connect(port.url, keyOf(access, 'hmac'))
    })

    afterAll(async () => {
      await port.close()
      watch.stop()
      // Whatever order the tests came in, they have reached for nothing but this machine.
      expect(watch.addresses().length).toBeGreaterThan(0)
      expect(watch.outside()).toEqual([])
    })

    /** Every charge older than a day: all of them are shown by now, and no hour that passes meanwhile adds one. */
    const settled = (wanted: (charge: OkxCharge) => boolean) => {
      const yesterday = port.venue.clock.now() - dayMs
      const charges = okxTruth(port.venue, access.label).charges.filter((charge) => charge.at < yesterday && wanted(charge))
      return { yesterday, charges: [...charges].sort(newestFirst) }
    }

    test('reads the venue time', async () => {
      const earliest = port.venue.clock.now()
      const [row] = listOf(await client.time())
      const shown = Number(row?.['ts'])
      expect(shown).toBeGreaterThanOrEqual(earliest)
      expect(shown).toBeLessThanOrEqual(port.venue.clock.now())
    })

    test('reads the balances that the venue holds', async () => {
      const held = () => okxTruth(port.venue, access.label).balances
      const detailsOf = (reply: unknown) => comparableRows(first(listOf(reply))['details'] as readonly unknown[], balanceFields)
      expect(held().length).toBeGreaterThanOrEqual(2)
      expect(detailsOf(await whileNothingMoves(held, () => client.balances()))).toEqual(held().map(balanceRowOf))
      for (const { asset } of held()) {
        const reply = await whileNothingMoves(held, () => client.balance(asset))
        expect(detailsOf(reply)).toEqual(
          held()
            .filter((balance) => balance.asset === asset)
            .map(balanceRowOf),
        )
      }
    })

    test('reads the hours of both margin modes as the venue has charged them, row by row', async () => {
      for (const mgnMode of ['cross', 'isolated'] as const) {
        const { yesterday, charges } = settled(({ marginMode }) => marginMode === mgnMode)
        const currencies = [...new Set(charges.map(({ asset }) => asset))]
        expect(currencies.length).toBeGreaterThan(0)
        for (const ccy of currencies) {
          const expected = charges.filter(({ asset }) => asset === ccy).slice(0, 100)
          const rows = await client.interest({ ccy, mgnMode, after: String(yesterday), limit: '100' })
          expect(comparableRows(listOf(rows))).toEqual(expected.map(interestRowOf))
        }
      }
    })

    test('walks on from the last row of a full page without losing or repeating an hour', async () => {
      const { yesterday, charges } = settled(({ marginMode }) => marginMode === 'cross')
      const ccy = first(charges).asset
      const expected = charges.filter(({ asset }) => asset === ccy).slice(0, 250)
      const read: Record<string, unknown>[] = []
      for (let after = String(yesterday); read.length < expected.length; after = String(read.at(-1)?.['ts'])) {
        const page = listOf(await client.interest({ ccy, mgnMode: 'cross', after, limit: '100' }))
        expect(page).toHaveLength(100)
        read.push(...page)
      }
      expect(comparableRows(read.slice(0, expected.length))).toEqual(expected.map(interestRowOf))
    })

    test('reads only what is newer than an exclusive `before`', async () => {
      const now = port.venue.clock.now()
      const rows = listOf(await client.interest({ before: String(now - 6 * hourMs) }))
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(Number(row['ts'])).toBeGreaterThan(now - 6 * hourMs)
    })

    test('is told that its secret is wrong', async () => {
      const wrong = kind.connect(port.url, { ...keyOf(access, 'hmac'), secret: 'B'.repeat(32) })
      await expect(wrong.interest({})).rejects.toMatchObject(kind.surfaceOf({ code: '50113', msg: 'Invalid Sign' }))
    })

    test('is told that its passphrase is wrong', async () => {
      const wrong = kind.connect(port.url, { ...keyOf(access, 'hmac'), passphrase: 'not the passphrase' })
      const surface = kind.surfaceOf({ code: '50105', msg: 'Request header OK-ACCESS-PASSPHRASE incorrect.' })
      await expect(wrong.interest({})).rejects.toMatchObject(surface)
    })

    test('is told that its key is unknown', async () => {
      const unknown = kind.connect(port.url, { ...keyOf(access, 'hmac'), apiKey: '00000000-0000-4000-8000-00000000dead' })
      await expect(unknown.balances()).rejects.toMatchObject(kind.surfaceOf({ code: '50119', msg: "API key doesn't exist" }))
    })

    test('is told which parameter is wrong, as an error and not as an empty list', async () => {
      const surface = kind.surfaceOf({ code: '51000', msg: 'Parameter limit error' })
      await expect(client.interest({ limit: '101' })).rejects.toMatchObject(surface)
    })
  })

  describe(`${kind.name} whose clock is wrong`, () => {
    test.each([60_000, -60_000])('is told that its timestamp has expired when the exchange is %i ms ahead of it', async (aheadMs) => {
      const port = await smallVenue({ aheadMs })
      const surface = kind.surfaceOf({ code: '50102', msg: 'Timestamp request expired' })
      await expect(kind.connect(port.url, smallOkxKey).balances()).rejects.toMatchObject(surface)
      await port.close()
    })

    test('is served when it is 20 seconds off', async () => {
      const port = await smallVenue({ aheadMs: 20_000 })
      const [account] = listOf(await kind.connect(port.url, smallOkxKey).balances())
      const details = account?.['details'] as readonly Record<string, unknown>[]
      expect(details.map(({ ccy, cashBal }) => [ccy, plain(cashBal)])).toEqual([['USDT', '1000']])
      await port.close()
    })
  })
}

/** Rows of one instant come in the order of their instrument. */
function newestFirst(left: OkxCharge, right: OkxCharge): number {
  return right.at - left.at || (left.instId < right.instId ? -1 : 1)
}
