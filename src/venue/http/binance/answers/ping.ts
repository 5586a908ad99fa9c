import { type AnswerOf, reply } from '../answer.ts'

/** `GET /papi/v1/ping`. */
export const answerPing: AnswerOf<'ping'> = () => reply({})
