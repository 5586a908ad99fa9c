import type { Command } from '../engine/command.ts'

/** A command with the instant at which the engine is to apply it (epoch ms UTC). */
export interface TimedCommand {
  readonly command: Command
  readonly at: number
}

/** A turn of the scenario whose command follows from what was booked before it. */
export interface Turn {
  readonly at: number
  readonly commands: () => readonly Command[]
}

export function fixed(at: number, command: Command): Turn {
  return { at, commands: () => [command] }
}
