import type { Interval } from '../../time/interval.ts'
import { contains } from '../../time/interval.ts'
import { type CanonicalRow, compareRows } from './canonical-row.ts'
import { nextLink, shortLink } from './row-chain.ts'
import type { CertifiedRow } from './section-reader.ts'

/** The first row that does not fit. */
export interface Misfit {
  readonly kind: 'missing' | 'added' | 'changed' | 'twice'
  readonly account: string
  /** As it was found; of a row that is missing only its instant and key are known. */
  readonly row: Pick<CanonicalRow, 'at' | 'key'> & Partial<Pick<CanonicalRow, 'values'>>
}

/**
 * Follows one section of a certificate while rows come, oldest first. A row is proven by the whole link before it: where
 * the part begins in the midst of a line of rows there is none, and those up to its end are known by their keys alone.
 */
export class SectionCheck {
  readonly #account: string
  readonly #within: Interval
  readonly #rows: AsyncIterator<CertifiedRow>
  #next: CertifiedRow | undefined
  #link: Buffer | undefined
  #isBegun = false
  #last: CanonicalRow | undefined
  proven = 0
  byKeyAlone = 0
  /** The oldest row from which on a part could be proven, of those that were not. */
  provableFrom: number | undefined

  constructor(account: string, within: Interval, rows: AsyncIterator<CertifiedRow>) {
    this.#account = account
    this.#within = within
    this.#rows = rows
  }

  /** The next row that was found; tells whether it does not fit. */
  async take(row: CanonicalRow): Promise<Misfit | undefined> {
    if (this.#last !== undefined && compareRows(this.#last, row) === 0) return { kind: 'twice', account: this.#account, row }
    this.#last = row
    const expected = await this.#expected()
    const order = expected === undefined ? 1 : compareRows(expected, row)
    if (expected === undefined || order > 0) return { kind: 'added', account: this.#account, row }
    if (order < 0) return this.#missing(expected)
    this.#isBegun = false
    this.#link = expected.before ?? this.#link
    if (this.#link === undefined) {
      this.byKeyAlone += 1
      this.#link = expected.after
      return undefined
    }
    this.#link = nextLink(this.#link, row)
    this.proven += 1
    const fits = shortLink(this.#link) === expected.short && (expected.after === undefined || expected.after.equals(this.#link))
    return fits ? undefined : { kind: 'changed', account: this.#account, row }
  }

  /** No more rows come: whatever the certificate still has of the part is missing. */
  async finish(): Promise<Misfit | undefined> {
    const expected = await this.#expected()
    return expected === undefined ? undefined : this.#missing(expected)
  }

  async close(): Promise<void> {
    await this.#rows.return?.()
  }

  #missing({ at, key }: CertifiedRow): Misfit {
    return { kind: 'missing', account: this.#account, row: { at, key } }
  }

  /** The row of the certificate that is due, of the part; stays until it was taken. */
  async #expected(): Promise<CertifiedRow | undefined> {
    if (this.#isBegun) return this.#next
    for (;;) {
      const { value, done } = await this.#rows.next()
      this.#isBegun = true
      this.#next = done === true ? undefined : value
      if (this.#next === undefined || contains(this.#within, this.#next.at)) break
      if (this.#next.at >= this.#within.to) {
        this.#next = undefined
        break
      }
      // Of what lies before the part only the whole link after it is of use.
      if (this.#next.before !== undefined) this.provableFrom = this.#next.at
      this.#link = this.#next.after
    }
    return this.#next
  }
}
