import { binanceOrderLimitAt } from '../../../../contracts/binance/limits.ts'
import { type AnswerOf, reply } from '../answer.ts'

/** `GET /papi/v1/rateLimit/order` (facts A1.2). */
export const answerOrderRateLimit: AnswerOf<'orderRateLimit'> = ({ now }) =>
  reply([{ rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: binanceOrderLimitAt(now).limit }])
