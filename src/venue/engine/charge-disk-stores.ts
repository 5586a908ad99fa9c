import { join } from 'node:path'
import { FileChargeStore, type FileStoreOptions } from './charge-file-store.ts'
import { entriesOf, passingFolder, removeFolder } from './charge-files.ts'
import { type ChargeKind, type ChargeMark, type ChargeStores, chargeColumns } from './charge-store.ts'

export interface DiskChargeOptions extends Partial<FileStoreOptions> {
  /** What was held when it was made; what came later is cut off. Without it the stores begin empty. */
  readonly mark?: ChargeMark
}

const defaults: FileStoreOptions = Object.freeze({ segmentBytes: 256 * 2 ** 20, pagesMax: 2_048 })
const folders: Readonly<Record<ChargeKind, string>> = Object.freeze({
  negativeBalance: 'negative-balance',
  marginLoan: 'margin-loan',
  okx: 'okx',
})

/**
 * Charges kept in files below `directory`, which belongs to one set of stores at a time. Memory does not grow with
 * history but for 56 bytes a boundary. What is read is checked: a page that was changed is never answered.
 *
 * @throws `storage.damaged` when what the mark names is not there, `storage.unwritable`, `storage.full`
 */
export function diskChargeStores(directory: string, { mark, ...options }: DiskChargeOptions = {}): ChargeStores {
  removeLeftForks(directory)
  const given = { ...defaults, ...options }
  const open = (kind: ChargeKind) => new FileChargeStore(join(directory, folders[kind]), chargeColumns[kind], mark?.[kind], given)
  return new DiskChargeStores(directory, { negativeBalance: open('negativeBalance'), marginLoan: open('marginLoan'), okx: open('okx') })
}

const passingFork = /^fork-(\d+)-/

/** What a process left that did not come to close its forks. */
function removeLeftForks(directory: string): void {
  for (const name of entriesOf(directory)) {
    const owner = passingFork.exec(name)?.[1]
    if (owner !== undefined && Number(owner) !== process.pid) removeFolder(join(directory, name))
  }
}

class DiskChargeStores implements ChargeStores {
  readonly negativeBalance: FileChargeStore
  readonly marginLoan: FileChargeStore
  readonly okx: FileChargeStore
  readonly #directory: string
  /** Of a fork that lies beside its origin and is of no use once it is closed. */
  readonly #passing: string | undefined

  /** Forks without a directory of their own lie in `directory`. */
  constructor(directory: string, { negativeBalance, marginLoan, okx }: Record<ChargeKind, FileChargeStore>, passing?: string) {
    this.negativeBalance = negativeBalance
    this.marginLoan = marginLoan
    this.okx = okx
    this.#directory = directory
    this.#passing = passing
  }

  mark(): ChargeMark {
    return Object.freeze({ negativeBalance: this.negativeBalance.mark(), marginLoan: this.marginLoan.mark(), okx: this.okx.mark() })
  }

  fork(directory?: string): ChargeStores {
    const to = directory ?? passingFolder(this.#directory, `fork-${process.pid}-`)
    const of = (kind: ChargeKind) => this[kind].fork(join(to, folders[kind]))
    const stores = { negativeBalance: of('negativeBalance'), marginLoan: of('marginLoan'), okx: of('okx') }
    return directory === undefined ? new DiskChargeStores(this.#directory, stores, to) : new DiskChargeStores(to, stores)
  }

  sync(): void {
    for (const store of [this.negativeBalance, this.marginLoan, this.okx]) store.sync()
  }

  close(): void {
    for (const store of [this.negativeBalance, this.marginLoan, this.okx]) store.close()
    if (this.#passing !== undefined) removeFolder(this.#passing)
  }
}
