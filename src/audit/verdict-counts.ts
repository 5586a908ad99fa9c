import { type Verdict, verdicts } from './verdict.ts'

/** How many charges came to each verdict; `missing` counts charges that are not there. */
export type VerdictCounts = Readonly<Record<Verdict, number>>

export function noCounts(): Record<Verdict, number> {
  return Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>
}
