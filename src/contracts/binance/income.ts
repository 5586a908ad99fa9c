import { parseInstant } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import { epochMs, integer, lasting, oneOf, optional, withDefault, word } from '../parameter.ts'
import { documentedField, object } from '../wire-object.ts'
import { decimalText, epochMsNumber, idText, text } from '../wire-types.ts'
import { signed } from './common.ts'

/** One line of a futures wallet's income. `symbol` and `tradeId` are empty where there is none. */
export const incomeRow = object({
  symbol: documentedField(text),
  incomeType: text,
  income: decimalText,
  asset: text,
  info: documentedField(text),
  time: epochMsNumber,
  tranId: idText,
  tradeId: text,
})

/** Only three months are kept: "3 months" is read as 90 days. */
export const incomeKeptMs = 90 * dayMs

/** From this instant on `page` is no parameter any more (facts A6). */
const incomePageDroppedFrom = parseInstant('2026-10-28')

export function incomeParameters<const Types extends readonly string[]>(incomeTypes: Types) {
  return {
    symbol: optional(word('STRING')),
    incomeType: optional(oneOf(incomeTypes, 'STRING')),
    startTime: optional(epochMs('LONG'), 'Timestamp in ms to get funding from INCLUSIVE.'),
    endTime: optional(epochMs('LONG'), 'Timestamp in ms to get funding until INCLUSIVE.'),
    page: lasting(optional(integer(1, Number.MAX_SAFE_INTEGER, 'INT')), { until: incomePageDroppedFrom }),
    limit: withDefault(integer(1, 1_000, 'INT'), 100, 'Default 100; max 1000'),
    ...signed,
  }
}

export const incomeNotes: readonly string[] = [
  'Oldest first; both times are inclusive.',
  'Only the last three months are kept.',
  'A limit above 1000 is answered with -1130 naming limit (seen live).',
  'tranId is unique within one income type of a user.',
]
