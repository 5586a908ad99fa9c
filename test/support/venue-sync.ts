import type { Book } from '../../src/book/book-interface.ts'
import type { BookAccount, Charge, ExchangeRun } from '../../src/book/record.ts'
import { createBinanceClient } from '../../src/client/binance-client.ts'
import { createOkxClient } from '../../src/client/okx-client.ts'
import { divide, strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, toText } from '../../src/decimal/decimal.ts'
import { Secret } from '../../src/errors/secret.ts'
import type { SyncClient } from '../../src/sync/sync-client.ts'
import type { Clock } from '../../src/time/clock.ts'
import { hourMs } from '../../src/time/units.ts'
import type { Venue } from '../../src/venue/venue.ts'
import type { VenueTruth } from '../../src/venue/venue-truth.ts'
import { collect } from './charges.ts'

/**
 * A frozen venue's clock for its clients: whoever waits for a budget moves the venue on instead of waiting. Longer
 * waits are deadlines, which never come; nor do those that nobody waits for, such as that for a lease to be prolonged.
 */
export function leapingClock(venue: Venue): Clock {
  return {
    now: () => venue.clock.now(),
    wait: async (ms, signal, { background = false } = {}) => {
      if (ms >= hourMs || background)
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))
      const due = venue.clock.now() + ms
      await new Promise((resume) => setImmediate(resume))
      signal?.throwIfAborted()
      venue.clock.advanceTo(Math.max(due, venue.clock.now()))
    },
  }
}

/** The venue's accounts as a book knows them, with reading clients that need no port. */
export function venueMembers(
  venue: Venue,
  clock: Clock,
  fetch: (request: Request) => Promise<Response> = (request) => venue.fetch(request),
): readonly { readonly account: BookAccount; readonly client: SyncClient }[] {
  const baseUrl = 'http://127.0.0.1:1'
  const common = { baseUrl, clock, fetch, timeoutMs: 24 * hourMs }
  return venue.accounts.map(({ exchange, label, apiKey, apiSecret, passphrase = '' }) => {
    const secret = new Secret(apiSecret)
    const client =
      exchange === 'binance'
        ? createBinanceClient({ ...common, credentials: { apiKey, signing: 'hmac', secret } })
        : createOkxClient({ ...common, credentials: { apiKey, secret, passphrase: new Secret(passphrase) } })
    return { account: { label, exchange, baseUrl, addedAt: clock.now(), mayRepay: false }, client }
  })
}

/** A charge as one line; the key in front, so that lines sort and compare. */
function chargeLine(charge: Omit<Charge, 'receivedAt'>): string {
  const texts = [charge.principal, charge.rate, charge.interest, charge.totalLiability, charge.interestFreeLiability].map(shown)
  return [charge.at, charge.account, charge.asset, charge.instId, charge.marginMode, charge.loanType, ...texts].join(' ')
}

function runLine({ account, from, to, details }: Omit<ExchangeRun, 'receivedAt'>): string {
  const assets = details.map(
    ({ asset, negativeBalance, maximumThreshold }) => `${asset} ${shown(negativeBalance)} ${shown(maximumThreshold)}`,
  )
  return [from, account, to, ...assets].join(' ')
}

function shown(value: Decimal | null | undefined): string {
  if (value === undefined) return 'absent'
  return value === null ? 'empty' : toText(value)
}

/** Every charge and run in the book, sorted. */
export async function linesOfBook(book: Book): Promise<readonly string[]> {
  const charges = (await collect(book.charges({}))).map(chargeLine)
  const runs = (await collect(book.exchangeRuns({}))).map(runLine)
  return [...charges, ...runs].sort()
}

/** Every charge and run there really is, as the exchanges print them (documents 000, 001 and 002), sorted. */
export function linesOfTruth(truth: VenueTruth): readonly string[] {
  const lines: string[] = []
  for (const state of truth.accounts) {
    const { account } = state
    if (state.exchange === 'okx') {
      for (const charge of state.charges) {
        lines.push(
          chargeLine({
            ...charge,
            loanType: '2',
            principal: strip(charge.liability),
            rate: strip(divide(charge.rateDaily, decimal('24'), 16, 'down')),
            interest: strip(charge.interest),
            totalLiability: strip(charge.totalLiability),
            interestFreeLiability: strip(charge.interestFreeLiability),
          }),
        )
      }
      continue
    }
    for (const { asset, at, principal, rateDaily, interest } of state.charges) {
      const key = { account, asset, at, instId: '', marginMode: '', loanType: '' }
      lines.push(chargeLine({ ...key, principal: strip(principal), rate: strip(rateDaily), interest: strip(interest, 4) }))
    }
    for (const run of state.exchangeRuns) {
      const details = run.details.map((detail) => ({
        ...detail,
        negativeBalance: strip(detail.negativeBalance),
        maximumThreshold: strip(detail.maximumThreshold),
      }))
      lines.push(runLine({ ...run, details }))
    }
  }
  return lines.sort()
}
