import { type AnswerOf, refuse, reply } from '../answer.ts'
import { carryOut } from './command-refusal.ts'

/** `GET /sapi/v1/portfolio/delta-mode`: for every Portfolio Margin account (change log of 2026-01-09). */
export const answerProDeltaMode: AnswerOf<'proDeltaMode'> = ({ engine, account }) =>
  reply({ deltaEnabled: engine.settingsOf(account).deltaMode })

/** `POST /sapi/v1/portfolio/delta-mode`. */
export const answerProChangeDeltaMode: AnswerOf<'proChangeDeltaMode'> = (question) => {
  const { account, values } = question
  const refusal = carryOut(question, { kind: 'set-delta-mode', account, on: values.deltaEnabled })
  return refusal === undefined ? reply({ msg: 'success' }) : refuse(refusal)
}
