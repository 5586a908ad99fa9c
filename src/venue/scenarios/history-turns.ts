import { add, isZero, negate, subtract } from '../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../decimal/decimal.ts'
import type { Command } from '../engine/command.ts'
import { instantOf } from './moments.ts'
import { RandomStream } from './random-stream.ts'
import type { BookWallet, HistoryEntry, Movement, Place, Scenario, UnrealisedWallet } from './scenario-data.ts'
import type { Turn } from './timed-command.ts'
import { nextStep, turnsOf } from './wander.ts'

type Entry<Kind extends HistoryEntry['kind']> = Extract<HistoryEntry, { kind: Kind }>

/** What the scenario itself has put into each wallet so far; what the venue moves by its own rules is not in it. */
class Reckoning {
  readonly #levels = new Map<string, Decimal>()

  level(account: string, wallet: string, asset: string): Decimal {
    return this.#levels.get(`${account} ${wallet} ${asset}`) ?? zero
  }

  set(account: string, wallet: string, asset: string, level: Decimal): void {
    this.#levels.set(`${account} ${wallet} ${asset}`, level)
  }

  /** Takes note of a movement that stands in the file as it is. */
  note(movement: Movement): void {
    if (movement.kind === 'book') this.#move(movement, movement.wallet, movement.amount)
    if (movement.kind === 'set-unrealised') this.set(movement.account, movement.wallet, movement.asset, movement.amount)
    // Deposits matter where they reach a wallet that losses are booked to: OKX cash.
    if (movement.kind === 'deposit') this.#move(movement, 'cash', movement.amount)
    if (movement.kind === 'withdraw') this.#move(movement, 'cash', negate(movement.amount))
  }

  #move({ account, asset }: { readonly account: string; readonly asset: string }, wallet: string, amount: Decimal): void {
    this.set(account, wallet, asset, add(this.level(account, wallet, asset), amount))
  }
}

/** Everything that happens to the accounts, unfolded from the history's entries, each at its instant. */
export function historyTurns({ seed, history }: Scenario, endsAt: number): readonly Turn[] {
  const reckoning = new Reckoning()
  const seen = new Map<string, number>()
  const turnsOfEntry = (entry: HistoryEntry): readonly Turn[] => {
    switch (entry.kind) {
      case 'movement':
        return [movementTurn(entry, reckoning, endsAt)]
      case 'level':
        return [levelTurn(entry, reckoning, endsAt)]
      case 'walk':
        return walkTurns(entry, reckoning, endsAt, streamFor(seed, entry, seen))
      case 'flow':
        return flowTurns(entry, reckoning, endsAt, streamFor(seed, entry, seen))
    }
  }
  return history.flatMap((entry) => {
    const place = entryPlace(entry)
    return turnsOfEntry(entry).map((turn) => ({ ...turn, place }))
  })
}

/** Where the entry stands: its instant is written in it. */
function entryPlace({ at: { place } }: HistoryEntry): Place | undefined {
  return place && Object.freeze({ ...place, field: place.field.replace(/\.at$/, '') })
}

/** A stream by what the entry is about and how many like it came before, so that editing one leaves the others as they were. */
function streamFor(
  seed: string,
  { kind, account, wallet, asset, reason }: Entry<'walk'> | Entry<'flow'>,
  seen: Map<string, number>,
): RandomStream {
  const name = [kind, account, wallet, asset, reason].join(' ')
  const before = seen.get(name) ?? 0
  seen.set(name, before + 1)
  return new RandomStream(seed, 'history', name, String(before))
}

function movementTurn({ at, movement }: Entry<'movement'>, reckoning: Reckoning, endsAt: number): Turn {
  return {
    at: instantOf(at, endsAt),
    commands: () => {
      reckoning.note(movement)
      return [movement]
    },
  }
}

interface Target {
  readonly account: string
  readonly wallet: BookWallet
  readonly asset: string
  readonly reason: Entry<'flow'>['reason']
}

/** The booking of an amount, or nothing when there is nothing to book. */
function booking({ account, wallet, asset, reason }: Target, amount: Decimal): readonly Command[] {
  return isZero(amount) ? [] : [{ kind: 'book', account, wallet, asset, amount, reason }]
}

function levelTurn(entry: Entry<'level'>, reckoning: Reckoning, endsAt: number): Turn {
  const { account, wallet, asset, to, settles } = entry
  return {
    at: instantOf(entry.at, endsAt),
    commands: () => {
      const amount = subtract(to, reckoning.level(account, wallet, asset))
      reckoning.set(account, wallet, asset, settles ?? to)
      return booking(entry, amount)
    },
  }
}

function walkTurns(entry: Entry<'walk'>, reckoning: Reckoning, endsAt: number, random: RandomStream): readonly Turn[] {
  const { account, wallet, asset, reason } = entry
  const instants = [...turnsOf(instantOf(entry.at, endsAt), instantOf(entry.until, endsAt), entry.everyMs, entry.jitterMs, random)]
  return instants.map((at) => ({
    at,
    commands: () => {
      const present = reckoning.level(account, wallet, asset)
      const next = nextStep(entry, present, random)
      reckoning.set(account, wallet, asset, next)
      if (isUnrealised(wallet)) return [{ kind: 'set-unrealised', account, wallet, asset, amount: next }]
      return booking({ account, wallet, asset, reason }, subtract(next, present))
    },
  }))
}

function isUnrealised(wallet: BookWallet | UnrealisedWallet): wallet is UnrealisedWallet {
  return wallet.endsWith('-unrealised')
}

function flowTurns(entry: Entry<'flow'>, reckoning: Reckoning, endsAt: number, random: RandomStream): readonly Turn[] {
  const { account, wallet, asset, low, high } = entry
  const instants = [...turnsOf(instantOf(entry.at, endsAt), instantOf(entry.until, endsAt), entry.everyMs, entry.jitterMs, random)]
  return instants.map((at) => ({
    at,
    commands: () => {
      const amount = random.decimalBetween(low, high)
      reckoning.set(account, wallet, asset, add(reckoning.level(account, wallet, asset), amount))
      return booking(entry, amount)
    },
  }))
}
