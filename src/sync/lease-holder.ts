import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { kill, pid } from 'node:process'

const ownHolderRe = /^process (\d{1,10}) on (.*), run [0-9a-f]{8}$/

/** A name for one run of this process, unique, that says to people where it runs. */
export function holderName(): string {
  return `process ${pid} on ${hostname()}, run ${randomUUID().slice(0, 8)}`
}

/**
 * Whether a run certainly is no more: it ran on this machine, in a process that has ended. Of other machines, and of names
 * that somebody else gave, nothing is known.
 */
export function isHolderGone(holder: string): boolean {
  const [, number, host] = ownHolderRe.exec(holder) ?? []
  if (number === undefined || host !== hostname()) return false
  try {
    // Signal 0 asks whether the process is there, and does nothing to it.
    kill(Number(number), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
