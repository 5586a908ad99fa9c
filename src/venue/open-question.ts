/** What the documents leave open, and the values that are told apart. */
export interface OpenChoice<Value extends string> {
  readonly open: string
  /** Sections of docs/exchange-facts.md that show it to be open. */
  readonly facts: readonly string[]
  /** Every value with what it does, the default first. */
  readonly choices: readonly (readonly [value: Value, does: string])[]
}

export function open<const Value extends string>(
  question: string,
  facts: readonly string[],
  choices: readonly (readonly [value: Value, does: string])[],
): OpenChoice<Value> {
  return Object.freeze({ open: question, facts, choices })
}
