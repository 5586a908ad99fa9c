/** One part of the page, and what in it has no proof. */
export interface Part {
  /** Paragraphs and tables. */
  readonly text: readonly string[]
  /** What is not proven, each as a sentence. */
  readonly missing: readonly string[]
}
