import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import type { EngineBehaviour } from './behaviour.ts'
import type { ClockMode, ClockMove, Command, JournalEntry } from './command.ts'
import type { Effect } from './effect.ts'
import type { Engine } from './engine-interface.ts'
import { EngineReads } from './engine-reads.ts'
import { commandText } from './entry-text.ts'
import { EventQueue } from './event-queue.ts'
import { instantMax } from './instant-max.ts'
import type { Journal } from './journal.ts'
import { newMemory } from './memory.ts'
import { memoryJournal } from './memory-journal.ts'
import { type Origin, originOf } from './origin.ts'
import { prepare } from './prepare.ts'
import type { EngineEvent } from './record.ts'
import { World } from './world.ts'

export type { EngineBehaviour } from './behaviour.ts'

export interface EngineOptions {
  /** The instant of an empty journal; a journal that was begun keeps its own. */
  readonly startsAt: number
  /** Default: in memory. */
  readonly journal?: Journal
  readonly behaviour?: Partial<EngineBehaviour>
}

const clockMove: ClockMove = Object.freeze({ kind: 'clock-move' })

/**
 * An exchange engine, standing where its journal ends.
 *
 * @example
 * const engine = createEngine({ startsAt: 0 })
 * engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
 * @throws `storage.damaged`, `venue.journal-inconsistent`, `venue.behaviour-differs`
 */
export function createEngine(options: EngineOptions): Engine {
  checkInstant(options.startsAt)
  return new JournaledEngine(options.journal ?? memoryJournal(), options)
}

class JournaledEngine extends EngineReads implements Engine {
  readonly #journal: Journal
  readonly #origin: Origin
  readonly #events = new EventQueue()
  #world: World
  #sequence = 0

  constructor(journal: Journal, options: EngineOptions) {
    super()
    this.#journal = journal
    this.#origin = originOf(journal, options.startsAt, options.behaviour ?? {})
    this.#world = this.#replay()
  }

  /** With every balance up to date. */
  protected get world(): World {
    this.#world.settle()
    return this.#world
  }

  protected get behaviour(): EngineBehaviour {
    return this.#origin.behaviour
  }

  get now(): number {
    return this.#world.state.now
  }

  get clockMode(): ClockMode | undefined {
    return this.#world.state.clockMode
  }

  get sequence(): number {
    return this.#sequence
  }

  nextDue(): number {
    return this.#world.nextDue()
  }

  advanceTo(instant: number): void {
    this.#advance(instant)
    this.#events.tell()
  }

  apply(command: Command, options: { readonly at?: number; readonly id?: string } = {}): JournalEntry {
    const known = options.id === undefined ? undefined : this.#journal.find(options.id)
    if (known !== undefined) return repeated(known, command)
    try {
      this.#advance(options.at ?? this.now)
      const effect = prepare(this.world.state, command)
      const entry = journalEntry(this.#sequence + 1, this.now, command, options.id)
      this.#journal.append([entry])
      this.#carryOut(entry, effect)
      return entry
    } finally {
      this.#events.tell()
    }
  }

  applyAll(commands: Iterable<{ readonly command: Command; readonly at: number; readonly id?: string }>): void {
    const before = this.now
    const entries: JournalEntry[] = []
    const ids = new Map<string, JournalEntry>()
    try {
      for (const { command, at, id } of commands) {
        const known = id === undefined ? undefined : (ids.get(id) ?? this.#journal.find(id))
        if (known !== undefined) {
          repeated(known, command)
          continue
        }
        this.#checkForward(at)
        this.#world.advance(at)
        const effect = prepare(this.world.state, command)
        const entry = journalEntry(this.#sequence + 1, at, command, id)
        entries.push(entry)
        if (id !== undefined) ids.set(id, entry)
        this.#carryOut(entry, effect)
      }
      if (entries.length > 0) this.#journal.append(entries)
    } catch (error) {
      this.#events.drop()
      this.#rollBack(before)
      throw error
    }
    this.#events.tell()
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#events.subscribe(listener)
  }

  journal(): Iterable<JournalEntry> {
    return this.#journal.read()
  }

  close(): void {
    this.#journal.close()
  }

  /** A world made from nothing but the journal. @throws `venue.journal-inconsistent` */
  #replay(): World {
    const { startsAt, behaviour } = this.#origin
    let replaying = true
    const tell = (event: EngineEvent) => replaying || this.#events.add(event)
    const world = new World(newMemory(startsAt), { startsAt, behaviour, tell, isHeard: () => !replaying && this.#events.isHeard })
    this.#sequence = 0
    for (const entry of this.#journal.read()) {
      const { sequence, at, command } = entry
      if (sequence !== this.#sequence + 1)
        fail('venue.journal-inconsistent', { sequence, reason: `entry ${this.#sequence + 1} should come first` })
      if (at < world.state.now) fail('venue.journal-inconsistent', { sequence, reason: `its instant ${at} lies before ${world.state.now}` })
      world.advance(at)
      if (command.kind !== 'clock-move') carryOutAgain(world, sequence, command)
      this.#sequence = sequence
    }
    replaying = false
    return world
  }

  /** A move of the clock is in the journal before it shows, like a command, when anything is due on its way. */
  #advance(instant: number): void {
    this.#checkForward(instant)
    if (this.#world.nextDue() <= instant) {
      const entry: JournalEntry = Object.freeze({ sequence: this.#sequence + 1, at: instant, command: clockMove })
      this.#journal.append([entry])
      this.#sequence = entry.sequence
    }
    this.#world.advance(instant)
  }

  #carryOut({ sequence, at, command: { kind } }: JournalEntry, effect: Effect): void {
    this.#sequence = sequence
    this.#world.carryOut(effect)
    this.#events.add({ kind: 'command', sequence, at, command: kind })
  }

  #rollBack(now: number): void {
    this.#world = this.#replay()
    this.#world.advance(Math.max(now, this.#world.state.now))
  }

  #checkForward(instant: number): void {
    checkInstant(instant)
    if (instant < this.now) fail('time.clock-backwards', { now: this.now, target: instant })
  }
}

function carryOutAgain(world: World, sequence: number, command: Command): void {
  try {
    world.settle()
    world.carryOut(prepare(world.state, command))
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    fail('venue.journal-inconsistent', { sequence, reason: error.message }, error)
  }
}

/** What a repeated id is answered with. @throws `venue.id-taken` */
function repeated(known: JournalEntry, command: Command): JournalEntry {
  if (isRepetition(known.command, command)) return known
  return fail('venue.id-taken', { id: known.id ?? '', kind: known.command.kind, sequence: known.sequence })
}

/** The content of a key and of a move of the clock is made anew each time it is asked for: there it need not be the same. */
function isRepetition(first: JournalEntry['command'], second: Command): boolean {
  if (first.kind === 'set-clock') return second.kind === 'set-clock'
  if (first.kind === 'add-key') return second.kind === 'add-key' && second.account === first.account
  return commandText(first) === commandText(second)
}

function journalEntry(sequence: number, at: number, command: Command, id: string | undefined): JournalEntry {
  const kept = Object.freeze({ ...command })
  return Object.freeze(id === undefined ? { sequence, at, command: kept } : { sequence, at, id, command: kept })
}

function checkInstant(at: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at > instantMax) fail('venue.instant-malformed', { at })
}
