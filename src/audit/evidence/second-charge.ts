import { zero } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Objection, SeenCharge } from '../evidence.ts'

/** The same debt was charged before for the same boundary. */
export function secondCharge({ series, at }: SeenCharge, firstAt: number, period: 'day' | 'hour'): Objection {
  const where = series.instId === '' ? series.asset : `${series.asset} on ${series.instId}`
  const first = `first charge of this ${period}`
  return Object.freeze({
    verdict: 'duplicate',
    due: { low: zero, high: zero },
    sentence: `${where} at ${isoInstant(at)}: charged a second time, after ${isoInstant(firstAt)}; a debt is charged once ${period === 'day' ? 'a day' : 'an hour'}`,
    steps: [
      { what: first, how: 'in the same history', result: isoInstant(firstAt), restsOn: period === 'day' ? 'facts A4.1' : 'facts A5, B4' },
    ],
  })
}
