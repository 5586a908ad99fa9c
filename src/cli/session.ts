import { dirname, join } from 'node:path'
import type { Book } from '../book/book-interface.ts'
import { type BookTarget, openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import type { ExitName } from '../errors/entry.ts'
import { fail } from '../errors/overdraft-error.ts'
import { createVault, openVault, type Vault, vaultExists } from '../vault/vault.ts'
import { bookTarget, homeFolder, isThere, makeFolder, shownTarget } from './home.ts'
import type { Io } from './io.ts'
import { type Style, styleOf } from './output/style.ts'
import { askPassphrase } from './passphrase.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly home?: string
  readonly book?: string
  readonly color: boolean
}

/** One run of a command: where its things are, how it talks, and how it ends. */
export class Session {
  readonly io: Io
  readonly home: string
  readonly target: BookTarget
  /** For what goes to standard output, and to standard error. */
  readonly style: Style
  readonly talkStyle: Style
  #exit: ExitName = 'ok'

  constructor(io: Io, options: GlobalOptions) {
    this.io = io
    this.home = homeFolder(io, options.home)
    this.target = bookTarget(io, options.book, this.home)
    this.style = styleOf(io.stdout, io.env, options.color)
    this.talkStyle = styleOf(io.stderr, io.env, options.color)
  }

  get exit(): ExitName {
    return this.#exit
  }

  /** How the command ends if it does not fail; the first that is not `ok` stays. */
  endWith(exit: ExitName): void {
    if (this.#exit === 'ok') this.#exit = exit
  }

  /** A line of talk, on standard error. */
  say(line: string): void {
    this.io.stderr.write(`${line}\n`)
  }

  get vaultPath(): string {
    return join(this.home, 'vault.json')
  }

  get shownTarget(): string {
    return shownTarget(this.target)
  }

  /** Opens the book for `work` and closes it whatever happens. Reading needs one that is there; only who checks or repairs it opens one that SQLite finds damaged. @throws `cli.no-book` */
  async withBook<Result>(need: 'existing' | 'even-damaged' | 'create', work: (book: Book) => Promise<Result>): Promise<Result> {
    if (this.target.kind === 'sqlite') {
      if (need !== 'create' && !(await isThere(this.target.path))) fail('cli.no-book', { path: this.target.path })
      await makeFolder(dirname(this.target.path))
    }
    const book = await openBook(this.target, { clock: this.io.clock, even: need === 'even-damaged' ? 'damaged' : undefined })
    try {
      return await work(book)
    } finally {
      await book.close()
    }
  }

  /** The vault, asking for its passphrase; a new one where there is none. */
  async vault(need: 'existing' | 'create'): Promise<Vault> {
    if (need === 'existing' || (await vaultExists(this.vaultPath))) {
      if (!(await vaultExists(this.vaultPath))) fail('vault.missing', { path: this.vaultPath })
      return openVault(this.vaultPath, await askPassphrase(this.io, 'open'))
    }
    await makeFolder(this.home)
    return createVault(this.vaultPath, await askPassphrase(this.io, 'new'))
  }

  /** The accounts asked for, or every one. @throws `book.account-unknown`, `cli.no-accounts` */
  async accounts(book: Book, labels: readonly string[]): Promise<readonly BookAccount[]> {
    const accounts = await book.accounts()
    if (labels.length === 0 && accounts.length === 0) fail('cli.no-accounts', { path: this.shownTarget })
    for (const label of labels) {
      if (!accounts.some((account) => account.label === label)) {
        fail('book.account-unknown', { label, known: accounts.map((account) => account.label) })
      }
    }
    return labels.length === 0 ? accounts : accounts.filter((account) => labels.includes(account.label))
  }
}
