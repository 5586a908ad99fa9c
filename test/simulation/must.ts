/** Something that has to hold on the venue does not. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

/** @throws Broken saying what does not hold */
export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Broken(`does not hold: ${what()}`)
}
