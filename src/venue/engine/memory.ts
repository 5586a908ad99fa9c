import type { Account, Holding, KeyOwner } from './account.ts'
import type { ClockMode } from './command.ts'
import { type MarketMemory, noMarket } from './market.ts'
import { type MovementMemory, noMovements } from './movement-log.ts'

/**
 * All that the world remembers but for its charges, as one graph of plain data: maps, arrays, numbers, bigints, text.
 * Taken as a whole it is a snapshot: a structured clone of it is an independent world.
 */
export interface WorldMemory {
  now: number
  clockMode: ClockMode | undefined
  readonly accounts: Map<string, Account>
  readonly keyOwners: Map<string, KeyOwner>
  readonly holdings: { readonly binance: Holding[]; readonly okx: Holding[] }
  /** By exchange, house and asset. */
  readonly house: Map<string, bigint>
  readonly market: MarketMemory
  readonly movements: MovementMemory
  /** What each process remembers, by its name. */
  readonly processes: Map<string, object>
}

export function newMemory(startsAt: number): WorldMemory {
  return {
    now: startsAt,
    clockMode: undefined,
    accounts: new Map(),
    keyOwners: new Map(),
    holdings: { binance: [], okx: [] },
    house: new Map(),
    market: noMarket(),
    movements: noMovements(),
    processes: new Map(),
  }
}

/** The memory of one process, made on first use. */
export function processMemory<Memory extends object>(memory: WorldMemory, name: string, begin: () => Memory): Memory {
  const known = memory.processes.get(name)
  if (known !== undefined) return known as Memory
  const begun = begin()
  memory.processes.set(name, begun)
  return begun
}
