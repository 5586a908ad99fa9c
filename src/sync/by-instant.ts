/**
 * Several sequences, each oldest first, as one: what shares an instant comes together. No more is in memory than that and one
 * row of each sequence.
 */
export async function* byInstant<Row extends { readonly at: number }>(
  sources: readonly AsyncIterable<Row>[],
): AsyncGenerator<readonly Row[], undefined> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]())
  const heads: (Row | undefined)[] = []
  const advance = async (place: number) => {
    const next = await iterators[place]?.next()
    heads[place] = next === undefined || next.done === true ? undefined : next.value
  }
  try {
    for (const place of iterators.keys()) await advance(place)
    for (;;) {
      const at = Math.min(...heads.map((head) => head?.at ?? Number.POSITIVE_INFINITY))
      if (at === Number.POSITIVE_INFINITY) return
      const rows: Row[] = []
      for (const place of iterators.keys()) {
        for (let head = heads[place]; head?.at === at; head = heads[place]) {
          rows.push(head)
          await advance(place)
        }
      }
      yield rows
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.()
  }
}
