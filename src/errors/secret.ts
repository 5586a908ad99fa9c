const shown = '[secret]'

/** What `inspect.custom` of `node:util` is; named here so that the types of this class do not ask for Node's. */
const inspectCustom: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/**
 * A value that does not print: not in templates, not in JSON, not in `console.log`, not in an error.
 *
 * @example
 * const secret = new Secret('abc'); `${secret}` // '[secret]'; secret.reveal() // 'abc'
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself; call it only where the value is used (signing, encrypting). */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return shown
  }

  toJSON(): string {
    return shown
  }

  [inspectCustom](): string {
    return shown
  }
}
