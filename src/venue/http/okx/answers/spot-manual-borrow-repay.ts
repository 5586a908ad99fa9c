import { absolute } from '../../../../decimal/arithmetic.ts'
import { zero } from '../../../../decimal/decimal.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { commanded } from '../engine-refusal.ts'
import { printed } from './printed.ts'
import { spotDebtChange } from './spot-debt.ts'

/** `POST /api/v5/account/spot-manual-borrow-repay` (facts B5): `amt` is what was really borrowed or repaid. */
export const answerSpotManualBorrowRepay: OkxAnswerOf<'spotManualBorrowRepay'> = ({ engine, account, values, now }) => {
  const { ccy, side, amt } = values
  const borrows = side === 'borrow'
  const command = { kind: borrows ? 'borrow-spot' : 'repay-spot', account, asset: ccy, amount: amt } as const
  const error = commanded(engine, command, ccy, now)
  if (error !== undefined) return { kind: 'error', error }
  const [done] = engine.movements({ account, asset: ccy, causes: [borrows ? 'borrow' : 'repay-loan'], from: now, limit: 1 })
  const change = done === undefined ? undefined : spotDebtChange(done)
  return { kind: 'data', data: [{ ccy, side, amt: printed(absolute(change?.delta ?? zero)) }] }
}
