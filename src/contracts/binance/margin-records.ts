import { dayMs } from '../../time/units.ts'
import type { TimeWindow } from '../contract.ts'
import { epochMs, identifier, integer, mandatory, optional, truth, withDefault, word } from '../parameter.ts'
import { signed } from './common.ts'

/** Data older than this is archived: "6 months" is read as 180 days. */
export const archivedAfterMs = 180 * dayMs

const paging = {
  current: withDefault(integer(1, Number.MAX_SAFE_INTEGER, 'LONG'), 1, 'Currently querying page. Start from 1. Default:1'),
  size: withDefault(integer(1, 100, 'LONG'), 10, 'Default:10 Max:100'),
  archived: withDefault(truth('STRING'), false, 'Default: false. Set to true for archived data from 6 months ago'),
}

/** What the interest history of margin loans takes. */
export const interestRecordParameters = {
  asset: optional(word('STRING')),
  startTime: optional(epochMs('LONG')),
  endTime: optional(epochMs('LONG')),
  ...paging,
  ...signed,
}

/** What the histories of loans and of their repayments take. */
export const loanRecordParameters = (tranId: string) => ({
  asset: mandatory(word('STRING')),
  txId: optional(identifier('LONG'), tranId),
  startTime: optional(epochMs('LONG')),
  endTime: optional(epochMs('LONG')),
  ...paging,
  ...signed,
})

export const recordWindow: TimeWindow = { maxMs: 30 * dayMs, maxWording: '30 days', defaultMs: 7 * dayMs, whenTooOld: 'clamp-start' }

export const recordNotes: readonly string[] = [
  'Newest first.',
  'At most 30 days between startTime and endTime.',
  'Neither time: the last 7 days.',
  'With archived true only what is older than 6 months, otherwise only what is not.',
  'total counts the rows of the whole span, whatever page is asked for.',
]
