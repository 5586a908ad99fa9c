import { type AnswerOf, reply } from '../answer.ts'

/** `GET /api/v3/time`. */
export const answerServerTime: AnswerOf<'serverTime'> = ({ now }) => reply({ serverTime: now })
