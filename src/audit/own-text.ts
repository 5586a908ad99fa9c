/** The same text, made anew: a part of a long text, such as a page of rows, keeps the whole of it in memory. */
export function ownText(text: string): string {
  return Buffer.from(text).toString()
}
