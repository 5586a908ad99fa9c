import type { Exchange } from '../exchange.ts'

/** One rule by which an exchange charges, moves or refuses, as docs/parity.md lists it. */
export interface Rule {
  /** Its tests stand inside `describe('rule: <name>', ...)`. */
  readonly name: string
  readonly exchange: Exchange
  /** One sentence. */
  readonly says: string
  /** From when on it is in force, and until when, in epoch milliseconds UTC; left out, always. */
  readonly from?: number
  readonly until?: number
  /** Sections of docs/exchange-facts.md; `B3.1 [document 002]` names one of the five documents as well. */
  readonly facts: readonly string[]
  /** Where it is carried out, below `src/`. */
  readonly module: string
}

type Stated = Omit<Rule, 'name' | 'exchange'>

/** The rules of one exchange, by name. */
export function rulesOf(exchange: Exchange, stated: Readonly<Record<string, Stated>>): readonly Rule[] {
  return Object.freeze(Object.entries(stated).map(([name, rule]) => Object.freeze({ name, exchange, ...rule })))
}
