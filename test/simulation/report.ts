import { Failed, type Outcome, play, type Run } from './play.ts'

/** A run that failed, with the fewest steps that fail from the same seed. */
export interface Failure {
  readonly seed: number
  readonly steps: number
  readonly message: string
  readonly text: string
}

export interface Verdict {
  readonly outcome?: Outcome
  readonly failure?: Failure
}

/** Plays, and when something does not hold looks for the fewest steps after which it already does not. */
export async function playAndShrink(run: Run): Promise<Verdict> {
  try {
    return { outcome: await play(run) }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return { failure: await shrunk(run, error) }
  }
}

/** Every run of fewer steps is a beginning of the longer one, and ends with every check there is. */
async function shrunk({ seed, accounts }: Run, first: Failed): Promise<Failure> {
  let failed = first
  let holds = 0
  while (failed.step - holds > 1) {
    const steps = holds + Math.ceil((failed.step - holds) / 2)
    const earlier = steps === failed.step ? undefined : await failureOf({ seed, steps, ...(accounts === undefined ? {} : { accounts }) })
    if (earlier === undefined) holds = steps === failed.step ? steps - 1 : steps
    else failed = earlier
  }
  const rerun = `npm run simulate -- --seed ${seed} --steps ${failed.step}${accounts === undefined ? '' : ` --accounts ${accounts}`}`
  const text = [
    `seed ${seed} fails at step ${failed.step}:`,
    failed.message,
    '',
    'the last steps:',
    ...failed.script,
    '',
    `again: ${rerun}`,
    ...(failed.cause instanceof Error && failed.cause.name !== 'Broken' ? ['', String(failed.cause.stack)] : []),
  ].join('\n')
  return { seed, steps: failed.step, message: failed.message, text }
}

async function failureOf(run: Run): Promise<Failed | undefined> {
  try {
    await play(run)
    return undefined
  } catch (error) {
    if (error instanceof Failed) return error
    throw error
  }
}

/** One line about a run that held. */
export function summary({ seed, steps, accounts, kept, entries, counts }: Outcome): string {
  const parts = [...counts].sort(([left], [right]) => (left < right ? -1 : 1)).map(([what, number]) => `${number} ${what}`)
  return `seed ${seed}: ${steps} steps held, ${accounts} accounts ${kept}, ${entries} journal entries; ${parts.join(', ')}`
}
