import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawWorld } from '../../test/differential/world.ts'
import type { Audited } from '../../test/support/audit-kit.ts'
import { auditsOf, bookOfVenue } from '../../test/support/audited-venue.ts'
import { fuzzFactor } from '../../test/support/fuzz/fuzz-runs.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import { shippedScenarios } from '../venue/scenarios/scenario.ts'
import { ruleText } from './rounding-rule.ts'

const patienceMs = 240_000
const at = parseInstant('2026-11-21T10:17:00Z')

/** What an audit may not say of an exchange that charges by the rules; empty where it says nothing of the kind. */
function alarms({ findings, summary }: Audited): readonly string[] {
  const counted = Object.values(summary.verdicts).reduce((sum, count) => sum + count, 0)
  const looked = summary.charges + summary.marginCharges
  return [
    ...findings.map(({ verdict, sentence }) => `${verdict}: ${sentence}`),
    ...(counted > looked ? [`${counted} verdicts on ${looked} charges of ${summary.account}`] : []),
  ]
}

describe('on clean data', () => {
  it.each(shippedScenarios)(
    'nothing is found in the scenario %s',
    async (scenario) => {
      // The clients of a dozen accounts share no budget here.
      const venue = await createVenue({ scenario, mode: { kind: 'frozen', at }, behaviour: { limits: 'counted' } })
      const { book, syncAgain } = await bookOfVenue(venue)
      venue.clock.advanceBy(2 * dayMs)
      await syncAgain()
      const audits = await auditsOf(book)
      expect(audits.flatMap(alarms)).toEqual([])
      for (const { summary } of audits) {
        expect(summary.verdicts.exact + summary.verdicts['hidden-digits']).toBe(summary.charges + summary.marginCharges)
        for (const { kind, standing } of summary.rounding) {
          const rule = kind.startsWith('OKX') ? 'up at 16 decimals' : 'up at 8 decimals'
          expect(standing.map(ruleText)).toContain(rule)
        }
      }
      await book.close()
      await venue.close()
    },
    patienceMs,
  )

  it.each([3, 4, 6, ...Array.from({ length: fuzzFactor }, () => randomInt(2 ** 31))])(
    'nothing is found in the world of seed %i',
    async (seed) => {
      const { venue } = await drawWorld(seed)
      venue.clock.freeze()
      const { book, syncAgain } = await bookOfVenue(venue)
      venue.clock.advanceBy(2 * dayMs)
      await syncAgain()
      const audits = await auditsOf(book)
      expect(audits.flatMap(alarms)).toEqual([])
      await book.close()
      await venue.close()
    },
    patienceMs,
  )
})
