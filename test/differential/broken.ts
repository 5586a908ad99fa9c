/** Something that must hold does not. */
export class Broken extends Error {
  readonly script: readonly string[]

  constructor(message: string, script: readonly string[]) {
    super(message)
    this.script = script
  }
}
