import type { Session } from '../session.ts'

const everyMs = 10_000

/**
 * What is being done, on standard error: one line drawn over and over on a terminal, elsewhere a line now and then.
 */
export class Progress {
  readonly #session: Session
  #isDrawn = false
  #toldAt: number | undefined

  constructor(session: Session) {
    this.#session = session
  }

  /** Shows where things stand; on a pipe only when the last line is some time ago. */
  show(line: string): void {
    const { stderr, clock } = this.#session.io
    if (stderr.isTerminal) {
      // Drawn over: a line that breaks would leave its first half behind.
      stderr.write(`\r\u001b[K${line.slice(0, Math.max(stderr.columns - 1, 10))}`)
      this.#isDrawn = true
      return
    }
    const now = clock.now()
    this.#toldAt ??= now
    if (now - this.#toldAt < everyMs) return
    this.#toldAt = now
    this.#session.say(line)
  }

  /** Takes the drawn line away, before anything else is written. */
  clear(): void {
    if (this.#isDrawn) this.#session.io.stderr.write('\r\u001b[K')
    this.#isDrawn = false
  }

  /** A line that stays. */
  note(line: string): void {
    this.clear()
    this.#session.say(line)
  }
}
