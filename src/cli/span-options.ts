import type { Command } from 'commander'
import { openEnd } from '../report/answer-coverage.ts'
import { parseInstant } from '../time/instant.ts'
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

/** The span asked for; `undefined` where neither bound was given. @throws `time.interval-reversed` */
export function askedSpan({ since, until }: SpanOptions): Interval | undefined {
  if (since === undefined && until === undefined) return undefined
  return interval(since ?? 0, until ?? openEnd)
}
