import { rmSync } from 'node:fs'
import { parseInstant } from '../../src/time/instant.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'
import { defaultBehaviour, type EngineBehaviour } from '../../src/venue/engine/behaviour.ts'
import type { Scenario, VenueOptions } from '../../src/venue/index.ts'
import { memoryStorage } from '../../src/venue/memory-storage.ts'
import { RunningVenue } from '../../src/venue/running-venue.ts'
import { shippedScenario } from '../../src/venue/scenarios/scenario.ts'
import { directoryStorage } from '../../src/venue/venue-storage.ts'
import { forkStep, snapshotStep } from './branch-steps.ts'
import { callStep } from './call-steps.ts'
import { castOf, openings } from './cast.ts'
import { checkAll, checkReplay, checkStep } from './checks.ts'
import { clockStep } from './clock-steps.ts'
import { batchStep, commandStep } from './command-steps.ts'
import { newFolder } from './crash-image.ts'
import { Draws } from './draws.ts'
import { Ear } from './ear.ts'
import { faultStep, sameFaultsStep } from './fault-steps.ts'
import { FaultyStorage } from './faulty-storage.ts'
import { newShadow } from './shadow.ts'
import type { Stage } from './stage.ts'
import { crashStep, fullDiskStep, restartStep } from './storage-steps.ts'
import { walkStep } from './walk-steps.ts'

export interface Run {
  readonly seed: number
  readonly steps: number
  /** Default: drawn, mostly up to 300, now and then up to 3,000. */
  readonly accounts?: number
  /** Asked after every step whether to go on. */
  readonly goesOn?: (step: number) => boolean
}

export interface Outcome {
  readonly seed: number
  readonly steps: number
  readonly accounts: number
  readonly kept: 'in memory' | 'on disk'
  readonly entries: number
  /** Of the venue's whole state in the end. */
  readonly digest: string
  /** How often each thing was done. */
  readonly counts: ReadonlyMap<string, number>
}

/** What did not hold, and how one comes there. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly step: number
  /** The last steps as code. */
  readonly script: readonly string[]

  constructor(step: number, script: readonly string[], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.step = step
    this.script = script
  }
}

const scriptLines = 60
const fullCheckEvery = 100
const replayEvery = 700

/** Before each of the dates on which a rule changed, and today. */
const starts = [
  '2023-02-20T03:07:11.123Z',
  '2023-07-17T21:00:00Z',
  '2024-12-25T23:59:59.999Z',
  '2025-05-10T12:00:00Z',
  '2026-03-10T12:00:30Z',
] as const

/** One run: everything follows from its seed. @throws Failed when anything does not hold */
export async function play({ seed, steps, accounts, goesOn = () => true }: Run): Promise<Outcome> {
  const script: string[] = []
  const stage = await setUp(seed, accounts, (line) => {
    script.push(line)
    if (script.length > scriptLines) script.shift()
  })
  let step = 0
  try {
    while (step < steps) {
      step += 1
      script.push(`// step ${step}`)
      await stepOf(stage)(step)
      checkStep(stage, step)
      if (step % fullCheckEvery === 0) checkAll(stage, step)
      if (step % replayEvery === 0) checkReplay(stage)
      if (!goesOn(step)) break
    }
    checkAll(stage, step)
    checkReplay(stage)
    const { counts, folder, venue, shadow } = stage
    const kept = folder === undefined ? 'in memory' : 'on disk'
    return {
      seed,
      steps: step,
      accounts: shadow.accounts.size,
      kept,
      entries: venue.engine.sequence,
      digest: venue.engine.digest(),
      counts,
    }
  } catch (error) {
    throw new Failed(step, script, error)
  } finally {
    await tearDown(stage)
  }
}

function stepOf(stage: Stage): (step: number) => void | Promise<void> {
  return stage.draws.weighted<(step: number) => void | Promise<void>>([
    [560, () => commandStep(stage)],
    [180, () => clockStep(stage)],
    [180, () => callStep(stage)],
    [10, () => batchStep(stage)],
    [20, () => faultStep(stage)],
    [10, () => walkStep(stage)],
    [8, (step) => snapshotStep(stage, step)],
    [5, () => forkStep(stage)],
    [2, () => sameFaultsStep(stage)],
    [8, (step) => fullDiskStep(stage, step)],
    [5, () => crashStep(stage)],
    [5, () => restartStep(stage)],
  ])
}

async function setUp(seed: number, accounts: number | undefined, note: (line: string) => void): Promise<Stage> {
  const draws = new Draws(seed)
  const startsAt = parseInstant(draws.pick(starts))
  const behaviour = behaviourOf(draws)
  const players = draws.percent(10) ? draws.between(300, 3_000) : draws.between(2, 300)
  const cast = castOf(draws, accounts ?? players)
  const real = new ManualClock(startsAt)
  const faultsTold: unknown[] = []
  const scenario: Scenario = shippedScenario('empty')
  const options: VenueOptions = {
    clock: real,
    mode: { kind: 'frozen', at: startsAt },
    scenario,
    adminToken: 'token',
    behaviour: { ...behaviour, limits: draws.percent(80) ? 'counted' : 'enforced' },
    onFault: (error) => faultsTold.push(error),
  }
  const isOnDisk = draws.percent(50)
  const folder = isOnDisk ? newFolder() : undefined
  const storage = new FaultyStorage(folder === undefined ? memoryStorage() : directoryStorage(folder))
  const venue = new RunningVenue(options, storage.storage)
  const shadow = newShadow(startsAt, {
    dailyMidnightFrom: behaviour.dailyMidnightFrom ?? defaultBehaviour.dailyMidnightFrom,
    okxStablecoinQuota: behaviour.okxStablecoinQuota ?? defaultBehaviour.okxStablecoinQuota,
  })
  venue.engine.applyAll(openings(draws, cast).map((command) => ({ command, at: venue.engine.now })))
  const folders = folder === undefined ? [] : [folder]
  const stage: Stage = {
    draws,
    real,
    cast,
    options,
    startsAt,
    behaviour,
    snapshots: new Map(),
    faultsTold,
    venue,
    storage,
    shadow,
    folder,
    folders,
    counts: new Map(),
    note,
    ear: new Ear(),
  }
  stage.ear.listenTo(venue)
  note(`// seed ${seed}: begins at ${startsAt} ${isOnDisk ? 'on disk' : 'in memory'}, ${JSON.stringify(behaviour)}`)
  checkStep(stage, 0)
  return stage
}

function behaviourOf(draws: Draws): Partial<EngineBehaviour> {
  if (draws.percent(40)) return {}
  const minimum = draws.below(60_000)
  return {
    okxStablecoinQuota: draws.pick(['enlarged', 'own'] as const),
    okxRecordDelayMs: draws.below(600_000),
    okxForcedRepaymentEveryMs: draws.pick([60_000, 600_000, hourMs, dayMs, 7_777] as const),
    okxForcedRepaymentStep: draws.pick(['whole', 'half'] as const),
    okxForcedRepaymentOrder: draws.pick(['higher-rate-first', 'lower-rate-first'] as const),
    dailyMidnightFrom: draws.pick([0, parseInstant('2025-01-01T00:00:00Z'), parseInstant('2026-03-12T05:00:00Z')] as const),
    autoRepayAt: Array.from({ length: draws.below(4) }, () => draws.below(24) * hourMs),
    autoExchangeDurationMs: { minimum, maximum: minimum + draws.below(600_000) },
    marginLevels: draws.pick(['today', 'former'] as const),
    marginLeverage: draws.between(2, 10),
  }
}

async function tearDown({ venue, folders }: Stage): Promise<void> {
  try {
    await venue.close()
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}
