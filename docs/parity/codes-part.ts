import { binanceErrorTable, binanceNeighbourErrorTable } from '../../src/contracts/binance/error-table.ts'
import { okxErrorTable } from '../../src/contracts/okx/error-table.ts'
import { cell, code, table } from '../../src/contracts/reference-markdown.ts'
import { answeredCodes } from './answered-codes.ts'
import { notBuilt } from './not-built.ts'
import type { Part } from './part.ts'
import { type SourceFile, sourceFiles } from './test-files.ts'
import { isNamed, unansweredCodes } from './unanswered-codes.ts'

const tables = [
  ['binance', 'Binance', [...binanceErrorTable, ...binanceNeighbourErrorTable].map((line) => String(line.code))],
  ['okx', 'OKX', [...new Set(okxErrorTable.map((line) => line.code))]],
] as const

/** Every documented code: answered by the venue itself, only by a fault, or never, and why. */
export function codesPart(tests: readonly SourceFile[]): Part {
  const answered = answeredCodes(sourceFiles('src/venue', (path) => !path.endsWith('.test.ts')))
  const missing: string[] = []
  const sections = tables.flatMap(([exchange, title, codes]) => {
    const reasons = unansweredCodes.filter(([of]) => of === exchange)
    for (const each of codes) {
      const named = reasons.filter(([, run]) => isNamed(run, each)).length
      const name = `${exchange} ${each}`
      if (answered.has(name)) {
        if (named > 0) missing.push(`${name} is answered, and yet has a reason not to be`)
        if (!isTested(tests, each)) missing.push(`${name} is answered, but no test names it`)
      } else if (named !== 1) missing.push(`${name} is never answered and has ${named} reasons for it`)
    }
    const list = (way: string) =>
      codes
        .filter((each) => answered.get(`${exchange} ${each}`) === way)
        .map(code)
        .join(' ')
    const rows = reasons.map(([, run, why]) => [
      codes
        .filter((each) => isNamed(run, each))
        .map(code)
        .join(' '),
      cell(why),
    ])
    return [
      `### Codes of ${title}`,
      `Answered by the venue itself: ${list('venue')}.`,
      `Only by a fault: ${list('fault')}.`,
      table(['Never answered', 'Why'], rows),
    ]
  })
  return { text: ['## Error codes', ...sections], missing }
}

function isTested(tests: readonly SourceFile[], each: string): boolean {
  const named = new RegExp(`(?<![\\d-])${each}(?!\\d)`)
  return tests.some(({ text }) => named.test(text))
}

export function notBuiltPart(): Part {
  const rows = notBuilt.map(([what, facts, why]) => [cell(what), facts, cell(why)])
  return { text: ['## Documented and not built', table(['What', 'Facts', 'Why'], rows)], missing: [] }
}
