import type { Transaction } from 'kysely'
import type { BookEngine } from '../engines/engine.ts'
import type { BookTables } from '../tables/tables.ts'
import { type GroupSeal, laneEnd, sealWriter } from './seal.ts'
import { SealTally } from './seal-tally.ts'

/**
 * An engine whose every write of a sealed table changes the seals in the same transaction. What was damaged before stays told:
 * the seal still sums what was written, and no later write takes the difference away.
 */
export function sealedEngine(engine: BookEngine): BookEngine {
  const tallies = new WeakMap<Transaction<BookTables>, SealTally>()
  const tallyOf = (transaction: Transaction<BookTables>): SealTally => {
    const tally = tallies.get(transaction)
    if (tally === undefined) throw new Error('the book was written outside of its transaction')
    return tally
  }
  const settle = async (transaction: Transaction<BookTables>) => {
    const changes = tallies.get(transaction)?.taken() ?? []
    changes.forEach(assertLanes)
    // In the order of their keys: two writers of the same groups wait for one another, and never in a ring.
    await engine.accumulate(transaction, sealWriter, [...changes].sort(byKey))
  }
  return {
    kind: engine.kind,
    db: engine.db,
    write: (work) =>
      engine.write(async (transaction) => {
        const tally = new SealTally()
        tallies.set(transaction, tally)
        const result = await work(transaction)
        await settle(transaction)
        return result
      }),
    settle,
    insertNew: (transaction, writer, items) => engine.insertNew(transaction, writer, items, tallyOf(transaction).sinkOf(writer)),
    put: async (transaction, writer, items, replaced = []) => {
      const tally = tallyOf(transaction)
      tally.count(writer, replaced, -1)
      await engine.put(transaction, writer, items, replaced, tally.sinkOf(writer))
    },
    forget: async (transaction, writer, items) => tallyOf(transaction).count(writer, items, -1),
    accumulate: engine.accumulate,
    close: () => engine.close(),
  }
}

function byKey(left: GroupSeal, right: GroupSeal): number {
  return left.kind - right.kind || (left.owner < right.owner ? -1 : left.owner > right.owner ? 1 : left.period - right.period)
}

function assertLanes({ low, high, aside, period }: GroupSeal): void {
  for (const lane of [low, high, aside]) {
    if (!(lane >= 0 && lane < laneEnd && Number.isInteger(lane))) throw new Error(`the sum ${lane} of a seal is not one of 32 bits`)
  }
  if (!Number.isSafeInteger(period)) throw new Error(`the group ${period} of a seal is not a number`)
}
