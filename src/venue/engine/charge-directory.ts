import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asStorageError } from '../../sqlite/storage-error.ts'
import type { ChargeCopy, ChargePlace } from './charge-place.ts'
import { type ChargeStores, diskChargeStores } from './charge-stores.ts'

/** Charges in a directory; what is forked of them lies in `forks` until it is closed. */
export function chargesIn(directory: string, forks: ForkFolders): ChargePlace {
  return {
    open: (mark) => diskChargeStores(directory, mark === undefined ? {} : { mark }),
    copy: (stores) => copyOf(stores, forks),
    close: () => undefined,
  }
}

function copyOf(stores: ChargeStores, forks: ForkFolders): ChargeCopy {
  const folder = forks.take()
  const base = stores.fork(folder)
  return {
    place: () => placeUpon(base, forks),
    close: () => {
      base.close()
      forks.giveBack(folder)
    },
  }
}

function placeUpon(base: ChargeStores, forks: ForkFolders): ChargePlace {
  const folder = forks.take()
  return {
    open: (mark) => {
      // Whatever was opened here before: one begins again from what the copy holds.
      forks.giveBack(folder)
      return mark === undefined ? diskChargeStores(folder) : base.fork(folder)
    },
    copy: (stores) => copyOf(stores, forks),
    close: () => forks.giveBack(folder),
  }
}

const folderRe = /^(\d{1,10})-\d{1,10}$/
let taken = 0

/** Folders for what ends with the process: by its number, so that those of a process that was killed can be told. */
export class ForkFolders {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  take(): string {
    try {
      if (!existsSync(this.#root)) mkdirSync(this.#root, { mode: 0o700 })
    } catch (error) {
      throw asStorageError(this.#root, error)
    }
    taken += 1
    return join(this.#root, `${process.pid}-${taken}`)
  }

  giveBack(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
  }

  /** Clears away what processes left that are no more. */
  clear(): void {
    if (!existsSync(this.#root)) return
    for (const name of readdirSync(this.#root, { withFileTypes: true }).map((file) => file.name)) {
      const owner = folderRe.exec(name)?.[1]
      if (owner !== undefined && !isAlive(Number(owner))) this.giveBack(join(this.#root, name))
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Of somebody else, so it may not be asked; but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
