import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import type { Interval } from '../../time/interval.ts'
import type { Evidence, Objection, SeenCharge, Unjudged } from '../evidence.ts'
import type { Finding } from '../finding.ts'
import { FoundLater } from './found-later.ts'
import { MarginLoans } from './margin-loans.ts'
import { NegativeBalances } from './negative-balances.ts'
import { OkxDebts } from './okx-debts.ts'

/** What one walk asks; each kind of history has witnesses of its own. */
interface Witnesses {
  advance(from: number, to: number): Promise<void>
  objectionTo(charge: SeenCharge, sound: boolean): Objection | undefined
  movedBetween(charge: SeenCharge, from: number, to: number): 'none' | 'some' | 'unknown'
  finish(): Promise<void>
}

export interface EvidenceOptions {
  readonly book: Book
  readonly account: BookAccount
  /** What the audit judges; witnesses from beyond it are used, but nothing beyond it is told. */
  readonly within?: Interval | undefined
}

/**
 * What the book holds beside the charges of an account, as witnesses for and against them: balances, income, loans,
 * repayments, published rates, `PORTFOLIO` rows, bills. Memory does not grow with the number of charges.
 *
 * @example const evidence = openEvidence({ book, account }); await auditAccount({ book, account: account.label, evidence, … })
 */
export function openEvidence(options: EvidenceOptions): Evidence {
  return new AccountEvidence(options)
}

class AccountEvidence implements Evidence {
  readonly #options: EvidenceOptions
  readonly #found = new FoundLater()
  #witnesses: Witnesses | undefined

  constructor(options: EvidenceOptions) {
    this.#options = options
  }

  async begin(history: SeenCharge['history']): Promise<void> {
    await this.#witnesses?.finish()
    this.#witnesses = await this.#open(history)
  }

  async advance({ from, to }: Interval): Promise<void> {
    await this.#witnesses?.advance(from, to)
  }

  objectionTo(charge: SeenCharge, sound: boolean): Objection | undefined {
    return this.#witnesses?.objectionTo(charge, sound)
  }

  movedBetween(charge: SeenCharge, from: number, to: number): 'none' | 'some' | 'unknown' {
    return this.#witnesses?.movedBetween(charge, from, to) ?? 'unknown'
  }

  async *remaining(): AsyncGenerator<Finding> {
    await this.#witnesses?.finish()
    this.#witnesses = undefined
    yield* this.#found.findings
  }

  unjudged(): readonly Unjudged[] {
    return this.#found.unjudged()
  }

  async #open(history: SeenCharge['history']): Promise<Witnesses> {
    const { book, account, within } = this.#options
    const { label, exchange } = account
    if (exchange === 'okx') return okxWitnesses(await OkxDebts.open(book, label, this.#found, within))
    return history === 'charges'
      ? negativeBalanceWitnesses(await NegativeBalances.open(book, label, this.#found, within))
      : marginWitnesses(await MarginLoans.open(book, label, this.#found))
  }
}

function okxWitnesses(debts: OkxDebts): Witnesses {
  return {
    advance: (from, to) => debts.advance(from, to),
    objectionTo: (charge, sound) => debts.objectionTo(charge, sound),
    movedBetween: (charge, from, to) => debts.movedBetween(charge, from, to),
    finish: () => debts.finish(),
  }
}

function negativeBalanceWitnesses(balances: NegativeBalances): Witnesses {
  return {
    advance: (from, to) => balances.advance(from, to),
    objectionTo: (charge) => balances.objectionTo(charge),
    movedBetween: () => 'unknown',
    finish: () => balances.finish(),
  }
}

function marginWitnesses(loans: MarginLoans): Witnesses {
  return {
    advance: (_, to) => loans.advance(to),
    objectionTo: (charge) => loans.objectionTo(charge),
    movedBetween: ({ series }, from, to) => loans.movedBetween(series.asset, from, to),
    finish: async () => loans.finish(),
  }
}
