import type { Interval } from '../../time/interval.ts'
import type { Unjudged } from '../evidence.ts'
import type { Finding } from '../finding.ts'

/** More findings than anybody reads; beyond it they are counted alone, so that memory stays bounded. */
const findingsMax = 100_000
const spansMax = 1_000

/** What was found over several rows, and what could not be judged, until the audit asks for it. */
export class FoundLater {
  readonly #findings = new Map<string, Finding>()
  readonly #unjudged = new Map<string, { count: number; spans: Interval[] }>()
  #beyond = 0

  /** Two witnesses may show the same: it is told once. */
  add(finding: Finding): void {
    if (this.#findings.has(finding.id)) return
    if (this.#findings.size < findingsMax) this.#findings.set(finding.id, finding)
    else this.#beyond++
  }

  get findings(): Iterable<Finding> {
    return this.#findings.values()
  }

  couldNotJudge(why: string, count: number, span?: Interval): void {
    if (count <= 0) return
    const known = this.#unjudged.get(why) ?? { count: 0, spans: [] }
    this.#unjudged.set(why, known)
    known.count += count
    if (span !== undefined && known.spans.length < spansMax) known.spans.push(span)
  }

  unjudged(): readonly Unjudged[] {
    this.couldNotJudge(`findings beyond the first ${findingsMax}, which are counted alone`, this.#beyond)
    this.#beyond = 0
    return [...this.#unjudged].map(([why, { count, spans }]) => Object.freeze({ why, count, spans: Object.freeze([...spans]) }))
  }
}
