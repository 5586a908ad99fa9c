import type { OkxAnswerOf } from '../answer.ts'

/** `GET /api/v5/public/time` (facts B1). */
export const answerPublicTime: OkxAnswerOf<'publicTime'> = ({ now }) => ({ kind: 'data', data: [{ ts: now }] })
