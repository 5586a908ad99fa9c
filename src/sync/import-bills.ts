import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageSpan, Movement, RowFinding, SyncLease } from '../book/record.ts'
import { fail } from '../errors/overdraft-error.ts'
import { billsOfFile } from '../imports/bills-of-file.ts'
import { admitted, type Quarter, QuarterRows } from '../imports/quarter.ts'
import type { Clock } from '../time/clock.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { covers, difference, type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { fileProof } from './file-proof.ts'
import { KnownBills } from './known-bills.ts'
import { takeLease } from './lease.ts'
import { movementOfBill } from './movements-of-rows.ts'
import { brokenBalances } from './witness-balances.ts'

/** A file that can be read twice: once to see whether it is right, once to store it. */
export interface BillsFile {
  /** What it is called, without its folder; may be shown. */
  readonly name: string
  read(): AsyncIterable<string> & { sha256(): string }
}

export interface ImportBillsOptions {
  readonly book: Book
  readonly account: BookAccount
  readonly file: BillsFile
  /** The quarter that the user says the file is of. */
  readonly quarter: Quarter
  readonly clock: Clock
  /** Unique to this run; shown to others that want the account. */
  readonly holder: string
  readonly signal: AbortSignal | undefined
  readonly onWaiting: (lease: SyncLease) => void
}

export interface ImportOutcome {
  readonly added: number
  readonly known: number
  readonly sha256: string
  /** What the file speaks for. */
  readonly span: Interval
  /** What is proven now of all that a file of the quarter may tell of. */
  readonly proven: IntervalSet
  /** A sentence for each thing that contradicts what the book, or the file itself, tells otherwise. */
  readonly findings: readonly string[]
}

const batchRows = 1_000

/**
 * Takes the bills of one of OKX's quarterly files into the book: all of them, or none where a line is wrong. They are the
 * same rows as the sync's, under the same keys; what the book tells otherwise stays, and is told. The span is proven except
 * where balances do not follow one from another, and not at all where the file lacks a bill that the exchange has shown.
 *
 * @throws `import.*`, `book.account-unknown`, the signal's reason
 */
export async function importBills(options: ImportBillsOptions): Promise<ImportOutcome> {
  const { book, account, clock, holder, signal, onWaiting } = options
  if (account.exchange !== 'okx') fail('import.wrong-exchange', { account: account.label, exchange: account.exchange, needed: 'okx' })
  const { known, span, sha256 } = await check(options)
  // What another run brought meanwhile does not make the file needless.
  const lease = await takeLease({ book, account: account.label, holder, clock, signal, onWaiting }, Number.POSITIVE_INFINITY)
  try {
    return await new Import(options, known, span, sha256).run()
  } finally {
    if (lease.kind === 'held') await lease.drop()
  }
}

/** Reads the file once, so that nothing of it is stored where any line is wrong. */
async function check({ file, quarter, signal }: ImportBillsOptions) {
  const known = new KnownBills(file.name)
  const rows = new QuarterRows(quarter)
  const lines = file.read()
  for await (const bill of billsOfFile(file.name, lines, quarter)) {
    signal?.throwIfAborted()
    known.take(bill)
    rows.take(bill.ts)
  }
  known.close()
  if (rows.count === 0) fail('import.no-rows', { name: file.name, quarter: quarter.name })
  const span = rows.span ?? fail('import.two-calendars', { name: file.name, quarter: quarter.name })
  return { known, span, sha256: lines.sha256() }
}

/** The storing of a file that was found right. */
class Import {
  readonly #options: ImportBillsOptions
  readonly #label: string
  readonly #known: KnownBills
  readonly #span: Interval
  readonly #sha256: string
  readonly #findings: string[] = []
  readonly #now: number
  #added = 0
  #again = 0

  constructor(options: ImportBillsOptions, known: KnownBills, span: Interval, sha256: string) {
    this.#options = options
    this.#label = options.account.label
    this.#known = known
    this.#span = span
    this.#sha256 = sha256
    this.#now = options.clock.now()
  }

  async run(): Promise<ImportOutcome> {
    await this.#assertOwn()
    const otherwise = await this.#toldOtherwise()
    await this.#store(otherwise)
    const lacks = await this.#lacking()
    const proven = lacks ? [] : await this.#following()
    await this.#prove(proven)
    const { book } = this.#options
    const now = intersection(intervalSet(await book.proven(this.#label, 'bills')), [admitted(this.#options.quarter)])
    return { added: this.#added, known: this.#again, sha256: this.#sha256, span: this.#span, proven: now, findings: this.#findings }
  }

  get #provenBy(): string {
    const { file, quarter } = this.#options
    return fileProof({ name: file.name, of: 'OKX bills-history-archive', sha256: this.#sha256, span: quarter.name })
  }

  /** Ids of bills are of one account: a file that lacks most of what is proven of its span is another's, or not whole. */
  async #assertOwn(): Promise<void> {
    const { book, account, file } = this.#options
    let [proven, shared] = [0, 0]
    for (const span of intersection(intervalSet(await book.proven(this.#label, 'bills')), [this.#span])) {
      for await (const bill of this.#billsOfBook(span)) {
        const told = this.#known.get(bill.id)
        proven++
        if (told?.at === bill.at && told.asset === bill.asset) shared++
      }
    }
    if (shared * 2 < proven) fail('import.other-account', { name: file.name, account: account.label, proven, shared })
  }

  /** Bills of the book that the file tells of another instant or asset: under its key each would be there twice. */
  async #toldOtherwise(): Promise<ReadonlySet<string>> {
    const otherwise = new Set<string>()
    const within = admitted(this.#options.quarter)
    for await (const bill of this.#billsOfBook(interval(within.from - dayMs, within.to + dayMs))) {
      const told = this.#known.get(bill.id)
      if (told === undefined || (told.at === bill.at && told.asset === bill.asset)) continue
      otherwise.add(bill.id)
      const came = `${told.asset} ${isoInstant(told.at)}`
      await this.#tell('changed', bill, came, `was of ${bill.asset} ${isoInstant(bill.at)} and came as of ${came}`)
    }
    return otherwise
  }

  async #store(otherwise: ReadonlySet<string>): Promise<void> {
    const { file, quarter, signal } = this.#options
    const lines = file.read()
    let batch: Movement[] = []
    for await (const bill of billsOfFile(file.name, lines, quarter)) {
      if (otherwise.has(bill.billId.toString())) {
        this.#again++
        continue
      }
      batch.push(movementOfBill(this.#label, bill, this.#now))
      if (batch.length < batchRows) continue
      signal?.throwIfAborted()
      await this.#record(batch)
      batch = []
    }
    await this.#record(batch)
    if (lines.sha256() !== this.#sha256) fail('import.file-changed', { name: file.name })
  }

  async #record(batch: readonly Movement[]): Promise<void> {
    const { added, known, changed, late } = await this.#options.book.recordMovements(this.#label, 'bills', batch, [])
    this.#added += added
    this.#again += known + changed.length
    this.#findings.push(...changed, ...late)
  }

  /** Whether the book has bills of the span that the file does not tell of: then it is not all that there was. */
  async #lacking(): Promise<boolean> {
    let lacks = false
    for await (const bill of this.#billsOfBook(this.#span)) {
      if (this.#known.get(bill.id) !== undefined) continue
      lacks = true
      await this.#tell('vanished', bill, '', `was there, and is missing in the ${this.#provenBy}`)
    }
    return lacks
  }

  /** The span but for where its balances do not follow one from another. */
  async #following(): Promise<IntervalSet> {
    const { book } = this.#options
    const proven = intervalSet(await book.proven(this.#label, 'bills'))
    const believed = union(proven, [this.#span])
    // The next bill of a balance may come long after the file's end: all that is proven on from there is looked at.
    const to = believed.find((one) => one.from <= this.#span.from && this.#span.to <= one.to)?.to ?? this.#span.to
    let following = intervalSet([this.#span])
    for await (const broken of brokenBalances(book, this.#label, interval(this.#span.from, to))) {
      // Where something in between was never proven, nothing is contradicted.
      if (!covers(believed, broken.span)) continue
      following = difference(following, [broken.span])
      await book.withdrawProof(this.#label, 'bills', broken.span)
      const row = `${this.#label} ${broken.key} ${isoInstant(broken.span.to - 1)}`
      const came = `${broken.came}, expected ${broken.expected}`
      await this.#find({ kind: 'witness', row, at: broken.span.from, came, sentence: broken.sentence })
    }
    return following
  }

  /** What was proven before keeps the proof it had. */
  async #prove(proven: IntervalSet): Promise<void> {
    const { book } = this.#options
    const fresh = difference(proven, intervalSet(await book.proven(this.#label, 'bills')))
    const common = { account: this.#label, stream: 'bills', provenBy: this.#provenBy, provenAt: this.#now } as const
    const coverage: readonly CoverageSpan[] = fresh.map(({ from, to }) => ({ ...common, from, to }))
    await book.recordMovements(this.#label, 'bills', [], coverage)
  }

  async *#billsOfBook(within: Interval): AsyncGenerator<Movement> {
    for await (const movement of this.#options.book.movements({ account: this.#label, within, order: 'oldest-first' })) {
      if (movement.stream === 'bills') yield movement
    }
  }

  async #tell(kind: RowFinding['kind'], bill: Movement, came: string, saying: string): Promise<void> {
    const row = `movement ${this.#label} bills ${bill.id} ${bill.asset} ${isoInstant(bill.at)}`
    await this.#find({ kind, row, at: bill.at, came, sentence: `${row}: ${saying}` })
  }

  /** Kept once, and told each time: it says why the file does not prove all of its span. */
  async #find(found: Pick<RowFinding, 'kind' | 'row' | 'at' | 'came' | 'sentence'>): Promise<void> {
    const finding: RowFinding = { ...found, account: this.#label, stream: 'bills', foundAt: this.#now, request: this.#provenBy }
    await this.#options.book.recordFindings([finding])
    this.#findings.push(found.sentence)
  }
}
