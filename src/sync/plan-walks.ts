import { type Interval, interval } from '../time/interval.ts'
import type { IntervalSet } from '../time/interval-set.ts'
import { pagesOfSpan, type RequestShape, type RowDensity } from './plan-pages.ts'

/**
 * The spans to walk, newest first, so that everything asked for lies in one of them and none is longer than a window.
 * Gaps that one window holds are walked together where that is no more requests than apart: what is proven between them is
 * then read again, which costs nothing but, where rows are many, pages.
 */
export function planWalks(asked: IntervalSet, shape: RequestShape, density: RowDensity): readonly Interval[] {
  const { windowMs = Number.POSITIVE_INFINITY } = shape
  const gaps = [...asked]
  const walks: Interval[] = []
  for (let gap = gaps.pop(); gap !== undefined; gap = gaps.pop()) {
    const reach = gap.to - windowMs
    if (gap.from < reach) {
      gaps.push(interval(gap.from, reach))
      walks.push(interval(reach, gap.to))
      continue
    }
    let walk = gap
    for (let next = gaps.at(-1); next !== undefined && next.to > reach; next = gaps.at(-1)) {
      const wider = interval(Math.max(next.from, reach), walk.to)
      const below = next.from < reach ? interval(next.from, reach) : undefined
      const together = pagesOfSpan(wider, shape, density) + pagesOfGap(below, shape, density)
      if (together > pagesOfSpan(walk, shape, density) + pagesOfGap(next, shape, density)) break
      gaps.pop()
      if (below !== undefined) gaps.push(below)
      walk = wider
      if (below !== undefined) break
    }
    walks.push(walk)
  }
  return Object.freeze(walks)
}

/** Requests that one gap takes alone, window by window. */
export function pagesOfGap(gap: Interval | undefined, shape: RequestShape, density: RowDensity): number {
  if (gap === undefined) return 0
  const { windowMs = Number.POSITIVE_INFINITY } = shape
  const whole = Number.isFinite(windowMs) ? Math.floor((gap.to - gap.from) / windowMs) : 0
  const windows = whole === 0 ? 0 : whole * pagesOfSpan(interval(gap.to - windowMs, gap.to), shape, density)
  const rest = interval(gap.from, gap.to - (whole === 0 ? 0 : whole * windowMs))
  return windows + (rest.from < rest.to ? pagesOfSpan(rest, shape, density) : 0)
}
