import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryOut, settle, starts, steps } from '../../../test/support/arbitrary-steps.ts'
import { dayMs } from '../../time/units.ts'
import { createEngine } from './engine.ts'
import { memoryJournal } from './memory-journal.ts'
import { sqliteJournal } from './sqlite-journal.ts'

let folder: string
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overdraft-engine-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The digest proves the trial balance as well: it throws when legs do not sum to zero. */
describe('after any sequence of commands and passing time', () => {
  it('the ledger sums to zero and a journal in memory replays to the same state', () => {
    fc.assert(
      fc.property(starts, steps, (startsAt, given) => {
        const journal = memoryJournal()
        const engine = createEngine({ startsAt, journal })
        settle(engine)
        carryOut(engine, given, () => engine.digest())
        engine.advanceTo(engine.now + 3 * dayMs)
        expect(createEngine({ startsAt, journal }).digest()).toBe(engine.digest())
      }),
      { numRuns: 60 },
    )
  })

  it('a journal on disk replays to the same state', () => {
    fc.assert(
      fc.property(starts, steps, (startsAt, given) => {
        const path = join(folder, `${files++}.db`)
        const engine = createEngine({ startsAt, journal: sqliteJournal(path) })
        settle(engine)
        carryOut(engine, given)
        engine.advanceTo(engine.now + 3 * dayMs)
        const digest = engine.digest()
        engine.close()
        const replayed = createEngine({ startsAt: 0, journal: sqliteJournal(path) })
        expect(replayed.digest()).toBe(digest)
        replayed.close()
      }),
      { numRuns: 15 },
    )
  })

  it('one jump of the clock equals many small ones', () => {
    fc.assert(
      fc.property(starts, steps, fc.array(fc.integer({ min: 1, max: 7 * dayMs }), { maxLength: 12 }), (startsAt, given, pieces) => {
        const jumping = createEngine({ startsAt })
        const stepping = createEngine({ startsAt })
        for (const engine of [jumping, stepping]) {
          settle(engine)
          carryOut(engine, given)
        }
        const end = jumping.now + pieces.reduce((sum, piece) => sum + piece, 0)
        jumping.advanceTo(end)
        for (const piece of pieces) stepping.advanceTo(stepping.now + piece)
        expect(stepping.digest()).toBe(jumping.digest())
      }),
      { numRuns: 40 },
    )
  })

  it('many commands in one transaction equal the same commands one by one', () => {
    fc.assert(
      fc.property(starts, steps, (startsAt, given) => {
        const single = createEngine({ startsAt })
        settle(single)
        carryOut(single, given)
        const together = createEngine({ startsAt })
        together.applyAll([...single.journal()].flatMap(({ at, command }) => (command.kind === 'clock-move' ? [] : [{ at, command }])))
        together.advanceTo(single.now)
        expect(together.digest()).toBe(single.digest())
      }),
      { numRuns: 40 },
    )
  })

  it('a journal cut after any entry replays to the state after that entry', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(), (startsAt, given, cut) => {
        const journal = memoryJournal()
        const engine = createEngine({ startsAt, journal })
        settle(engine)
        // A refused command may still move the clock, so the state is noted at every number of entries.
        const digests = new Map<number, string>()
        const note = () => digests.set([...journal.read()].length, engine.digest())
        note()
        carryOut(engine, given, note)
        const lengths = [...digests.keys()]
        const length = lengths[cut % lengths.length]!
        const prefix = memoryJournal([...journal.read()].slice(0, length))
        expect(createEngine({ startsAt, journal: prefix }).digest()).toBe(digests.get(length))
      }),
      { numRuns: 60 },
    )
  })
})
