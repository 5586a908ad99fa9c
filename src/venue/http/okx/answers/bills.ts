import { bills } from '../../../../contracts/okx/bills.ts'
import { billsArchive } from '../../../../contracts/okx/bills-archive.ts'
import { okxErrors } from '../../../../contracts/okx/errors.ts'
import type { ValuesFor } from '../../../../contracts/request.ts'
import type { OkxBill } from '../../../engine/record.ts'
import type { Question } from '../../question.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { billRowOf, productOf } from './bill-rows.ts'
import { billTypeOf } from './bill-types.ts'

type BillValues = ValuesFor<typeof bills>

/** `GET /api/v5/account/bills` (facts B5). */
export const answerBills: OkxAnswerOf<'bills'> = (question) => answer(question, bills.cursor?.retentionMs)

/** `GET /api/v5/account/bills-archive` (facts B5): the same rows, kept for longer. */
export const answerBillsArchive: OkxAnswerOf<'billsArchive'> = (question) => answer(question, billsArchive.cursor?.retentionMs)

/** Newest first, both cursors exclusive, `begin` and `end` inclusive. */
function answer({ engine, account, values, now, behaviour }: Question<BillValues>, retentionMs = Number.POSITIVE_INFINITY) {
  const { after, before, begin, end, limit } = values
  if (after !== undefined && before !== undefined && behaviour.okxBothCursors === 'reject') {
    return { kind: 'error', error: okxErrors.notTogether('after', 'before') } as const
  }
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  const query = {
    account,
    asset: values.ccy,
    instId: values.instId,
    marginMode: values.mgnMode,
    // The engine names its cursors by what lies on the other side of them.
    before: after,
    after: before,
    from: Math.max(begin ?? 0, now - retentionMs),
    to: end,
  }
  const filtered = values.type !== undefined || values.subType !== undefined || values.instType !== undefined || values.ctType !== undefined
  const found = engine.okxBills(filtered || nearest ? query : { ...query, limit }).filter((bill) => matches(bill, values))
  const page = nearest ? found.slice(-limit) : found.slice(0, limit)
  return { kind: 'data', data: page.map(billRowOf) } as const
}

function matches(bill: OkxBill, { type, subType, instType, ctType }: BillValues): boolean {
  const product = productOf(bill)
  if (instType !== undefined && instType !== product) return false
  // Which contracts the results come from is not modelled: they count as linear.
  if (ctType !== undefined && (ctType !== 'linear' || product !== 'SWAP')) return false
  const is = billTypeOf(bill)
  return (type === undefined || type === is.type) && (subType === undefined || subType === is.subType)
}
