/** One thing that one history tells, in words that compare. */
export interface Told {
  readonly at: number
  /** What it is about, its asset first; two histories that tell of the same give the same, but for a position that one alone names. */
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
    const here = one.done !== true && one.value.at === at ? one.value.told : new Map<string, readonly string[]>()
    const there = other.done !== true && other.value.at === at ? other.value.told : new Map<string, readonly string[]>()
    yield* differencesAt(at, here, there)
    if (one.done !== true && one.value.at === at) one = await lefts.next()
    if (other.done !== true && other.value.at === at) other = await rights.next()
  }
}

type ToldAtOnce = ReadonlyMap<string, readonly string[]>

interface Instant {
  readonly at: number
  readonly told: ToldAtOnce
}

function* differencesAt(at: number, here: ToldAtOnce, there: ToldAtOnce): Generator<Disagreement> {
  const [lefts, rights] = withoutNamesakes(here, there)
  for (const key of new Set([...lefts.keys(), ...rights.keys()])) {
    const [left, right] = [together(lefts.get(key)), together(rights.get(key))]
    if (left !== right) yield { at, key, left, right }
  }
}

function together(says: readonly string[] | undefined): string | undefined {
  return says === undefined || says.length === 0 ? undefined : [...says].sort().join(' and ')
}

/**
 * Without what one side tells under a name that the other does not know, where that tells the very same of the asset under
 * another: one history may name the position of a debt, and the other not (facts B4).
 */
function withoutNamesakes(here: ToldAtOnce, there: ToldAtOnce): readonly [ToldAtOnce, ToldAtOnce] {
  const onlyHere = [...here].filter(([key]) => !there.has(key))
  const onlyThere = [...there].filter(([key]) => !here.has(key))
  if (onlyHere.length === 0 || onlyThere.length === 0) return [here, there]
  const left = new Map(onlyThere.map(([key, says]) => [key, [...says]]))
  const lefts = new Map(here)
  for (const [key, says] of onlyHere) {
    const rest = says.filter((said) => !takeNamesake(left, assetOf(key), said))
    lefts.set(key, rest)
  }
  return [lefts, new Map([...there, ...left])]
}

function takeNamesake(left: ReadonlyMap<string, string[]>, asset: string, said: string): boolean {
  for (const [key, says] of left) {
    const place = assetOf(key) === asset ? says.indexOf(said) : -1
    if (place < 0) continue
    says.splice(place, 1)
    return true
  }
  return false
}

/** The first word of a key. */
function assetOf(key: string): string {
  return key.split(' ', 1)[0] ?? ''
}

/** What is told of each instant; what is told twice of the same is told together. */
async function* byInstant(rows: AsyncIterable<Told>): AsyncGenerator<Instant, undefined> {
  let at: number | undefined
  let told = new Map<string, string[]>()
  for await (const row of rows) {
    if (at !== undefined && row.at !== at) {
      yield { at, told }
      told = new Map()
    }
    at = row.at
    told.set(row.key, [...(told.get(row.key) ?? []), row.says])
  }
  if (at !== undefined) yield { at, told }
  return undefined
}
