import type { Charge, CoverageSpan } from '../../src/book/record.ts'
import { decimalOf } from '../../src/decimal/decimal.ts'
import { hourMs } from '../../src/time/units.ts'

export const chargesPerBatch = 60

/** The hours of a batch; half of them are those of the batch before it. */
export function batchSpan(number: number): CoverageSpan {
  const from = (number * chargesPerBatch * hourMs) / 2
  return { account: 'main', stream: 'interest', from, to: from + chargesPerBatch * hourMs, provenBy: `batch ${number}`, provenAt: 1 }
}

/** The same charges whoever asks, one an hour. */
export function batchCharges(number: number): readonly Charge[] {
  const { from } = batchSpan(number)
  return Array.from({ length: chargesPerBatch }, (_, hour) => ({
    account: 'main',
    asset: 'USDT',
    instId: '',
    marginMode: 'cross',
    loanType: '2',
    at: from + hour * hourMs,
    principal: decimalOf(97n),
    rate: decimalOf(40_833_333_333n, 16),
    interest: decimalOf(BigInt(from / hourMs + hour), 4),
    receivedAt: 1,
  }))
}
