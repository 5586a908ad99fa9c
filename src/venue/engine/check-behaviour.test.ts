import { expect, test } from 'vitest'
import { hourMs } from '../../time/units.ts'
import { defaultBehaviour, type EngineBehaviour } from './behaviour.ts'
import { checkBehaviour } from './check-behaviour.ts'
import { createEngine } from './engine.ts'
import { memoryJournal } from './memory-journal.ts'

test('the default behaviour can be gone by, and so can every part of it', () => {
  checkBehaviour(defaultBehaviour)
  checkBehaviour({})
  checkBehaviour({ autoRepayAt: [], marginLevels: 'former', marginLeverage: 2, autoExchangeDurationMs: { minimum: 0, maximum: 0 } })
})

test.each([
  ['autoRepayAt', [24 * hourMs]],
  ['autoRepayAt', [-1]],
  ['autoRepayAt', [Number.NaN]],
  ['autoRepayAt', 22 * hourMs],
  ['marginLeverage', 1],
  ['marginLeverage', 2.5],
  ['marginLevels', 'yesterday'],
  ['okxRecordDelayMs', -1],
  ['okxForcedRepaymentEveryMs', 0],
  ['okxPlatformRepaymentToPercent', 101],
  ['autoExchangeDurationMs', { minimum: 2, maximum: 1 }],
  ['dailyMidnightFrom', Number.NaN],
] as const)('%s = %j is refused with its choices, before a journal keeps it', (name, value) => {
  const journal = memoryJournal()
  const behaviour = { [name]: value } as Partial<EngineBehaviour>
  expect(() => createEngine({ startsAt: 0, journal, behaviour })).toThrow(
    expect.objectContaining({ code: 'venue.behaviour-malformed', values: expect.objectContaining({ name }) }),
  )
  expect(journal.meta('origin')).toBeUndefined()
})
