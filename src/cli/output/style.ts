import type { Io, Output } from '../io.ts'

/** How text looks on one output: its colours, every function giving its text as it is where there is none, and its width. */
export interface Style {
  /** Characters in a line; without end where it is no terminal, so that programs find each row in one line. */
  readonly columns: number
  bold(text: string): string
  faint(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
}

function wrapped(open: number, close: number): (text: string) => string {
  return (text) => `\u001b[${open}m${text}\u001b[${close}m`
}

type Colours = Omit<Style, 'columns'>

const coloured: Colours = Object.freeze({
  bold: wrapped(1, 22),
  faint: wrapped(2, 22),
  red: wrapped(31, 39),
  green: wrapped(32, 39),
  yellow: wrapped(33, 39),
})

const same = (text: string) => text
const plain: Colours = Object.freeze({ bold: same, faint: same, red: same, green: same, yellow: same })

/** Colour only on a terminal that knows it, and never where NO_COLOR is set (no-color.org) or --no-color is given. */
export function styleOf(output: Output, env: Io['env'], isWanted = true): Style {
  const isForbidden = !isWanted || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  const columns = output.isTerminal ? output.columns : Number.POSITIVE_INFINITY
  return Object.freeze({ ...(output.isTerminal && !isForbidden ? coloured : plain), columns })
}
