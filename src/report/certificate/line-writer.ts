import { createHash } from 'node:crypto'
import type { CertificateLine } from './certificate-line.ts'
import { sha256 } from './row-chain.ts'

/** Numbers lines and ties each to the one before it, so that a line that was altered can be named. */
export class LineWriter {
  readonly #whole = createHash('sha256')
  #before: string | undefined
  #lines = 0

  /** The line as text, with its line feed. */
  write(line: CertificateLine): string {
    const text = JSON.stringify(this.#before === undefined ? line : { previous: this.#before, ...line })
    this.#before = sha256(text)
    this.#lines += 1
    this.#whole.update(`${text}\n`)
    return `${text}\n`
  }

  /** The last line, and its seal: nothing can be written after it. */
  seal(): { readonly line: string; readonly seal: string } {
    const seal = this.#whole.copy().digest('hex')
    return { line: this.write({ kind: 'seal', lines: this.#lines, seal }), seal }
  }
}
