/** Reads one account's next page; `beyond` is the last item of the page before. An empty page ends it. */
export type ReadPage<Item> = (account: string, beyond: Item | undefined, limit: number) => Promise<readonly Item[]>

const itemsInMemory = 4_000
const pageMin = 20
const pageMax = 1_000

/**
 * The items of many accounts as one ordered sequence, each account read page by page: what is in memory does not
 * grow with the history.
 */
export async function* mergedPages<Item>(
  accounts: readonly string[],
  read: ReadPage<Item>,
  compare: (left: Item, right: Item) => number,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Item> {
  const pageSize = Math.min(Math.max(Math.floor(itemsInMemory / Math.max(accounts.length, 1)), pageMin), pageMax, limit)
  if (pageSize < 1) return
  const heads: Head<Item>[] = []
  for (const account of accounts) {
    const head = new Head<Item>((beyond) => read(account, beyond, pageSize), pageSize)
    if (await head.fill()) heads.push(head)
  }
  for (let given = 0; given < limit && heads.length > 0; given++) {
    const first = heads.reduce((best, head) => (compare(head.item, best.item) < 0 ? head : best))
    yield first.item
    // Nobody asks for the page behind the last item.
    if (given + 1 === limit) return
    if (!(await first.advance())) heads.splice(heads.indexOf(first), 1)
  }
}

/** Where one account's sequence stands. */
class Head<Item> {
  readonly #read: (beyond: Item | undefined) => Promise<readonly Item[]>
  readonly #pageSize: number
  #page: readonly Item[] = []
  #position = 0

  constructor(read: (beyond: Item | undefined) => Promise<readonly Item[]>, pageSize: number) {
    this.#read = read
    this.#pageSize = pageSize
  }

  /** Only after `fill` or `advance` said that there is one. */
  get item(): Item {
    return this.#page[this.#position] as Item
  }

  async fill(): Promise<boolean> {
    this.#page = await this.#read(this.#page.at(-1))
    this.#position = 0
    return this.#page.length > 0
  }

  async advance(): Promise<boolean> {
    this.#position++
    if (this.#position < this.#page.length) return true
    // A short page was the last one.
    return this.#page.length < this.#pageSize ? false : this.fill()
  }
}
