import { expect, test } from 'vitest'
import { rulesVersion } from '../../rules/version.ts'
import { createEngine } from './engine.ts'
import { memoryJournal } from './memory-journal.ts'

test('a journal keeps what it was begun with', () => {
  const journal = memoryJournal()
  createEngine({ startsAt: 1_000, journal, behaviour: { okxRecordDelayMs: 60_000 } })
  expect(JSON.parse(journal.meta('origin')!)).toMatchObject({ rulesVersion, startsAt: 1_000, behaviour: { okxRecordDelayMs: 60_000 } })
  expect(createEngine({ startsAt: 5_000, journal }).now).toBe(1_000)
})

test('a journal written under other rules is not replayed, since its charges would become others', () => {
  const journal = memoryJournal()
  createEngine({ startsAt: 0, journal })
  const origin = JSON.parse(journal.meta('origin')!)
  journal.setMeta('origin', JSON.stringify({ ...origin, rulesVersion: rulesVersion + 1 }))
  expect(() => createEngine({ startsAt: 0, journal })).toThrow(`version ${rulesVersion + 1} of the rules`)
})

test.each(['', '{', '{"startsAt":0}', 'null'])('an origin of "%s" is said to be unreadable', (text) => {
  const journal = memoryJournal()
  journal.setMeta('origin', text)
  expect(() => createEngine({ startsAt: 0, journal })).toThrow(/cannot be read/)
})
