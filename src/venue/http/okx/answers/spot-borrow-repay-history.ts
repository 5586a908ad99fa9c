import { okxErrors } from '../../../../contracts/okx/errors.ts'
import { absolute } from '../../../../decimal/arithmetic.ts'
import type { Movement, MovementCause } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { printed } from './printed.ts'
import { spotDebtChange } from './spot-debt.ts'

const causes: readonly MovementCause[] = ['borrow', 'repay-loan', 'auto-repay', 'forced-repayment']

/** The word of the document; what the exchange repays by force is no act of the user's. */
function eventTypeOf({ cause }: Movement): string {
  if (cause === 'borrow') return 'manual_borrow'
  return cause === 'repay-loan' ? 'manual_repay' : 'auto_repay'
}

/**
 * `GET /api/v5/account/spot-borrow-repay-history` (facts B5): newest first, and here, in contrast to the other histories,
 * the rows at both cursors are included. Isolated positions and VIP loans are no part of it.
 */
export const answerSpotBorrowRepayHistory: OkxAnswerOf<'spotBorrowRepayHistory'> = ({ engine, account, values, behaviour }) => {
  const { after, before, limit, ccy, type } = values
  if (after !== undefined && before !== undefined && behaviour.okxBothCursors === 'reject') {
    return { kind: 'error', error: okxErrors.notTogether('after', 'before') }
  }
  const rows = engine
    .movements({ account, asset: ccy, causes, from: before, to: after })
    .flatMap(rowsOf)
    .filter((row) => type === undefined || row.type === type)
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  return { kind: 'data', data: nearest ? rows.slice(-limit) : rows.slice(0, limit) }
}

function rowsOf(movement: Movement) {
  const change = spotDebtChange(movement)
  if (change === undefined) return []
  const { asset, at } = movement
  const accBorrowed = printed(absolute(change.after))
  return [{ accBorrowed, amt: printed(absolute(change.delta)), ccy: asset, ts: at, type: eventTypeOf(movement) }]
}
