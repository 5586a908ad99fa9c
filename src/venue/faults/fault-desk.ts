import type { Exchange } from '../../contracts/contract.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { fallsOn } from './chance.ts'
import { filledRule } from './filled-rule.ts'
import { type FaultKind, statedKind } from './kinds.ts'
import type { FaultInput, FaultRule } from './rule.ts'
import { checkedInput } from './rule-schema.ts'
import { isAbout, type SeenCall } from './seen-call.ts'

/** One fault that was given to one call. */
export interface GivenFault {
  /** 1, 2, 3 … over the venue's life. */
  readonly sequence: number
  /** The venue's instant. */
  readonly at: number
  /** The name of the rule. */
  readonly fault: string
  readonly kind: FaultKind
  readonly exchange: Exchange
  readonly method: string
  readonly path: string
  /** The name of the contract; absent for paths nobody states. */
  readonly endpoint?: string
  readonly account?: string
  /** The number of the call among those the rule is about, from 1. */
  readonly call: number
  /** The rule whose fault decided what came back instead, so that this one was not felt. */
  readonly overtakenBy?: string
}

/** A rule with how often it was looked at and how often its fault was given. */
export interface FaultState {
  readonly rule: FaultRule
  /** How many calls it was about. */
  readonly matched: number
  readonly given: number
}

/** The faults of a venue, which its owner adds, reads and clears; they never change what is true in it. */
export interface VenueFaults {
  /** Adds rules, all or none. @throws `venue.fault-rule-malformed`, `venue.fault-rule-taken`, `venue.fault-rules-too-many` */
  add(...rules: readonly FaultInput[]): readonly FaultRule[]
  list(): readonly FaultState[]
  /** Removes one rule, or all. The log stays. @throws `venue.fault-rule-unknown` */
  clear(name?: string): void
  /** The newest 10,000 faults that were given, oldest first. */
  readonly log: readonly GivenFault[]
}

/** A fault that falls on a call. */
export interface Fault {
  readonly rule: FaultRule
  readonly call: number
}

interface Standing {
  readonly rule: FaultRule
  matched: number
  given: number
}

const rulesMax = 1_000
const logMax = 10_000

/** Keeps the rules and decides which fault falls on which call. */
export class FaultDesk implements VenueFaults {
  readonly #rules = new Map<string, Standing>()
  #log: GivenFault[] = []
  #sequence = 0
  #names = 0
  readonly #ending = new AbortController()

  /** Aborts when the venue closes: nobody waits for a late reply then. */
  get ending(): AbortSignal {
    return this.#ending.signal
  }

  close(): void {
    this.#ending.abort()
  }

  add(...given: readonly FaultInput[]): readonly FaultRule[] {
    const inputs = given.map(checkedInput)
    if (this.#rules.size + inputs.length > rulesMax) fail('venue.fault-rules-too-many', { limit: rulesMax })
    const fresh = new Map<string, FaultRule>()
    const isTaken = (name: string): boolean => this.#rules.has(name) || fresh.has(name)
    const wanted = new Set(inputs.flatMap(({ name }) => name ?? []))
    for (const input of inputs) {
      if (input.name !== undefined && isTaken(input.name)) fail('venue.fault-rule-taken', { name: input.name })
      const name = input.name ?? this.#freeName((other) => isTaken(other) || wanted.has(other))
      fresh.set(name, filledRule(input, name))
    }
    for (const [name, rule] of fresh) this.#rules.set(name, { rule, matched: 0, given: 0 })
    return [...fresh.values()]
  }

  list(): readonly FaultState[] {
    return [...this.#rules.values()].map((standing) => Object.freeze({ ...standing }))
  }

  clear(name?: string): void {
    if (name === undefined) {
      this.#rules.clear()
      // What is added afterwards is named, and so drawn, as on the first day.
      this.#names = 0
    } else if (!this.#rules.delete(name)) fail('venue.fault-rule-unknown', { name, known: [...this.#rules.keys()] })
  }

  get log(): readonly GivenFault[] {
    return this.#log.slice(-logMax)
  }

  get isIdle(): boolean {
    return this.#rules.size === 0
  }

  /** The faults that fall on a call, in the order of their rules; those that are not felt are logged, but left out. */
  fallOn(seen: SeenCall, now: number): readonly Fault[] {
    const faults: Fault[] = []
    for (const standing of this.#rules.values()) {
      const { rule } = standing
      if (!isAbout(rule, seen, now)) continue
      standing.matched += 1
      if (standing.given >= (rule.count ?? Number.POSITIVE_INFINITY) || !fallsOn(rule, standing.matched)) continue
      standing.given += 1
      faults.push({ rule, call: standing.matched })
    }
    const deciding = faults.find(({ rule }) => statedKind(rule.kind).exclusive)
    const felt = faults.filter((fault) => isFelt(fault, deciding))
    for (const fault of faults) this.#note(fault, seen, now, felt.includes(fault) ? undefined : deciding)
    return felt
  }

  #note({ rule, call }: Fault, { exchange, method, path, endpoint, account }: SeenCall, at: number, overtaking: Fault | undefined): void {
    this.#sequence += 1
    this.#log.push(
      Object.freeze({
        sequence: this.#sequence,
        at,
        fault: rule.name,
        kind: rule.kind,
        exchange,
        method,
        path,
        ...(endpoint === undefined ? {} : { endpoint: endpoint.name }),
        ...(account === undefined ? {} : { account }),
        call,
        ...(overtaking === undefined ? {} : { overtakenBy: overtaking.rule.name }),
      }),
    )
    if (this.#log.length >= 2 * logMax) this.#log = this.#log.slice(-logMax)
  }

  #freeName(isTaken: (name: string) => boolean): string {
    for (;;) {
      this.#names += 1
      const name = `fault-${this.#names}`
      if (!isTaken(name)) return name
    }
  }
}

/** Once one decides what comes back, no other of its sort is felt; and where the call is not carried out, only what delays it is. */
function isFelt(fault: Fault, deciding: Fault | undefined): boolean {
  if (deciding === undefined || fault === deciding || fault.rule.kind === 'slow') return true
  return !statedKind(fault.rule.kind).exclusive && statedKind(deciding.rule.kind).outcome !== 'refused'
}
