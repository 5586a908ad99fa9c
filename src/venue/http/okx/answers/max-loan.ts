import { okxErrors } from '../../../../contracts/okx/errors.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { printed } from './printed.ts'

const instrumentsMax = 5
const instrumentRe = /^([^-\s]+)-([^-\s]+)$/

/** `GET /api/v5/account/max-loan` (facts B5): of a currency one row, of an instrument one for each side. */
export const answerMaxLoan: OkxAnswerOf<'maxLoan'> = ({ engine, account, values }) => {
  const { instId: instIds, ccy, mgnMode, mgnCcy = '' } = values
  if (instIds !== undefined && ccy !== undefined) return refused(okxErrors.notTogether('instId', 'ccy'))
  if (instIds !== undefined && instIds.length > instrumentsMax) return refused(okxErrors.parameterCount('instId', instrumentsMax))
  const row = (instId: string, asset: string, side: string) => ({
    instId,
    mgnMode,
    mgnCcy,
    maxLoan: printed(engine.maxBorrow(account, asset).amount),
    ccy: asset,
    side,
  })
  if (instIds === undefined)
    return ccy === undefined ? refused(okxErrors.eitherParameter('instId', 'ccy')) : { kind: 'data', data: [row('', ccy, '')] }
  const known = new Set(engine.marketAssets())
  const pairs = instIds.map((instId) => pairOf(instId, known))
  if (!pairs.every((pair) => pair !== undefined)) return refused(okxErrors.unknownInstrument())
  return {
    kind: 'data',
    data: pairs.flatMap(({ instId, base, quote }) => [row(instId, base, 'sell'), row(instId, quote, 'buy')]),
  }
}

/** The two currencies of an instrument, when the venue knows both. */
function pairOf(instId: string, known: ReadonlySet<string>) {
  const [, base, quote] = instrumentRe.exec(instId) ?? []
  if (base === undefined || quote === undefined || !known.has(base) || !known.has(quote)) return undefined
  return { instId, base, quote }
}

function refused(error: ReturnType<typeof okxErrors.unknownInstrument>) {
  return { kind: 'error', error } as const
}
