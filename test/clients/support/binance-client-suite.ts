import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isNegative, isZero, subtract } from '../../../src/decimal/arithmetic.ts'
import { decimal, zero } from '../../../src/decimal/decimal.ts'
import { dayMs } from '../../../src/time/units.ts'
import type { AccountAccess, KeyAccess } from '../../../src/venue/account-access.ts'
import type { KeyKind } from '../../../src/venue/engine/command.ts'
import { balanceRowOf, exchangeRowOf, interestRowOf, movedFields, repaidRowOf, singleBalanceRowOf } from './binance-truth.ts'
import { comparable, comparableRows, first, listOf, plain, plainDecimal, whileNothingMoves } from './comparable.ts'
import { type LoopbackWatch, watchLoopback } from './loopback-watch.ts'
import {
  binanceTruth,
  firstAccount,
  keyOf,
  readOnlyBinanceKey,
  smallBinanceKey,
  smallVenue,
  type VenueOnAPort,
  venueOnAPort,
} from './venue-on-a-port.ts'

interface Span {
  readonly startTime: number
  readonly endTime: number
}

/** One client as somebody would use it; each function gives what the client hands over, untouched. */
export interface BinanceClientInUse {
  ping(): Promise<unknown>
  balances(): Promise<unknown>
  balance(asset: string): Promise<unknown>
  interest(query: Span & { readonly asset: string; readonly size: number }): Promise<unknown>
  exchanges(query: Span): Promise<unknown>
  repay(): Promise<unknown>
}

/** An error as the exchange words it. */
export interface WordedError {
  readonly status: 400 | 401
  readonly code: number
  readonly msg: string
}

export interface BinanceClientKind {
  readonly name: string
  connect(url: string, key: Pick<KeyAccess, 'apiKey' | 'secret' | 'signing'>): BinanceClientInUse
  /** What must be found on the error the client throws for this answer of the exchange. */
  surfaceOf(error: WordedError): object
}

const signings: readonly KeyKind[] = ['hmac', 'rsa', 'ed25519']
const wrongSignature: WordedError = { status: 400, code: -1022, msg: 'Signature for this request is not valid.' }
const notAllowed: WordedError = {
  status: 401,
  code: -2015,
  msg: 'Invalid API-key, IP, or permissions for action, request ip: 127.0.0.1',
}

/** What every npm client of Binance Portfolio Margin must be able to do with the venue. */
export function describeBinanceClient(kind: BinanceClientKind): void {
  describe(`${kind.name} against the venue`, () => {
    let watch: LoopbackWatch
    let port: VenueOnAPort
    let access: AccountAccess

    beforeAll(async () => {
      watch = watchLoopback()
      port = await venueOnAPort()
      access = firstAccount(port.venue, 'binance')
    })

    afterAll(async () => {
      await port.close()
      watch.stop()
      // Whatever order the tests came in, they have reached for nothing but this machine.
      expect(watch.addresses().length).toBeGreaterThan(0)
      expect(watch.outside()).toEqual([])
    })

    const connected = (signing: KeyKind) => kind.connect(port.url, keyOf(access, signing))
    const held = () => binanceTruth(port.venue, access.label).balances

    describe.each(signings)('with a key of kind %s', (signing) => {
      test('pings', async () => {
        expect(await connected(signing).ping()).toEqual({})
      })

      test('reads the balances that the venue holds', async () => {
        const client = connected(signing)
        const rows = await whileNothingMoves(held, () => client.balances())
        expect(held().length).toBeGreaterThanOrEqual(4)
        expect(comparableRows(listOf(rows))).toEqual(held().map(balanceRowOf))
        for (const { asset } of held()) {
          const row = await whileNothingMoves(held, () => client.balance(asset))
          expect(comparable(row)).toEqual(
            held()
              .filter((balance) => balance.asset === asset)
              .map(singleBalanceRowOf)[0],
          )
        }
      })

      test('reads a month of interest as the venue has charged it, row by row', async () => {
        const client = connected(signing)
        // Ends a day ago, so that no charge of a midnight passing meanwhile falls into it.
        const endTime = port.venue.clock.now() - dayMs
        const span = { startTime: endTime - 29 * dayMs, endTime }
        const charges = binanceTruth(port.venue, access.label).charges.filter(({ at }) => at >= span.startTime && at <= span.endTime)
        expect(charges.length).toBeGreaterThan(20)
        for (const asset of new Set(charges.map((charge) => charge.asset))) {
          const rows = await client.interest({ asset, ...span, size: 100 })
          const expected = charges.filter((charge) => charge.asset === asset).sort((left, right) => right.at - left.at)
          expect(comparableRows(listOf(rows))).toEqual(expected.map(interestRowOf))
        }
      })

      test('reads the auto-exchange runs of the last 80 days', async () => {
        const endTime = port.venue.clock.now()
        const span = { startTime: endTime - 80 * dayMs, endTime }
        const runs = binanceTruth(port.venue, access.label)
          .exchangeRuns.filter(({ from }) => from >= span.startTime)
          .sort((left, right) => right.from - left.from)
        const reply = (await connected(signing).exchanges(span)) as { total: unknown; rows: readonly { details: readonly unknown[] }[] }
        expect(plain(reply.total)).toBe(String(runs.length))
        const rows = reply.rows.map(({ details, ...times }) => ({ ...comparable(times), details: comparableRows(details) }))
        expect(rows).toEqual(runs.map(exchangeRowOf))
      })

      test('repays, and the wallets have moved as the document says', async () => {
        port.venue.engine.apply({
          kind: 'book',
          account: access.label,
          wallet: 'um',
          asset: 'USDT',
          amount: decimal('-33.00000001'),
          reason: 'funding',
        })
        const client = connected(signing)
        const before = held()
        expect(before.filter(({ um, cm }) => isNegative(um) || isNegative(cm)).map(({ asset }) => asset)).toContain('USDT')
        expect(await client.repay()).toEqual({ msg: 'success' })
        const expected = before.map(repaidRowOf)
        expect(comparableRows(listOf(await client.balances()), movedFields)).toEqual(expected)
        expect(expected.find((row) => row['asset'] === 'USDT')?.['umWalletBalance']).toBe('0')
      })

      test('is told that its secret is wrong', async () => {
        const key = { ...keyOf(access, signing), secret: anotherSecret(signing) }
        await expect(kind.connect(port.url, key).balances()).rejects.toMatchObject(kind.surfaceOf(wrongSignature))
      })

      test('is told that its key is unknown', async () => {
        const key = { ...keyOf(access, signing), apiKey: 'Unknown'.padEnd(64, 'x') }
        await expect(kind.connect(port.url, key).balances()).rejects.toMatchObject(kind.surfaceOf(notAllowed))
      })
    })

    test('repays a coin-margined wallet of another account, and not what its cross margin cannot cover', async () => {
      const other = port.venue.accounts.find(({ exchange, label }) => exchange === 'binance' && label !== access.label)
      if (other === undefined) throw new Error('the scenario has one Binance account only')
      // The walk of the scenario may stand above zero just now, and Auto Repay has covered what it could.
      const btc = { account: other.label, asset: 'BTC' } as const
      port.venue.engine.apply({ kind: 'book', ...btc, wallet: 'cm', amount: decimal('-0.5'), reason: 'profit-or-loss' })
      port.venue.engine.apply({ kind: 'deposit', ...btc, amount: decimal('0.125') })
      // Whatever its history and Auto Repay have left there, it now owes BTC.
      const held = binanceTruth(port.venue, other.label).balances.find(({ asset }) => asset === 'BTC')?.cm ?? zero
      const amount = subtract(decimal('-0.0125'), held)
      port.venue.apply({ kind: 'book', account: other.label, wallet: 'cm', asset: 'BTC', amount, reason: 'profit-or-loss' })
      const before = binanceTruth(port.venue, other.label).balances
      const covered = before.filter(({ cm, crossFree }) => isNegative(cm) && !isZero(crossFree))
      const uncovered = before.filter(({ um, crossFree }) => isNegative(um) && isZero(crossFree))
      expect([covered.length > 0, uncovered.length > 0]).toEqual([true, true])
      const client = kind.connect(port.url, keyOf(other, 'hmac'))
      expect(await client.repay()).toEqual({ msg: 'success' })
      expect(comparableRows(listOf(await client.balances()), movedFields)).toEqual(before.map(repaidRowOf))
    })

    test('is told that its key has not even the form of one', async () => {
      const client = kind.connect(port.url, { ...keyOf(access, 'hmac'), apiKey: 'short' })
      const malformed: WordedError = { status: 401, code: -2014, msg: 'API-key format invalid.' }
      await expect(client.balances()).rejects.toMatchObject(kind.surfaceOf(malformed))
    })
  })

  describe(`${kind.name} whose clock or permission is wrong`, () => {
    test('is told that a timestamp of a minute ago is too old', async () => {
      const port = await smallVenue({ aheadMs: 60_000 })
      const stale: WordedError = { status: 400, code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' }
      await expect(kind.connect(port.url, smallBinanceKey).balances()).rejects.toMatchObject(kind.surfaceOf(stale))
      await port.close()
    })

    test('is told that a timestamp of the future is too early, and does not repay', async () => {
      const port = await smallVenue({ aheadMs: -60_000 })
      const early: WordedError = {
        status: 400,
        code: -1021,
        msg: "Timestamp for this request was 1000ms ahead of the server's time.",
      }
      await expect(kind.connect(port.url, smallBinanceKey).repay()).rejects.toMatchObject(kind.surfaceOf(early))
      expect(plainDecimal(first(binanceTruth(port.venue, 'small-binance').balances).um)).toBe('-120.5')
      await port.close()
    })

    test('reads but does not repay with a key that may only read', async () => {
      const port = await smallVenue()
      const client = kind.connect(port.url, readOnlyBinanceKey)
      expect(comparableRows(listOf(await client.balances()), ['asset', 'umWalletBalance'])).toEqual([
        { asset: 'USDT', umWalletBalance: '-120.5' },
      ])
      await expect(client.repay()).rejects.toMatchObject(kind.surfaceOf(notAllowed))
      expect(plainDecimal(first(binanceTruth(port.venue, 'small-binance').balances).um)).toBe('-120.5')
      await port.close()
    })
  })
}

/** A secret of the same kind that is not the one the exchange knows. */
function anotherSecret(signing: KeyKind): string {
  switch (signing) {
    case 'hmac':
      return 'not-the-secret'.padEnd(64, '0')
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
}
