import type { Exchange } from '../../contracts/contract.ts'
import type { FaultKind, FaultKinds } from './kinds.ts'
import type { FilledSettings, GivenSettings } from './setting.ts'

/** Which calls a rule is about; what is left out is not looked at. */
export interface FaultScope {
  readonly exchange?: Exchange | undefined
  /** Names of contracts (`interest-history`), paths (`/papi/v1/balance`), or beginnings of paths (`/papi/v1/margin/*`). */
  readonly endpoints?: readonly string[] | undefined
  /** The label of the account whose key signs. */
  readonly account?: string | undefined
  /** Parameters as they are sent, by name: the call has them all, with these very texts. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
}

/** When a rule's fault is given; the calls that `where` and `between` match are numbered 1, 2, 3 … */
export interface FaultTerms {
  /** Unique; made when left out. */
  readonly name?: string | undefined
  readonly where?: FaultScope | undefined
  /** From 0 to 1; default 1. */
  readonly probability?: number | undefined
  /** At most so many times; default without end, but where the kind says otherwise. */
  readonly count?: number | undefined
  /** Not in the first so many matching calls. */
  readonly after?: number | undefined
  /** Only at these instants of the venue's clock, epoch ms, the end excluded. */
  readonly between?: { readonly from?: number | undefined; readonly to?: number | undefined } | undefined
  /** The same seed gives the same faults. */
  readonly seed?: string | undefined
}

/** A rule as somebody gives it: plain data. */
export type FaultInput = {
  [Kind in FaultKind]: FaultTerms & { readonly kind: Kind } & GivenSettings<FaultKinds[Kind]['settings']>
}[FaultKind]

/** A rule once it was checked and its defaults are filled in. */
export type RuleOf<Kind extends FaultKind> = Kind extends FaultKind
  ? {
      readonly name: string
      readonly kind: Kind
      readonly where: FaultScope
      readonly probability: number
      readonly count?: number
      readonly after: number
      readonly between?: { readonly from?: number | undefined; readonly to?: number | undefined }
      readonly seed: string
    } & FilledSettings<FaultKinds[Kind]['settings']>
  : never

export type FaultRule = RuleOf<FaultKind>
