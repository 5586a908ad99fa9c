// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for.
const controlRe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Text from outside without characters that could move the cursor, colour the terminal or turn the writing round. */
export function printable(text: string): string {
  return text.replace(controlRe, '�')
}

/** As `printable`, for text of ours that may have several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
