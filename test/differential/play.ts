import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import { Broken } from './broken.ts'
import { checkAnswers } from './check-answers.ts'
import { checkBook, checkClocks, checkComplete, checkWitness, type Scene, type Withheld } from './check-book.ts'
import { syncWithOtherKey } from './other-account.ts'
import { type Stage, setUp, sync, trouble } from './stage.ts'
import { trueRows } from './true-rows.ts'
import { drawWorld, isLarge, something } from './world.ts'

export interface DifferentialOutcome {
  readonly seed: number
  readonly rows: number
  readonly syncs: number
  readonly faults: number
  /** True rows within proven spans that no reply ever showed, because a fault hid them from every one. */
  readonly withheld: number
  /** Replies that said something else than the exchange would. */
  readonly lies: number
  /** Keys of another account that were refused. */
  readonly refusedKeys: number
  /** Answers that were asked for, and those of them that were complete. */
  readonly answers: number
  readonly complete: number
}

/** Longer than any pause that faults can cause, and than any ban. */
const calmMs = 2 * hourMs + 25 * minuteMs
const calmAfterBansMs = 3 * dayMs + calmMs

/**
 * Plays one world from its seed: a few accounts on both exchanges with months of history, synced over and over while every
 * kind of fault and lie (`lies.ts`) falls on its calls, syncs are stopped and run at once, time moves on and clocks are set.
 *
 * After every sync, of every history of every account:
 * - whatever the book holds is true, digit by digit (a field that a fault left out may be absent);
 * - a true row within a proven span is in the book, but for one kind: a row that no reply ever showed to a sync of this book
 *   that then kept the page it was asked for (one that is stopped between two requests for one page keeps neither), and that
 *   a fault of the venue is known to have hidden from some call of its history, for longer than rows may be late. Of those
 *   that torn pages hid there are no more than the faults that were given can have hidden. Or one that happened after the
 *   exchange said, by a clock that was ahead, that its instant had passed and settled: until both clocks are right again.
 *
 * and every answer that is called complete is the truth (`checkAnswers`).
 *
 * Then the faults end, and three more syncs come to the whole: every history that has rows is wanted, everything wanted is
 * proven but for what the exchange dropped meanwhile, and no charge is missing of which the book knows by another history.
 *
 * What is left is what nobody can know: an exchange that tells nobody of a row, in no history. `withheld` counts it.
 *
 * @throws Broken when anything of this does not hold
 */
export async function playDifferential(seed: number): Promise<DifferentialOutcome> {
  const world = await drawWorld(seed)
  const stage = await setUp(world)
  try {
    const rounds = world.draws.between(2, 6)
    for (let round = 0; round < rounds; round++) {
      await troubledSync(stage)
      await check(stage)
      if (stage.questions.percent(25)) await mixUpKeys(stage)
    }
    const withheld = await calmEnd(stage)
    return {
      seed,
      rows: trueRows(world.venue).size,
      syncs: stage.syncs,
      faults: stage.faults,
      withheld,
      lies: stage.liar.told,
      refusedKeys: stage.refusedKeys,
      answers: stage.answers.asked,
      complete: stage.answers.complete,
    }
  } finally {
    await stage.book.close()
    await world.venue.close()
  }
}

/** Somebody gives a label the key of another account; what comes of it is nothing. */
async function mixUpKeys(stage: Stage): Promise<void> {
  stage.liar.tell([])
  if (await stage.world.clock.during(syncWithOtherKey(stage, stage.questions))) stage.refusedKeys += 1
}

async function troubledSync(stage: Stage): Promise<void> {
  const { world, own } = stage
  const { draws, venue, clock } = world
  trouble(stage)
  if (draws.percent(30)) own.setMs = draws.pick([0, 0, 1, -1]) * draws.pick([minuteMs, hourMs, 40 * dayMs])
  own.wasMoved ||= own.setMs !== 0
  const atOnce = draws.percent(25) ? 2 : 1
  const stopAfter = draws.percent(45) ? draws.between(1, 25) : Number.POSITIVE_INFINITY
  stage.script.push(`${at(stage)} ${atOnce} sync(s), stopped after ${stopAfter} pages; own clock off by ${own.setMs} ms`)
  await clock.during(Promise.all(Array.from({ length: atOnce }, () => sync(stage, stopAfter))))
  if (draws.percent(50)) something(world)
  const pauses = [0, minuteMs, 14 * minuteMs, hourMs, 5 * hourMs] as const
  const ms = isLarge(world) ? draws.pick(pauses) : draws.pick([...pauses, dayMs, 4 * dayMs])
  if (draws.percent(20)) {
    stage.script.push(`the venue's clock is set ahead by ${ms} ms`)
    venue.clock.advanceBy(ms)
  } else clock.pass(ms)
  venue.advance()
}

async function check(stage: Stage): Promise<readonly Withheld[]> {
  stage.faults = stage.world.venue.faults.log.length
  const withheld = await checkBook(sceneOf(stage), complaining(stage))
  const keys = new Set(withheld.map(({ row }) => row.key))
  await checkAnswers(sceneOf(stage), stage.questions, keys, stage.answers, complaining(stage))
  return withheld
}

function sceneOf({ world: { venue, residents }, book, accounts, shown, rules, since, liar }: Stage): Scene {
  const keyOf = (label: string) => residents.find((one) => one.label === label)?.key.apiKey ?? ''
  const hiddenFrom = (account: string, endpoint: string) => liar.hidden.get(`${keyOf(account)} ${endpoint}`)
  return { venue, book, accounts, shown, trouble: { rules, log: venue.faults.log, hiddenFrom }, since }
}

function complaining({ script }: Stage): (what: string) => never {
  return (what) => {
    throw new Broken(what, script)
  }
}

/** Without faults, further syncs come to the whole truth, but for what was withheld when it was proven. */
async function calmEnd(stage: Stage): Promise<number> {
  const { world, own, script, liar } = stage
  const { venue, clock } = world
  venue.faults.clear()
  liar.tell([])
  own.setMs = 0
  const hadBans = venue.faults.log.some(({ kind }) => kind === 'banned' || kind === 'rate-limited')
  for (let attempt = 0; attempt < 3; attempt++) {
    clock.pass(attempt > 0 ? 3 * hourMs : hadBans ? calmAfterBansMs : calmMs)
    venue.advance()
    script.push(`${at(stage)} sync without faults`)
    const outcomes = await clock.during(sync(stage, Number.POSITIVE_INFINITY))
    const failed = outcomes.find(({ ended }) => ended !== 'done')
    if (failed !== undefined) throw new Broken(`without faults a sync ends ${failed.ended}: ${failed.error?.message}`, script)
  }
  const withheld = await check(stage)
  await checkComplete(sceneOf(stage), complaining(stage))
  // Whatever our own clock said beside it once it was moved, too, nobody can tell.
  if (!own.wasMoved) checkClocks(withheld, complaining(stage))
  await checkWitness(sceneOf(stage), withheld, complaining(stage))
  return withheld.length
}

function at({ world }: Stage): string {
  return new Date(world.venue.clock.now()).toISOString()
}
