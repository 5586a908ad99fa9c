import type { Io, Output } from '../io.ts'

/** Colours for one output; every function gives its text as it is where there is no colour. */
export interface Style {
  bold(text: string): string
  faint(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
}

function wrapped(open: number, close: number): (text: string) => string {
  return (text) => `\u001b[${open}m${text}\u001b[${close}m`
}

const coloured: Style = Object.freeze({
  bold: wrapped(1, 22),
  faint: wrapped(2, 22),
  red: wrapped(31, 39),
  green: wrapped(32, 39),
  yellow: wrapped(33, 39),
})

const same = (text: string) => text
const plain: Style = Object.freeze({ bold: same, faint: same, red: same, green: same, yellow: same })

/** Colour only on a terminal that knows it, and never where NO_COLOR is set (no-color.org) or --no-color is given. */
export function styleOf(output: Output, env: Io['env'], isWanted = true): Style {
  const isForbidden = !isWanted || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return output.isTerminal && !isForbidden ? coloured : plain
}
