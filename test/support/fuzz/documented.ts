import { binanceErrorTable, binanceNeighbourErrorTable } from '../../../src/contracts/binance/error-table.ts'
import { okxErrorTable } from '../../../src/contracts/okx/error-table.ts'

/** What the tables say an exchange may answer: a status, a code and a text. */
interface Documented {
  readonly status: number
  readonly code: string
  readonly text: RegExp
}

/** Placeholders of either exchange stand for any text. */
function pattern(template: string): RegExp {
  const parts = template.split(/%s|%b|\{param\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^]*')}$`)
}

const binance: readonly Documented[] = [...binanceErrorTable, ...binanceNeighbourErrorTable].flatMap(({ status, code, texts, seen }) =>
  [...texts, ...seen].map((text) => ({ status, code: `${code}`, text: pattern(text) })),
)

const okx: readonly Documented[] = okxErrorTable.flatMap(({ code, documented, seen }) =>
  [documented, ...(seen === undefined ? [] : [seen])].map(({ status, text }) => ({ status, code, text: pattern(text) })),
)

/** Codes that blame the exchange: bad input never is its fault. */
const ownFaults = new Set(['-1000', '-1001', '-1006', '-1007', '-1008', '-1016', '51998', '51999', '50001', '50004', '50013', '50026'])

/** Whether an error is one that the exchange's documents have, and blames the caller. */
export function isDocumentedRefusal(exchange: 'binance' | 'okx', status: number, code: string, text: string): boolean {
  if (ownFaults.has(code) || status >= 500) return false
  return (exchange === 'binance' ? binance : okx).some((line) => line.status === status && line.code === code && line.text.test(text))
}
