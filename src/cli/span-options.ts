import type { Command } from 'commander'
import { fail } from '../errors/overdraft-error.ts'
import { openEnd, openStart } from '../report/asked-time.ts'
import { isoInstant, parseInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'

export interface SpanOptions {
  readonly since?: number
  readonly until?: number
}

/** `--since` and `--until`, as the half-open interval between them. */
export function withSpanOptions(command: Command): Command {
  return command
    .option('--since <instant>', 'from this instant on, such as 2026-01-31 or 2026-01-31T08:00:00Z', parseInstant)
    .option('--until <instant>', 'before this instant', parseInstant)
}

/** The span asked for; `undefined` where neither bound was given. @throws `cli.option-malformed` where it ends no later than it begins */
export function askedSpan({ since, until }: SpanOptions): Interval | undefined {
  if (since === undefined && until === undefined) return undefined
  if (since !== undefined && until !== undefined && until <= since) {
    fail('cli.option-malformed', { option: '--until', value: isoInstant(until), expected: `later than --since, ${isoInstant(since)}` })
  }
  return interval(since ?? openStart, until ?? openEnd)
}
