import type { Book } from '../src/book/book-interface.ts'
import type { Charge, Movement } from '../src/book/record.ts'
import { decimalOf, toText } from '../src/decimal/decimal.ts'
import { hourMs } from '../src/time/units.ts'

/** Half of the debts are isolated and compound by the digit; the others are cross, and charged on a balance that moves. */
const debts = Array.from({ length: 48 }, (_, index) => ({
  asset: index < 24 ? 'USDT' : `COIN${index}`,
  instId: index < 24 ? `PAIR${index}-USDT` : '',
  marginMode: index < 24 ? 'isolated' : 'cross',
  loanType: '2',
  liability: 12_345_678_901_234_567n + BigInt(index) * 987_654_321_987n,
}))
const rowsPerBatch = 48 * 100
const begin = 1_500_000_000_000 - (1_500_000_000_000 % hourMs)

/**
 * Fills a book with hourly charges of one OKX account: rates change every hour, and so does every liability.
 *
 * @param isBilled whether each charge has its bill, as where the account was synced all the time; default not
 */
export async function fillBook(book: Book, charges: number, isBilled = false): Promise<void> {
  await book.addAccount({ label: 'main', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
  const hours = Math.ceil(charges / debts.length)
  const liabilities = debts.map(({ liability }) => liability)
  for (let hour = 0; hour < hours; ) {
    const rows: Charge[] = []
    const bills: Movement[] = []
    const from = begin + hour * hourMs
    for (; rows.length < rowsPerBatch && hour < hours; hour++) {
      for (const [index, debt] of debts.entries()) {
        const liability = liabilities[index] ?? 0n
        const row = chargeOf(debt, begin + hour * hourMs, hour, liability)
        rows.push(row)
        liabilities[index] = liability + row.interest.mantissa
        if (isBilled) bills.push(billOf(row, index))
      }
    }
    const span = { account: 'main', from, to: begin + hour * hourMs, provenBy: 'GET /x', provenAt: 1 }
    await book.recordCharges('main', rows.reverse(), [{ ...span, stream: 'interest' }])
    if (bills.length > 0) await book.recordMovements('main', 'bills', bills, [{ ...span, stream: 'bills' }])
  }
}

function chargeOf({ asset, instId, marginMode, loanType }: (typeof debts)[number], at: number, hour: number, liability: bigint): Charge {
  const daily = 98_000_000n + BigInt((hour * 7_919 + asset.length * 31) % 9_973) * 1_000n
  const product = liability * daily
  const divisor = 24n * 10n ** 12n
  return {
    account: 'main',
    asset,
    instId,
    marginMode,
    loanType,
    at,
    principal: decimalOf(liability, 16),
    rate: decimalOf((daily * 10_000n) / 24n, 16),
    interest: decimalOf((product + divisor - 1n) / divisor, 16),
    receivedAt: at,
  }
}

/** As a sync keeps one: an isolated debt is a position, whose balance is told too. */
function billOf({ account, at, asset, instId, marginMode, interest, principal }: Charge, index: number): Movement {
  const owed = decimalOf(-principal.mantissa - interest.mantissa, 16)
  const change = decimalOf(-interest.mantissa, interest.scale)
  const isIsolated = instId !== ''
  const position = `instId=${instId} mgnMode=${marginMode} posBalChg=${toText(change)} posBal=${toText(owed)}`
  return {
    account,
    at,
    stream: 'bills',
    id: `${at}${index}`,
    asset,
    wallet: 'cash',
    kind: '7/9',
    amount: isIsolated ? decimalOf(0n) : change,
    balanceAfter: isIsolated ? decimalOf(0n) : owed,
    interest,
    detail: `instType=MARGIN ${isIsolated ? position : `mgnMode=${marginMode}`}`,
    receivedAt: at,
  }
}
