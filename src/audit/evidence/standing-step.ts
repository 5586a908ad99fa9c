import { isoInstant } from '../../time/instant.ts'
import type { Step } from '../finding.ts'
import type { Standing } from './owed-spans.ts'
import { unitsText } from './units.ts'

/** What an asset stood at, as a step of an argument. */
export function standingStep({ by, low, high, readBefore, readAfter, changedAt }: Standing, at: number): Step {
  const result = low === high ? unitsText(low) : `${unitsText(low)} to ${unitsText(high)}`
  return Object.freeze({
    what: `balance over all wallets at ${isoInstant(at)}`,
    how: howOf(),
    result: resultOf(),
    restsOn: 'facts A3.1, A4.2',
  })

  function resultOf(): string {
    return by === 'futures-alone' ? `not below ${unitsText(low)}` : result
  }

  function howOf(): string {
    const after = `the balance read at ${isoInstant(readAfter)}`
    if (by === 'unchanged') return `${after} had last changed at ${isoInstant(changedAt)}, before the charge`
    const before = readBefore === undefined ? '' : ` and the one read at ${isoInstant(readBefore)}`
    if (by === 'rolled') return `${after}${before}, rolled over every movement recorded between: both ends add up exactly`
    return `${after}${before}: the futures wallets add up over every movement between, and cross margin is never below zero`
  }
}
