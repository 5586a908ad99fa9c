import type { Book } from '../src/book/book-interface.ts'
import type { Charge, CoverageSpan, MarginCharge, Movement, PublishedRate, Stream } from '../src/book/record.ts'
import { type Decimal, decimalOf } from '../src/decimal/decimal.ts'
import { dayMs, hourMs } from '../src/time/units.ts'

const assets = Array.from({ length: 20 }, (_, index) => `COIN${index}`)
const begin = 1_500_000_000_000 - (1_500_000_000_000 % dayMs)
const daysPerBatch = 10
/** A loan is made now and then, so that what is borrowed is not the same for ever. */
const daysPerLoan = 30
const lent = decimalOf(1_234_567_890n, 8)

/**
 * Fills a book with the charges of one Binance account: of each asset 24 hours of a margin loan and one daily charge on a
 * negative balance, which margin interest history tells a second time as a `PORTFOLIO` row. Rates are published every day.
 *
 * @param marginCharges rows of margin interest history, about
 */
export async function fillBinanceBook(book: Book, marginCharges: number): Promise<void> {
  await book.addAccount({ label: 'main', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
  const days = Math.ceil(marginCharges / (assets.length * 25))
  const zero = decimalOf(0n, 8)
  await book.recordBalances(
    'main',
    assets.map((asset) => {
      const takenAt = begin
      return {
        account: 'main',
        asset,
        takenAt,
        total: zero,
        owed: zero,
        free: zero,
        um: zero,
        cm: zero,
        interest: zero,
        updatedAt: takenAt,
      }
    }),
  )
  for (let day = 0; day < days; day += daysPerBatch) {
    const rows = { charges: [] as Charge[], margin: [] as MarginCharge[], loans: [] as Movement[], rates: [] as PublishedRate[] }
    for (let next = day; next < Math.min(day + daysPerBatch, days); next++) {
      for (const [index, asset] of assets.entries()) fillDay(rows, asset, index, next)
    }
    await record(book, rows, begin + day * dayMs, begin + Math.min(day + daysPerBatch, days) * dayMs)
  }
}

interface Rows {
  readonly charges: Charge[]
  readonly margin: MarginCharge[]
  readonly loans: Movement[]
  readonly rates: PublishedRate[]
}

function fillDay({ charges, margin, loans, rates }: Rows, asset: string, index: number, day: number): void {
  const at = begin + day * dayMs
  const receivedAt = at
  const common = { account: 'main', asset, receivedAt }
  const rate = decimalOf(98_000n + BigInt((day * 7_919 + index * 31) % 9_973), 9)
  rates.push({ ...common, at: at - 1, source: 'margin-interest-rate-history', rate, per: 'day', vipLevel: 0 })
  if (day % daysPerLoan === 0) {
    loans.push({
      ...common,
      at: at - 1,
      stream: 'margin-loans',
      id: `${day}-${index}`,
      wallet: 'margin',
      kind: 'LOAN',
      amount: lent,
      detail: '',
    })
  }
  const borrowed = decimalOf(lent.mantissa * BigInt(Math.floor(day / daysPerLoan) + 1), lent.scale)
  for (let hour = 0; hour < 24; hour++) {
    const txId = `${1_670_000_000_000_000_000n + BigInt(((day * 24 + hour) * assets.length + index) * 7)}`
    const row = { ...common, at: at + hour * hourMs, txId, rawAsset: asset, principal: borrowed, rate }
    margin.push({ ...row, type: 'PERIODIC', interest: interestOf(borrowed, rate, 24n) })
  }
  const principal = decimalOf(210_000_000_000n + BigInt(index) * 987_654_321n + BigInt(day) * 1_234_567n, 8)
  const interest = interestOf(principal, rate, 1n)
  charges.push({ ...common, instId: '', marginMode: '', loanType: '', at, principal, rate, interest })
  margin.push({
    ...common,
    at,
    txId: `${2_670_000_000_000_000_000n + BigInt(day * assets.length + index)}`,
    rawAsset: asset,
    type: 'PORTFOLIO',
    principal,
    rate,
    interest,
  })
}

/** Rounded down to the digits of the ledger. */
function interestOf(principal: Decimal, rate: Decimal, periods: bigint): Decimal {
  const scale = principal.scale + rate.scale
  return decimalOf((principal.mantissa * rate.mantissa) / (periods * 10n ** BigInt(scale - 8)), 8)
}

async function record(book: Book, { charges, margin, loans, rates }: Rows, from: number, to: number): Promise<void> {
  const proofs = (stream: Stream): CoverageSpan[] => [{ account: 'main', stream, from: from - 1, to, provenBy: 'GET /x', provenAt: 1 }]
  await book.recordCharges('main', charges, proofs('interest'))
  await book.recordMarginCharges('main', margin, proofs('margin-interest'))
  for (const asset of assets) {
    const own = loans.filter((loan) => loan.asset === asset)
    await book.recordMovements('main', `margin-loans:${asset}`, own, proofs(`margin-loans:${asset}`))
    await book.recordMovements('main', `margin-repayments:${asset}`, [], proofs(`margin-repayments:${asset}`))
    await book.recordRates(
      'main',
      rates.filter((one) => one.asset === asset),
      proofs(`rates:${asset}`),
    )
  }
}
