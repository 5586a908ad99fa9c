import { Broken } from './broken.ts'
import { type DifferentialOutcome, playDifferential } from './play.ts'

export type Sums = Omit<DifferentialOutcome, 'seed'> & { readonly broken: readonly string[] }

/** How a seed is played again. */
export function commandOf(seed: number): string {
  return `npm run differential -- --seed ${seed}`
}

/** Plays one seed after another; of each that breaks, what broke, what was done before, and how to play it again. */
export async function playSeeds(first: number, count: number, tell: (line: string) => void): Promise<Sums> {
  const sums = { rows: 0, syncs: 0, faults: 0, withheld: 0, lies: 0, refusedKeys: 0, answers: 0, complete: 0 }
  const broken: string[] = []
  for (let seed = first; seed < first + count; seed++) {
    try {
      const outcome = await playDifferential(seed)
      for (const name of ['rows', 'syncs', 'faults', 'withheld', 'lies', 'refusedKeys', 'answers', 'complete'] as const)
        sums[name] += outcome[name]
      tell(
        `seed ${seed}: ${outcome.rows} rows, ${outcome.syncs} syncs, ${outcome.faults} faults, ${outcome.lies} lies, ${outcome.withheld} withheld`,
      )
    } catch (error) {
      if (!(error instanceof Broken)) throw new Error(`seed ${seed} could not be played`, { cause: error })
      const text = [`seed ${seed} broke: ${error.message}`, ...error.script.map((line) => `  ${line}`), `  ${commandOf(seed)}`].join('\n')
      broken.push(text)
      tell(text)
    }
  }
  return { ...sums, broken }
}
