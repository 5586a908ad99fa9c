import type { Session } from './session.ts'

/** Wraps what a command does: it is given its session, and how it ended is told to the caller of the command line. */
export type Act = <Parts extends unknown[]>(
  work: (session: Session, ...parts: Parts) => Promise<void>,
) => (...parts: Parts) => Promise<void>
