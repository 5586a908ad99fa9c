const isolatedRe = /(?:^| )mgnMode=isolated(?: |$)/
const instrumentRe = /(?:^| )instId=([^ ]+)/
const isolatedWord = 'mgnMode=isolated'
const changeWord = 'posBalChg='
const instrumentWord = 'instId='
const space = ' '.charCodeAt(0)

/**
 * The instrument of the position with a debt of its own that a bill is of, empty where it tells none; `undefined` where it is
 * of no such position. An isolated position is one, and in futures mode a cross one, whose balance the bill changed (facts B4).
 */
export function positionInstrument(detail: string): string | undefined {
  const mode = detail.indexOf(isolatedWord)
  if (mode < 0) return changesPosition(detail) ? (instrumentRe.exec(detail)?.[1] ?? '') : undefined
  const begin = detail.indexOf(instrumentWord)
  if (!isWord(detail, mode, mode + isolatedWord.length) || begin < 0 || !isWordBegin(detail, begin)) return byPattern(detail)
  const end = detail.indexOf(' ', begin)
  const instrument = detail.slice(begin + instrumentWord.length, end < 0 ? undefined : end)
  return instrument === '' ? byPattern(detail) : instrument
}

/** As above, for what is written otherwise than usual; a pattern costs more than all else that is done with a bill. */
function byPattern(detail: string): string | undefined {
  return isolatedRe.test(detail) || changesPosition(detail) ? (instrumentRe.exec(detail)?.[1] ?? '') : undefined
}

/** A change of nothing is not kept. */
function changesPosition(detail: string): boolean {
  const begin = detail.indexOf(changeWord)
  return begin >= 0 && isWordBegin(detail, begin)
}

function isWordBegin(detail: string, begin: number): boolean {
  return begin === 0 || detail.charCodeAt(begin - 1) === space
}

function isWord(detail: string, begin: number, end: number): boolean {
  return isWordBegin(detail, begin) && (end === detail.length || detail.charCodeAt(end) === space)
}
