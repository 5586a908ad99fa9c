import { dayMs, minuteMs, secondMs } from '../time/units.ts'

/** Text inside a table: a bar would end its cell, and angle brackets would be taken for HTML. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')
}

/** Text in the type of code. */
export function code(text: string): string {
  return `\`${text}\``
}

/** How a page's own link names a heading of letters, digits, spaces and hyphens. */
export function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-')
}

export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A span of time in the largest unit that fits it evenly. */
export function spanWords(ms: number): string {
  for (const [unitMs, unit] of [
    [dayMs, 'day'],
    [minuteMs, 'minute'],
    [secondMs, 'second'],
  ] as const) {
    if (ms % unitMs === 0) return ms === unitMs ? `1 ${unit}` : `${ms / unitMs} ${unit}s`
  }
  return `${ms} ms`
}
