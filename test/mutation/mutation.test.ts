import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Draws } from '../simulation/draws.ts'
import { noEvidence } from '../support/audit-kit.ts'
import { seedOfRun } from '../support/random.ts'
import { audit, auditPlanted, type Planters } from './audit-planted.ts'
import { type AccountRows, readRows } from './book-rows.ts'
import { plantersOnBinance } from './plant-on-binance.ts'
import { plantersOnOkx } from './plant-on-okx.ts'
import { binance, okx, playWorld, type World } from './world.ts'

const seed = seedOfRun()
const errorsOfEach = 500
const roundsMax = 200

/**
 * A thousand errors planted at random in books synced from a venue; one that the audit does not tell fails the build, and
 * so does a single word against a charge that nobody touched. `OVERDRAFT_SEED=<seed>` plays a run again.
 */
describe(`errors planted by seed ${seed}`, () => {
  let world: World
  const rowsOf = new Map<string, AccountRows>()

  beforeAll(async () => {
    world = await playWorld(seed)
    for (const account of await world.book.accounts()) rowsOf.set(account.label, await readRows(world.book, account))
  }, 120_000)

  afterAll(async () => {
    await world.book.close()
    await world.venue.close()
  })

  test.each([binance, okx])('the audit says nothing against the clean book of %s', async (label) => {
    const rows = rowsOf.get(label) as AccountRows
    expect(rows.charges.length).toBeGreaterThan(60)
    expect(await audit(rows)).toEqual([])
  })

  test('an audit without witnesses would not pass: it tells less than two thirds of them', async () => {
    const draws = new Draws(seed)
    const blind = await auditPlanted(draws, rowsOf.get(binance) as AccountRows, plantersOnBinance(world.log), 40, () => noEvidence())
    expect(blind.planted.length).toBeGreaterThan(20)
    expect(blind.missed.length).toBeGreaterThan(blind.planted.length / 3)
  })

  test.each([
    [binance, () => plantersOnBinance(world.log)],
    [okx, () => plantersOnOkx],
  ] as const)(
    `each of ${errorsOfEach} errors on %s is told as what it is, and nothing else is`,
    async (label, planters: () => Planters) => {
      const draws = new Draws(seed + label.length)
      const kinds = new Map<string, number>()
      const undetectable = new Map<string, number>()
      const missed: string[] = []
      const falseAlarms: string[] = []
      let planted = 0
      for (let round = 0; round < roundsMax && planted < errorsOfEach; round++) {
        const told = await auditPlanted(draws, rowsOf.get(label) as AccountRows, planters(), Math.min(40, errorsOfEach - planted))
        planted += told.planted.length
        for (const { kind } of told.planted) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        for (const why of told.undetectable) undetectable.set(why, (undetectable.get(why) ?? 0) + 1)
        missed.push(...told.missed)
        falseAlarms.push(...told.falseAlarms)
      }
      const list = (counts: Map<string, number>) => [...counts].map(([name, count]) => `  ${count} ${name}`).join('\n')
      process.stdout.write(`${label}, seed ${seed}: ${planted} errors planted, ${planted - missed.length} told\n${list(kinds)}\n`)
      process.stdout.write(`  not planted, because nothing can show them:\n${list(undetectable)}\n`)
      expect({ missed, falseAlarms }).toEqual({ missed: [], falseAlarms: [] })
      expect(planted).toBe(errorsOfEach)
      // Of every kind some: what has no place left is no proof.
      expect([...kinds.keys()].sort()).toEqual(Object.keys(planters()).sort())
    },
    300_000,
  )
})
