/** One thing that one history tells, in words that compare. */
export interface Told {
  readonly at: number
  /** What it is about; two histories that tell of the same give the same. */
  readonly key: string
  /** Its amounts, in words that are the same where the amounts are. */
  readonly says: string
}

/** Something that two histories of the same do not tell alike. */
export interface Disagreement {
  readonly at: number
  readonly key: string
  /** What each side says; `undefined` where it says nothing. Not both are. */
  readonly left: string | undefined
  readonly right: string | undefined
}

/**
 * Where two histories of the same differ, oldest first. Both are walked in step, oldest first: no more of them is in memory
 * than what shares one instant.
 */
export async function* disagreements(left: AsyncIterable<Told>, right: AsyncIterable<Told>): AsyncGenerator<Disagreement> {
  const [lefts, rights] = [byInstant(left), byInstant(right)]
  let [one, other] = [await lefts.next(), await rights.next()]
  while (one.done !== true || other.done !== true) {
    const at = Math.min(
      one.done === true ? Number.POSITIVE_INFINITY : one.value.at,
      other.done === true ? Number.POSITIVE_INFINITY : other.value.at,
    )
    const here = one.done !== true && one.value.at === at ? one.value.told : new Map<string, string>()
    const there = other.done !== true && other.value.at === at ? other.value.told : new Map<string, string>()
    for (const key of new Set([...here.keys(), ...there.keys()])) {
      if (here.get(key) !== there.get(key)) yield { at, key, left: here.get(key), right: there.get(key) }
    }
    if (one.done !== true && one.value.at === at) one = await lefts.next()
    if (other.done !== true && other.value.at === at) other = await rights.next()
  }
}

interface Instant {
  readonly at: number
  readonly told: ReadonlyMap<string, string>
}

/** What is told of each instant; what is told twice of the same is told together. */
async function* byInstant(rows: AsyncIterable<Told>): AsyncGenerator<Instant, undefined> {
  let at: number | undefined
  let told = new Map<string, string>()
  for await (const row of rows) {
    if (at !== undefined && row.at !== at) {
      yield { at, told }
      told = new Map()
    }
    at = row.at
    const before = told.get(row.key)
    told.set(row.key, before === undefined ? row.says : [before, row.says].sort().join(' and '))
  }
  if (at !== undefined) yield { at, told }
  return undefined
}
