import type { Book } from '../src/book/book-interface.ts'
import type { Charge } from '../src/book/record.ts'
import { decimalOf } from '../src/decimal/decimal.ts'
import { dayMs, hourMs } from '../src/time/units.ts'

/** One account whose whole history is filled in, newest page first, as a sync brings it. */
export interface FilledAccount {
  readonly label: string
  readonly exchange: 'binance' | 'okx'
  readonly series: readonly Pick<Charge, 'asset' | 'instId' | 'marginMode' | 'loanType'>[]
  /** How many boundaries of the exchange lie in the history: hours on OKX, days on Binance. */
  readonly boundaries: number
}

const newest = Date.UTC(2026, 5, 1)
/** What an exchange's page holds. */
const pageRows = 100
const years = 3

const okxSeries = [
  ...['USDT', 'BTC', 'ETH', 'USDC', 'SOL', 'XRP'].map((asset) => ({ asset, instId: '', marginMode: 'cross', loanType: '2' })),
  { asset: 'USDT', instId: 'BTC-USDT', marginMode: 'isolated', loanType: '2' },
  { asset: 'USDT', instId: 'ETH-USDT', marginMode: 'isolated', loanType: '2' },
]

const binanceAssets = ['USDT', 'BTC', 'ETH', 'BNB', 'SOL', 'XRP', 'ADA', 'DOGE', 'LINK', 'DOT', 'LTC', 'USDC', 'FDUSD', 'AVAX', 'TRX']
const binanceSeries = binanceAssets.map((asset) => ({ asset, instId: '', marginMode: '', loanType: '' }))

/** Two OKX accounts to five of Binance, each with up to three years; together about `charges`. */
export function filledAccounts(charges: number): readonly FilledAccount[] {
  const days = years * 365
  const ofOkx = okxSeries.length * days * 24
  const ofBinance = binanceSeries.length * days
  const groups = Math.max(1, Math.round(charges / (2 * ofOkx + 5 * ofBinance)))
  // Fewer than one group of whole years: the same accounts with a shorter past.
  const share = Math.min(1, charges / (2 * ofOkx + 5 * ofBinance))
  return Array.from({ length: groups }, (_, group) => {
    const number = String(group + 1).padStart(3, '0')
    const okx = ['carry', 'basis'].map(
      (name): FilledAccount => ({
        label: `okx-subaccount-${number}-${name}`,
        exchange: 'okx',
        series: okxSeries,
        boundaries: Math.round(days * 24 * share),
      }),
    )
    const binance = ['main', 'carry', 'grid', 'hedge', 'alts'].map(
      (name): FilledAccount => ({
        label: `binance-portfolio-${number}-${name}`,
        exchange: 'binance',
        series: binanceSeries,
        boundaries: Math.round(days * share),
      }),
    )
    return [...okx, ...binance]
  }).flat()
}

export function chargesOf({ series, boundaries }: FilledAccount): number {
  return series.length * boundaries
}

/** Where the history of an account begins and ends. */
export function spanOf({ exchange, boundaries }: FilledAccount): { readonly from: number; readonly to: number } {
  const everyMs = exchange === 'okx' ? hourMs : dayMs
  return { from: newest - (boundaries - 1) * everyMs, to: newest + 1 }
}

/** Charge number `place`, counted from the newest. */
function chargeAt({ label, exchange, series }: FilledAccount, place: number): Charge {
  const of = place % series.length
  const boundary = (place - of) / series.length
  const name = series[of] as FilledAccount['series'][number]
  const common = { account: label, ...name, at: newest - boundary * (exchange === 'okx' ? hourMs : dayMs), receivedAt: newest }
  if (exchange === 'binance') {
    return {
      ...common,
      principal: decimalOf(BigInt(45_331_300_000 + of * 7_919_000_000 + boundary * 131), 8),
      rate: decimalOf(BigInt(24_995 + ((boundary * 7) % 900)), 8),
      interest: decimalOf(BigInt(1_133_060 + ((place * 7_919) % 9_000_000)), 8),
    }
  }
  // What compounds has 16 decimals: beyond 922 units that is more than 64 bits hold.
  const units = name.asset === 'USDT' ? 21_000n : 12n
  const principal = decimalOf(units * 10n ** 16n + BigInt(((place * 7_919) % 9_000_000) * 1_000_003 + boundary), 16)
  return {
    ...common,
    principal,
    rate: decimalOf(BigInt(40_833_333_333 + ((boundary * 13) % 9_000_000_000)), 16),
    interest: decimalOf(BigInt(3_960_833_333_334 + ((place * 7_919) % 900_000_000_000)), 16),
    totalLiability: principal,
    interestFreeLiability: name.marginMode === 'cross' ? decimalOf(0n, 0) : null,
  }
}

/** Page after page, newest first, all accounts in turn as their budgets allow; each with the proof of its span. */
export async function fillAccounts(book: Book, accounts: readonly FilledAccount[]): Promise<void> {
  for (const { label, exchange } of accounts) {
    await book.addAccount({ label, exchange, baseUrl: 'http://127.0.0.1:1', addedAt: newest, mayRepay: false })
  }
  const pagesMax = Math.max(...accounts.map((account) => Math.ceil(chargesOf(account) / pageRows)))
  const provenFrom = new Map<string, number>()
  for (let page = 0; page < pagesMax; page++) {
    for (const account of accounts) {
      const first = page * pageRows
      const rows = Math.min(pageRows, chargesOf(account) - first)
      if (rows <= 0) continue
      const charges = Array.from({ length: rows }, (_, index) => chargeAt(account, first + index))
      const [from, to] = [(charges.at(-1) as Charge).at, (charges[0] as Charge).at]
      const provenBy =
        account.exchange === 'okx'
          ? `GET /api/v5/account/interest-accrued?type=2&after=${to}&limit=100`
          : `GET /papi/v1/portfolio/interest-history?startTime=${from}&endTime=${to}&size=100`
      // The oldest instant of a full page may go on in the next one.
      const span = { from: from + 1, to: provenFrom.get(account.label) ?? newest + 1 }
      provenFrom.set(account.label, span.from)
      const proof = { account: account.label, stream: 'interest', ...span, provenBy, provenAt: newest + page } as const
      await book.recordCharges(account.label, charges, [proof])
    }
  }
}
