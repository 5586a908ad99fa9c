import { isAlias, isScalar, type Node, type Pair, parseDocument, visit } from 'yaml'
import { quoted } from '../../errors/entry.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { LineIndex } from './line-index.ts'
import { isNestedTooDeeply } from './nesting.ts'
import type { Place } from './scenario-data.ts'

/** One thing wrong with a scenario file. */
export interface Fault extends Place {
  readonly problem: string
}

const faultsMax = 20
const textMax = 1_000_000

/** A place in the document under a field path, before it is known whether what stands there is right. */
export interface Spot {
  readonly reading: Reading
  readonly node: Node | null
  readonly field: string
  /** Where to point when there is no node of its own. */
  readonly offset: number
}

/** The reading of one scenario file: its text by lines, and what was found wrong so far. */
export class Reading {
  readonly file: string
  readonly #faults: Fault[] = []
  #faultCount = 0
  // The parser's own line counter loses the lines within a quoted text that is not closed.
  #lines = new LineIndex('')
  readonly #targets = new Map<Node, Node>()

  constructor(file: string) {
    this.file = file
  }

  /** Parses the text. Every scalar stays text, so that a decimal keeps every digit as it is written. @throws `scenario.invalid`, `scenario.unreadable` */
  root(text: string): Spot {
    if (text.length > textMax) fail('scenario.unreadable', { file: this.file, reason: `it is longer than ${textMax} characters` })
    if (isNestedTooDeeply(text)) fail('scenario.unreadable', { file: this.file, reason: 'it is nested too deeply' })
    this.#lines = new LineIndex(text)
    const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, uniqueKeys: false })
    for (const error of document.errors) this.fault(error.pos[0], '', `the file is not YAML or JSON: ${error.message}`)
    this.failOnFaults()
    if (document.contents !== null) this.#lookThrough(document.contents)
    this.failOnFaults()
    return { reading: this, node: document.contents, field: '', offset: 0 }
  }

  /** The node an alias stands for, or the node itself. */
  resolved(node: Node | null): Node | null {
    return node !== null && isAlias(node) ? (this.#targets.get(node) ?? null) : node
  }

  /** The parser's own way to the target of an alias, and to a key given twice, takes time that grows with the square of the text. */
  #lookThrough(contents: Node): void {
    const anchored = new Map<string, Node>()
    visit(contents, {
      Alias: (_, alias) => {
        const target = anchored.get(alias.source)
        if (target !== undefined) this.#targets.set(alias, target)
      },
      Value: (_, node) => {
        if (node.anchor !== undefined) anchored.set(node.anchor, node)
      },
      Map: (_, map) => {
        if (map.anchor !== undefined) anchored.set(map.anchor, map)
        this.#faultTwins(map.items)
      },
    })
  }

  #faultTwins(pairs: readonly Pair[]): void {
    const seen = new Set<unknown>()
    for (const { key } of pairs) {
      if (!isScalar(key)) continue
      if (seen.has(key.value))
        this.fault(
          key.range?.[0] ?? 0,
          '',
          `the file is not YAML or JSON: map keys must be unique, but ${quoted(String(key.value))} is given twice`,
        )
      seen.add(key.value)
    }
  }

  place(offset: number, field: string): Place {
    return Object.freeze({ file: this.file, ...this.#lines.placeOf(offset), field })
  }

  fault(offset: number, field: string, problem: string): void {
    this.#faultCount++
    if (this.#faults.length < faultsMax) this.#faults.push(Object.freeze({ ...this.place(offset, field), problem }))
  }

  /** @throws `scenario.invalid` with every fault found so far, in the order of the file */
  failOnFaults(): void {
    if (this.#faultCount === 0) return
    const faults = [...this.#faults].sort((left, right) => left.line - right.line || left.column - right.column)
    fail('scenario.invalid', { file: this.file, faults, count: this.#faultCount })
  }
}

export function offsetOf(spot: Spot): number {
  return spot.node?.range?.[0] ?? spot.offset
}

export function placeOf(spot: Spot): Place {
  return spot.reading.place(offsetOf(spot), spot.field)
}

/** The path of a field within the mapping at the spot. */
export function fieldOf(spot: Spot, name: string): string {
  return spot.field === '' ? name : `${spot.field}.${name}`
}

/** Notes that a field of the mapping at the spot is not there. */
export function missing(spot: Spot, name: string, hint = ''): undefined {
  spot.reading.fault(offsetOf(spot), fieldOf(spot, name), `is missing${hint}`)
  return undefined
}

/** Notes that the spot is wrong. */
export function fault(spot: Spot, problem: string): undefined {
  spot.reading.fault(offsetOf(spot), spot.field, problem)
  return undefined
}
