import type { ApiKey } from '../engine/command.ts'
import type { Engine } from '../engine/engine-interface.ts'

/** What a face sees otherwise than it is, for one call. */
export interface View {
  /** The key as it is seen; `undefined` for one that is not there. */
  readonly key?: (key: ApiKey) => ApiKey | undefined
  /** The rows of a history as they are seen, newest first; the longer the list given, the longer the one returned. */
  readonly rows?: (rows: readonly unknown[]) => readonly unknown[]
}

type Method = (...args: readonly unknown[]) => unknown

/**
 * Shows the engine to the faces: as it is, but for the calls of which a fault wants something else seen. Histories are
 * changed before they are cut into pages, so that pages, totals and cursors fit what is seen.
 */
export class EngineLens {
  readonly #engine: () => Engine
  readonly #revision: () => number
  #view: View | undefined
  #looks = 0

  constructor(options: { readonly engine: () => Engine; readonly revision: () => number }) {
    this.#engine = options.engine
    this.#revision = options.revision
  }

  /** The engine as the present call sees it. */
  readonly engine = (): Engine => (this.#view === undefined ? this.#engine() : seenThrough(this.#engine(), this.#view))

  /** What was answered to a call that sees otherwise is never answered to another: each has a revision of its own. */
  readonly revision = (): number => (this.#view === undefined ? this.#revision() : -this.#looks)

  /** Does the work, which must not wait for anything, with the engine seen so. */
  during<Result>(view: View, work: () => Result): Result {
    this.#looks += 1
    this.#view = view
    try {
      return work()
    } finally {
      this.#view = undefined
    }
  }
}

function seenThrough(engine: Engine, { key, rows }: View): Engine {
  return new Proxy(engine, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const method = member.bind(target) as Method
      if (name === 'accountOfKey') return key === undefined ? method : (apiKey: string) => ownerSeen(target, apiKey, key)
      // What rates were tells which assets there are, too.
      return rows === undefined || name === 'rateHistory' ? method : (...args: readonly unknown[]) => historySeen(method, args, rows)
    },
  })
}

function ownerSeen(engine: Engine, apiKey: string, seenAs: (key: ApiKey) => ApiKey | undefined): ReturnType<Engine['accountOfKey']> {
  const found = engine.accountOfKey(apiKey)
  const key = found && seenAs(found.key)
  return found && key && { ...found, key }
}

interface Query {
  readonly limit?: number | undefined
}

/** Asks for more rows than wanted until enough of them are seen, or there are no more. */
function historySeen(method: Method, args: readonly unknown[], seenAs: NonNullable<View['rows']>): unknown {
  const [query, ...others] = args
  const first = method(...args)
  if (typeof query !== 'object' || query === null || !isHistory(first)) return first
  const { limit } = query as Query
  if (limit === undefined) return seenAs(first)
  let found = first
  for (let wanted = limit; ; ) {
    const seen = seenAs(found)
    if (seen.length >= limit || found.length < wanted) return seen.slice(0, limit)
    wanted = 2 * wanted + 1
    found = method({ ...query, limit: wanted }, ...others) as readonly unknown[]
  }
}

/** Rows of a history have an instant: `at`, or the `to` of a span. */
function isHistory(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((row) => instantOfRow(row) !== undefined)
}

/** When a row came to be, epoch ms; `undefined` for what is no row of a history. */
export function instantOfRow(row: unknown): number | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const { at, to } = row as { readonly at?: unknown; readonly to?: unknown }
  return typeof at === 'number' ? at : typeof to === 'number' ? to : undefined
}
