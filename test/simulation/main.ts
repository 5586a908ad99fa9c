import { randomInt } from 'node:crypto'
import { Command } from 'commander'
import { systemClock } from '../../src/time/system-clock.ts'
import { playAndShrink, summary } from './report.ts'

interface Options {
  readonly seed?: string
  readonly steps: string
  readonly accounts?: string
  readonly minutes: string
}

const seedMax = 2 ** 31

/** Plays one seed after another until the time is over or something does not hold; only the first seed is given. */
async function main({ seed: given, steps, accounts, minutes }: Options): Promise<number> {
  const endsAt = systemClock.now() + Number(minutes) * 60_000
  let isStopped = false
  process.once('SIGINT', () => {
    isStopped = true
  })
  let [runs, played] = [0, 0]
  const began = systemClock.now()
  for (let seed = given === undefined ? randomInt(seedMax) : Number(given); ; seed = randomInt(seedMax)) {
    console.log(`seed ${seed}`)
    const goesOn = () => !isStopped && (given !== undefined || systemClock.now() < endsAt)
    const { outcome, failure } = await playAndShrink({
      seed,
      steps: Number(steps),
      goesOn,
      ...(accounts === undefined ? {} : { accounts: Number(accounts) }),
    })
    if (failure !== undefined) {
      console.error(failure.text)
      return 1
    }
    runs += 1
    played += outcome?.steps ?? 0
    if (outcome !== undefined) console.log(summary(outcome))
    if (given !== undefined || !goesOn()) break
  }
  const seconds = Math.max(1, Math.round((systemClock.now() - began) / 1_000))
  console.log(
    `${runs} ${runs === 1 ? 'run' : 'runs'}, ${played} steps in ${seconds} s (${Math.round(played / seconds)} a second): everything held`,
  )
  return 0
}

const program = new Command('simulate')
  .description(
    'Plays random accounts, commands, calls, faults, crashes and moves of the clock on the venue, and asserts what has to hold after every step.',
  )
  .option('--seed <number>', 'play this seed alone, to its end')
  .option('--steps <number>', 'steps of each run', '5000')
  .option('--accounts <number>', 'accounts of each run; drawn when left out')
  .option('--minutes <number>', 'how long to go on with new seeds', '10')
  .parse()

process.exitCode = await main(program.opts<Options>())
