import type { OkxAnswerOf } from '../answer.ts'

/** `POST /api/v5/account/set-auto-repay` (facts B5). */
export const answerSetAutoRepay: OkxAnswerOf<'setAutoRepay'> = ({ engine, account, values: { autoRepay }, now }) => {
  engine.apply({ kind: 'set-auto-repay', account, on: autoRepay }, { at: now })
  return { kind: 'data', data: [{ autoRepay }] }
}
