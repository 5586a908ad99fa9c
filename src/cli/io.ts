import type { Clock } from '../time/clock.ts'

/** Where text goes. */
export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  /** Width of the terminal in characters. */
  readonly columns: number
}

export interface Input {
  readonly isTerminal: boolean
  /** Everything up to the end of the input. */
  readAll(): Promise<string>
  /** One line typed on the terminal; `hidden` is not shown while it is typed. @throws `cli.interrupted` */
  ask(prompt: string, typing: 'shown' | 'hidden'): Promise<string>
}

/** All that a command has of the world outside, so that tests can stand in for it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  /** Data, and nothing else. */
  readonly stdout: Output
  /** Talk, progress, errors. */
  readonly stderr: Output
  readonly clock: Clock
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal
  /** The user's own folder, for the default home. */
  readonly userFolder: string
  /** How this command line is called, for examples that can be copied. */
  readonly command: string
}
