import { dayMs, hourMs, minuteMs, secondMs } from '../../time/units.ts'

/** A span of time in its two largest units: `2 d 3 h`, `14 h 29 min`, `5 s`. */
export function shownDuration(ms: number): string {
  const units: readonly (readonly [number, string])[] = [
    [dayMs, 'd'],
    [hourMs, 'h'],
    [minuteMs, 'min'],
    [secondMs, 's'],
  ]
  const first = units.findIndex(([length]) => ms >= length)
  if (first === -1) return '0 s'
  const parts = units.slice(first, first + 2).map(([length, name], index) => {
    const rest = index === 0 ? ms : ms % (units[first]?.[0] ?? 1)
    return [Math.floor(rest / length), name] as const
  })
  return parts
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(' ')
}
