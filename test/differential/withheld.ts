import { streamRule } from '../../src/sync/stream-rule.ts'
import { isChosen } from '../../src/venue/faults/chance.ts'
import type { FaultRule } from '../../src/venue/faults/rule.ts'
import type { Row } from './row.ts'

/** Rules that were in force, and whether their fault was given at all. */
export type Given = ReadonlyMap<string, FaultRule>

/**
 * Whether a fault can have kept the exchange from showing a row for longer than a sync has to wait for it: then, and only
 * then, a row that no reply showed is nobody's mistake.
 */
export function mayBeWithheld(row: Row, exchange: 'binance' | 'okx', given: Iterable<FaultRule>): boolean {
  for (const rule of given) {
    if (rule.kind === 'rows-missing' && isChosen(rule, textOfRecord(row.record), rule.share)) return true
    if (rule.kind === 'rows-late' && rule.ms > (streamRule(exchange, row.stream)?.settleMs ?? 0)) return true
    if (rule.kind === 'rows-torn') return true
  }
  return false
}

/** As the venue chooses rows by. */
function textOfRecord(record: unknown): string {
  return JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}
