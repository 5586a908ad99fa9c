import type { OkxAnswerOf } from '../answer.ts'

/** `POST /api/v5/account/set-auto-loan` (facts B5). */
export const answerSetAutoLoan: OkxAnswerOf<'setAutoLoan'> = ({ engine, account, values: { autoLoan }, now }) => {
  engine.apply({ kind: 'set-auto-borrow', account, on: autoLoan }, { at: now })
  return { kind: 'data', data: [{ autoLoan }] }
}
