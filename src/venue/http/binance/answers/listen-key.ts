import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'

/** `POST /papi/v1/listenKey` (facts A6): the active key, or a new one. */
export const answerStartUserDataStream: AnswerOf<'startUserDataStream'> = ({ account, now, listenKeys }) =>
  reply({ listenKey: listenKeys.start(account, now) })

/** `PUT /papi/v1/listenKey` (facts A6). */
export const answerKeepaliveUserDataStream: AnswerOf<'keepaliveUserDataStream'> = ({ account, now, listenKeys }) =>
  listenKeys.keepAlive(account, now) ? reply({}) : refuse(binanceErrors.unknownListenKey())

/** `DELETE /papi/v1/listenKey` (facts A6): closes the stream, too. */
export const answerCloseUserDataStream: AnswerOf<'closeUserDataStream'> = ({ account, now, listenKeys }) =>
  listenKeys.close(account, now) ? reply({}) : refuse(binanceErrors.unknownListenKey())
