import { bills } from '../../../../contracts/okx/bills.ts'
import { billsArchive } from '../../../../contracts/okx/bills-archive.ts'
import { okxErrors } from '../../../../contracts/okx/errors.ts'
import type { ValuesFor } from '../../../../contracts/request.ts'
import { dayMs } from '../../../../time/units.ts'
import type { Engine, OkxBillQuery } from '../../../engine/engine-interface.ts'
import type { OkxBill } from '../../../engine/record.ts'
import type { Question } from '../../question.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { billRowOf, productOf } from './bill-rows.ts'
import { billSubTypeOf, kindsOfType } from './bill-types.ts'

type BillValues = ValuesFor<typeof bills>

const partSize = 100
const yearMs = 365 * dayMs

/** `GET /api/v5/account/bills` (facts B5). */
export const answerBills: OkxAnswerOf<'bills'> = (question) => answer(question, bills.cursor?.retentionMs)

/** `GET /api/v5/account/bills-archive` (facts B5): the same rows, kept for longer. */
export const answerBillsArchive: OkxAnswerOf<'billsArchive'> = (question) =>
  answer(question, question.behaviour.okxBillsArchive === 'one-year' ? yearMs : billsArchive.cursor?.retentionMs)

/** Newest first, both cursors exclusive, `begin` and `end` inclusive. */
function answer({ engine, account, values, now, behaviour }: Question<BillValues>, retentionMs = Number.POSITIVE_INFINITY) {
  const { after, before, begin, end, limit, type } = values
  if (after !== undefined && before !== undefined && behaviour.okxBothCursors === 'reject') {
    return { kind: 'error', error: okxErrors.notTogether('after', 'before') } as const
  }
  const query: OkxBillQuery = {
    account,
    asset: values.ccy,
    instId: values.instId,
    marginMode: values.mgnMode,
    kinds: type === undefined ? undefined : kindsOfType(type),
    // The engine names its cursors by what lies on the other side of them.
    before: after,
    after: before,
    from: Math.max(begin ?? 0, now - retentionMs),
    to: end,
  }
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  const page = nearest
    ? firstMatches(engine, query, values, Number.POSITIVE_INFINITY).slice(-limit)
    : firstMatches(engine, query, values, limit)
  return { kind: 'data', data: page.map(billRowOf) } as const
}

/** What the engine does not filter by is left out here, part after part of its history, so that a page costs a page. */
function firstMatches(engine: Engine, query: OkxBillQuery, values: BillValues, limit: number): OkxBill[] {
  const found: OkxBill[] = []
  let { before } = query
  for (;;) {
    const part = engine.okxBills({ ...query, before, limit: partSize })
    for (const bill of part) {
      if (matches(bill, values)) found.push(bill)
      if (found.length >= limit) return found
    }
    if (part.length < partSize) return found
    before = part.at(-1)?.id
  }
}

function matches(bill: OkxBill, { subType, instType, ctType }: BillValues): boolean {
  const product = productOf(bill)
  if (instType !== undefined && instType !== product) return false
  // Which contracts the results come from is not modelled: they count as linear.
  if (ctType !== undefined && (ctType !== 'linear' || product !== 'SWAP')) return false
  return subType === undefined || subType === billSubTypeOf(bill)
}
