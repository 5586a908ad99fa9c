import type { Command } from '../engine/command.ts'
import type { Place } from './scenario-data.ts'

/** A command with the instant at which the engine is to apply it (epoch ms UTC). */
export interface TimedCommand {
  readonly command: Command
  readonly at: number
  /** The entry of the scenario file that it comes from. */
  readonly place?: Place | undefined
}

/** A turn of the scenario whose command follows from what was booked before it. */
export interface Turn {
  readonly at: number
  readonly place?: Place | undefined
  readonly commands: () => readonly Command[]
}

export function fixed(at: number, command: Command): Turn {
  return { at, commands: () => [command] }
}
