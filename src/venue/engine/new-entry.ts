import { fail } from '../../errors/overdraft-error.ts'
import type { ClockMove, Command, JournalEntry } from './command.ts'
import { commandText } from './entry-text.ts'
import { instantMax } from './instant-max.ts'

const clockMove: ClockMove = Object.freeze({ kind: 'clock-move' })

/** The entry of a move of the clock. */
export function clockMoveEntry(sequence: number, at: number): JournalEntry {
  return Object.freeze({ sequence, at, command: clockMove })
}

export function commandEntry(sequence: number, at: number, command: Command, id: string | undefined): JournalEntry {
  const kept = Object.freeze({ ...command })
  return Object.freeze(id === undefined ? { sequence, at, command: kept } : { sequence, at, id, command: kept })
}

/** What a repeated id is answered with. @throws `venue.id-taken` */
export function repeatedEntry(known: JournalEntry, command: Command): JournalEntry {
  if (isRepetition(known.command, command)) return known
  return fail('venue.id-taken', { id: known.id ?? '', kind: known.command.kind, sequence: known.sequence })
}

/** The content of a key and of a move of the clock is made anew each time it is asked for: there it need not be the same. */
function isRepetition(first: JournalEntry['command'], second: Command): boolean {
  if (first.kind === 'set-clock') return second.kind === 'set-clock'
  if (first.kind === 'add-key') return second.kind === 'add-key' && second.account === first.account
  return commandText(first) === commandText(second)
}

/** @throws `venue.instant-malformed` */
export function checkInstant(at: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at > instantMax) fail('venue.instant-malformed', { at })
}
