import { join } from 'node:path'
import { fail } from '../../errors/overdraft-error.ts'
import { AmountVector } from './amount-vector.ts'
import { amountAt, RowBlock, rowShape, widthOf } from './charge-block.ts'
import { debtorShape, findDebtor, RateSlots, rateShape, wordBlock } from './charge-debtors.ts'
import { ChargeFiles, contentOf, makeFolder, writeAt } from './charge-files.ts'
import { ChargeIndex, type IndexEntry } from './charge-index.ts'
import { PageReader } from './charge-pages.ts'
import type { ChargeBatch, ChargeRow, ChargeStore, StoreMark } from './charge-store.ts'

export interface FileStoreOptions {
  /** A file that has reached this size is sealed. */
  readonly segmentBytes: number
  /** Pages kept at hand for reading. */
  readonly pagesMax: number
}

const nothing: StoreMark = Object.freeze({ batches: 0, rows: 0, bytes: 0, checksum: 0 })
const indexName = 'index'

interface Kept {
  readonly words: Uint32Array
  readonly place: number
}

/**
 * Charges of one kind on disk. A boundary is a block of rows, which names a list of debtors and a list of rates; a block
 * that says the same as the one before is not written again. In memory stands where each boundary begins, no more.
 */
export class FileChargeStore implements ChargeStore {
  readonly #folder: string
  readonly #columns: number
  readonly #options: FileStoreOptions
  readonly #files: ChargeFiles
  readonly #pages: PageReader
  readonly #index = new ChargeIndex()
  readonly #slots = new RateSlots()
  #indexed: number
  #debtors: Kept | undefined
  #rates: Kept | undefined
  #block = new RowBlock()
  #lastBlock = new RowBlock()
  #lastRows: { readonly place: number; readonly widths: string; readonly count: number } | undefined

  /** What stands beyond the mark is cut off; without one everything. @throws `storage.damaged`, `storage.unwritable` */
  constructor(folder: string, columns: number, mark: StoreMark = nothing, options: FileStoreOptions) {
    this.#folder = folder
    this.#columns = columns
    this.#options = options
    makeFolder(folder)
    const path = join(folder, indexName)
    if (!this.#index.load(contentOf(path), mark.batches, mark.checksum) || this.#index.rows !== mark.rows) {
      fail('storage.damaged', { path, reason: `it does not hold the ${mark.batches} boundaries that were kept` })
    }
    this.#indexed = mark.batches
    this.#files = new ChargeFiles(folder, mark.bytes, options.segmentBytes)
    this.#pages = new PageReader(this.#files, options.pagesMax)
  }

  get size(): number {
    return this.#index.rows
  }

  append(batch: ChargeBatch): void {
    const { at, tag = 0, count } = batch
    if (count === 0) return
    const widths = Array.from({ length: this.#columns }, (_, column) => widthOf(batch.amounts[column], count))
    const rows = this.#appendRows(batch, widths)
    if (count === 1) {
      this.#index.add({ at, tag, count, debtors: batch.debtors[0] ?? 0, rates: batch.rates[0] ?? 0, slots: 0, rows, widths })
      return
    }
    const slotted = this.#slots.number(batch.debtors, batch.rates, count)
    this.#debtors = this.#keep(this.#debtors, slotted.pairs, debtorShape)
    this.#rates = this.#keep(this.#rates, slotted.rates, rateShape)
    const entry = { at, tag, count, debtors: this.#debtors.place, rates: this.#rates.place, slots: slotted.rates.length, rows, widths }
    this.#index.add(entry)
  }

  *rows(debtors: readonly number[], from: number, to: number): Generator<ChargeRow> {
    const wanted = new Set(debtors)
    for (let boundary = this.#index.firstAfter(to) - 1; boundary >= 0 && this.#index.at(boundary) >= from; boundary--) {
      if (!this.#index.isAnother(boundary, wanted)) yield* this.#rowsAt(this.#index.entry(boundary, this.#columns), debtors)
    }
  }

  *contents(): Generator<Uint8Array | string> {
    for (let boundary = 0; boundary < this.#index.count; boundary++) {
      const entry = this.#index.entry(boundary, this.#columns)
      const { at, tag, count } = entry
      const debtors = new Uint32Array(count)
      const rates = new Uint32Array(count)
      const amounts = entry.widths.map(() => new AmountVector(count))
      for (let row = 0; row < count; row++) {
        const { debtor, slot } = this.#debtorAt(entry, row)
        debtors[row] = debtor
        rates[row] = this.#rateOf(entry, slot)
        for (const [column, value] of this.#amountsAt(entry, row).entries()) amounts[column]?.set(row, value)
      }
      yield `${at} ${tag} ${count}`
      yield new Uint8Array(debtors.buffer)
      yield new Uint8Array(rates.buffer)
      for (const vector of amounts) {
        yield vector.bytes(0, count)
        yield* vector.wide(0, count, 0)
      }
    }
  }

  mark(): StoreMark {
    const { count, rows, checksum } = this.#index
    return Object.freeze({ batches: count, rows, bytes: this.#files.bytes, checksum })
  }

  /** An independent store in another folder, which shares the files written so far. */
  fork(folder: string): FileChargeStore {
    this.#files.shareWith(folder)
    writeAt(join(folder, indexName), 0, this.#index.bytesFrom(0))
    return new FileChargeStore(folder, this.#columns, this.mark(), this.#options)
  }

  sync(): void {
    this.#files.sync()
    if (this.#indexed === this.#index.count) return
    const added = this.#index.bytesFrom(this.#indexed)
    writeAt(join(this.#folder, indexName), this.#index.bytesFrom(0).length - added.length, added)
    this.#indexed = this.#index.count
  }

  close(): void {
    this.#files.close()
  }

  #appendRows({ amounts, count }: ChargeBatch, widths: readonly number[]): number {
    if (widths.every((width) => width === 0)) return 0
    const block = this.#block
    block.fill(amounts, widths, count)
    const last = this.#lastRows
    const shape = widths.join()
    if (last !== undefined && last.count === count && last.widths === shape && block.equals(this.#lastBlock)) return last.place
    const place = this.#files.append(block.bytes)
    this.#block = this.#lastBlock
    this.#lastBlock = block
    this.#lastRows = { place, widths: shape, count }
    return place
  }

  #keep(kept: Kept | undefined, words: Uint32Array, shape: typeof debtorShape): Kept {
    if (kept !== undefined && kept.words.length === words.length && Buffer.compare(bytesOf(kept.words), bytesOf(words)) === 0) return kept
    return { words: words.slice(), place: this.#files.append(wordBlock(shape, words)) }
  }

  *#rowsAt(entry: IndexEntry, debtors: readonly number[]): Generator<ChargeRow> {
    const { at, tag, count } = entry
    let near = Number.POSITIVE_INFINITY
    for (let place = debtors.length - 1; place >= 0; place--) {
      const debtor = debtors[place] ?? 0
      const found = entry.slots > 0 ? findDebtor(this.#pages, entry.debtors, count, debtor, Math.min(near, debtor)) : single(entry, debtor)
      if (found === undefined) continue
      near = found.row
      yield { at, tag, debtor, rate: this.#rateOf(entry, found.slot), amounts: this.#amountsAt(entry, found.row) }
    }
  }

  #debtorAt({ debtors, count, slots }: IndexEntry, row: number): { readonly debtor: number; readonly slot: number } {
    if (slots === 0) return { debtor: debtors, slot: 0 }
    const { words } = this.#pages.pageOf(debtors, debtorShape, count, row)
    const place = 2 * (row % debtorShape.pageRows)
    return { debtor: words[place] ?? 0, slot: words[place + 1] ?? 0 }
  }

  #rateOf({ rates, slots }: IndexEntry, slot: number): number {
    if (slots === 0) return rates
    return this.#pages.pageOf(rates, rateShape, slots, slot).words[slot % rateShape.pageRows] ?? 0
  }

  #amountsAt({ rows, count, widths }: IndexEntry, row: number): bigint[] {
    const shape = rowShape(widths)
    if (shape.rowBytes === 0) return widths.map(() => 0n)
    const { cells } = this.#pages.pageOf(rows, shape, count, row)
    let cell = ((row % shape.pageRows) * shape.rowBytes) / 8
    return widths.map((width) => {
      const amount = amountAt(cells, cell, width)
      cell += width
      return amount
    })
  }
}

function single(entry: IndexEntry, debtor: number): { readonly row: number; readonly slot: number } | undefined {
  return entry.debtors === debtor ? { row: 0, slot: 0 } : undefined
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
}
