import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { type ChargePlace, chargesInMemory } from './charge-place.ts'
import type { ChargeStores } from './charge-stores.ts'
import { type Checkpoint, type Checkpoints, entryAt, entrySeal, memoryForm, noCheckpoints, standsOn } from './checkpoint.ts'
import { CheckpointPace } from './checkpoint-pace.ts'
import type { ClockMode, Command, JournalEntry } from './command.ts'
import type { Effect } from './effect.ts'
import { type EngineCopy, filesOfAll } from './engine-files.ts'
import type { Engine } from './engine-interface.ts'
import { EngineReads } from './engine-reads.ts'
import { EventQueue } from './event-queue.ts'
import type { Journal } from './journal.ts'
import { newMemory, type WorldMemory } from './memory.ts'
import { packMemory, unpackMemory } from './memory-bytes.ts'
import { memoryJournal } from './memory-journal.ts'
import { checkInstant, clockMoveEntry, commandEntry, repeatedEntry } from './new-entry.ts'
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
  /** Default: in memory. */
  readonly charges?: ChargePlace
  /** Default: none, so that the whole journal is replayed. */
  readonly checkpoints?: Checkpoints
}

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
  readonly #chargePlace: ChargePlace
  readonly #checkpoints: Checkpoints
  readonly #events = new EventQueue()
  readonly #pace = new CheckpointPace()
  #charges: ChargeStores | undefined
  /** Undefined once something failed half-way: it is then made anew from the journal. */
  #world: World | undefined
  /** An instant the engine had reached although no entry says so; it never goes behind it. */
  #floor = 0
  #modeBefore: ClockMode | undefined
  #sequence = 0

  constructor(journal: Journal, options: EngineOptions) {
    super()
    this.#journal = journal
    this.#chargePlace = options.charges ?? chargesInMemory
    this.#checkpoints = options.checkpoints ?? noCheckpoints
    this.#origin = originOf(journal, options.startsAt, options.behaviour ?? {})
    try {
      this.#world = this.#rebuild()
    } catch (error) {
      this.#charges?.close()
      throw error
    }
  }

  protected get world(): World {
    this.#world ??= this.#rebuild()
    return this.#world
  }

  protected get behaviour(): EngineBehaviour {
    return this.#origin.behaviour
  }

  // What a clock asks is answered also while the world cannot be made anew, as on a disk that is full: it then stands still.
  get now(): number {
    return this.#world?.unsettled.now ?? this.#floor
  }

  get clockMode(): ClockMode | undefined {
    return this.#world === undefined ? this.#modeBefore : this.#world.unsettled.clockMode
  }

  nextDue(): number {
    return this.#world?.nextDue() ?? this.#floor + 1
  }

  get sequence(): number {
    // Of a transaction that was undone the number is that of the journal again once the world is.
    this.#world ??= this.#rebuild()
    return this.#sequence
  }

  advanceTo(instant: number): void {
    this.#advance(instant)
    this.#done()
  }

  advancing(instant: number): Generator<void> {
    this.#begin(instant)
    return this.#pieces()
  }

  *#pieces(): Generator<void> {
    while (this.#orAnew(() => this.world.step())) yield
    this.#done()
  }

  apply(command: Command, options: { readonly at?: number; readonly id?: string } = {}): JournalEntry {
    const known = options.id === undefined ? undefined : this.#journal.find(options.id)
    if (known !== undefined) return repeatedEntry(known, command)
    try {
      this.#advance(options.at ?? this.now)
      const effect = prepare(this.world.stateFor(command.kind), command)
      const entry = commandEntry(this.#sequence + 1, this.now, command, options.id)
      this.#journal.append([entry])
      this.#orAnew(() => this.#carryOut(entry, effect))
      return entry
    } finally {
      // Also of a command that was refused the clock has moved.
      this.#done()
    }
  }

  applyAll(commands: Iterable<{ readonly command: Command; readonly at: number; readonly id?: string }>): void {
    let earliest = this.now
    this.#orAnew(() => this.world.finish())
    this.#floor = this.now
    const entries: JournalEntry[] = []
    const ids = new Map<string, JournalEntry>()
    this.#orAnew(() => {
      for (const { command, at: asked, id } of commands) {
        const known = id === undefined ? undefined : (ids.get(id) ?? this.#journal.find(id))
        if (known !== undefined) {
          repeatedEntry(known, command)
          continue
        }
        this.#checkForward(asked, earliest)
        earliest = asked
        const at = Math.max(asked, this.now)
        this.world.advance(at)
        const effect = prepare(this.world.stateFor(command.kind), command)
        const entry = commandEntry(this.#sequence + 1, at, command, id)
        entries.push(entry)
        if (id !== undefined) ids.set(id, entry)
        this.#carryOut(entry, effect)
      }
      if (entries.length > 0) this.#journal.append(entries)
    })
    this.#done()
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    return this.#events.subscribe(listener)
  }

  journal(after = 0): Iterable<JournalEntry> {
    return this.#journal.read(after)
  }

  checkpoint(): Checkpoint {
    const { memory, now } = this.world.state
    const last = entryAt(this.#journal, this.#sequence)
    return Object.freeze({
      form: memoryForm,
      origin: this.#origin,
      sequence: this.#sequence,
      seal: last === undefined ? '' : entrySeal(last),
      now,
      charges: this.world.charges.mark(),
      memory: packMemory(memory),
    })
  }

  copyCharges(directory: string): void {
    this.world.finish()
    const charges = this.world.charges.fork(directory)
    try {
      charges.sync()
    } finally {
      charges.close()
    }
  }

  copy(): EngineCopy {
    const checkpoint = this.checkpoint()
    return {
      checkpoint,
      entries: [...this.#journal.read()],
      meta: this.#journal.allMeta(),
      charges: this.#chargePlace.copy(this.world.charges),
    }
  }

  fork(): Engine {
    return createEngine({ startsAt: 0, ...filesOfAll(this.copy()) })
  }

  close(options: { readonly isDiscarded?: boolean } = {}): void {
    if (options.isDiscarded !== true && this.#world !== undefined && this.#pace.isBehind(this.#sequence)) this.#keepCheckpoint()
    this.#charges?.close()
    this.#chargePlace.close()
    this.#journal.close()
  }

  /** A world made from the newest checkpoint that stands on the journal, and what the journal says since. @throws `venue.journal-inconsistent` */
  #rebuild(): World {
    this.#charges?.close()
    const { startsAt, behaviour } = this.#origin
    let replaying = true
    const tell = (event: EngineEvent) => replaying || this.#events.add(event)
    const { checkpoint, memory, charges } = this.#standing()
    this.#charges = charges
    const isHeard = () => !replaying && this.#events.isHeard
    const world = new World(memory, { startsAt, behaviour, tell, isHeard, charges })
    this.#sequence = checkpoint?.sequence ?? 0
    this.#pace.note(this.#sequence, rowsIn(charges), checkpoint?.memory.length ?? 0)
    for (const entry of this.#journal.read(this.#sequence)) {
      replayEntry(world, entry, this.#sequence + 1)
      this.#sequence = entry.sequence
    }
    world.advance(Math.max(this.#floor, world.unsettled.now))
    replaying = false
    return world
  }

  /** What the journal is replayed upon. */
  #standing(): { readonly checkpoint?: Checkpoint; readonly memory: WorldMemory; readonly charges: ChargeStores } {
    for (const checkpoint of this.#checkpoints.read()) {
      if (!standsOn(checkpoint, this.#journal, this.#origin)) continue
      try {
        return { checkpoint, memory: unpackMemory(checkpoint.memory), charges: this.#chargePlace.open(checkpoint.charges) }
      } catch {
        // Its charges are not there as it left them, or it cannot be read: an older one will do, or none.
      }
    }
    return { memory: newMemory(this.#origin.startsAt), charges: this.#chargePlace.open() }
  }

  #advance(instant: number): void {
    this.#begin(instant)
    this.#orAnew(() => this.world.finish())
  }

  /**
   * A move of the clock is in the journal before it shows, like a command, when anything is due on its way. While another
   * is under way an instant is looked at by what the clock tells; where that one goes farther, nothing is left to do.
   */
  #begin(asked: number): void {
    this.#checkForward(asked)
    this.#orAnew(() => this.world.finish())
    const instant = Math.max(asked, this.now)
    if (this.world.nextDue() <= instant) {
      const entry = clockMoveEntry(this.#sequence + 1, instant)
      this.#journal.append([entry])
      this.#sequence = entry.sequence
    }
    this.world.begin(instant)
    this.#floor = instant
  }

  #carryOut({ sequence, at, command: { kind } }: JournalEntry, effect: Effect): void {
    this.#sequence = sequence
    this.world.carryOut(effect)
    this.#events.add({ kind: 'command', sequence, at, command: kind })
  }

  /** What fails half-way leaves no half behind: the world is made anew from what is in the journal, when it is next asked for. */
  #orAnew<Result>(work: () => Result): Result {
    const mode = this.clockMode
    try {
      return work()
    } catch (error) {
      this.#modeBefore = mode
      this.#world = undefined
      this.#events.drop()
      throw error
    }
  }

  /** After every command and every move of the clock. */
  #done(): void {
    this.#events.tell()
    if (this.#checkpoints === noCheckpoints || this.#charges === undefined || this.#world === undefined) return
    if (this.#pace.isDue(this.#sequence, rowsIn(this.#charges))) this.#keepCheckpoint()
  }

  #keepCheckpoint(): void {
    try {
      this.world.finish()
      this.world.charges.sync()
      const checkpoint = this.checkpoint()
      this.#checkpoints.keep(checkpoint)
      this.#pace.note(this.#sequence, rowsIn(this.world.charges), checkpoint.memory.length)
    } catch (error) {
      if (!isOverdraftError(error)) throw error
      // It only spares time at the next start. What the journal has is durable without it.
      this.#pace.note(this.#sequence, rowsIn(this.world.charges), 0)
    }
  }

  #checkForward(instant: number, now = this.now): void {
    checkInstant(instant)
    if (instant < now) fail('time.clock-backwards', { now, target: instant })
  }
}

/** @throws `venue.journal-inconsistent` */
function replayEntry(world: World, { sequence, at, command }: JournalEntry, expected: number): void {
  const { now } = world.unsettled
  if (sequence !== expected) fail('venue.journal-inconsistent', { sequence, reason: `entry ${expected} should come first` })
  if (at < now) fail('venue.journal-inconsistent', { sequence, reason: `its instant ${at} lies before ${now}` })
  world.advance(at)
  if (command.kind === 'clock-move') return
  try {
    world.carryOut(prepare(world.stateFor(command.kind), command))
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    fail('venue.journal-inconsistent', { sequence, reason: error.message }, error)
  }
}

function rowsIn({ negativeBalance, marginLoan, okx }: ChargeStores): number {
  return negativeBalance.size + marginLoan.size + okx.size
}
