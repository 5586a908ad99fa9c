import type { Exchange } from '../rules/exchange.ts'
import { binanceHistories } from './binance-histories.ts'
import type { Answer, History, HistoryEntry } from './history.ts'
import { okxHistories } from './okx-histories.ts'
import { partsOfStream, type Stream, type WholeStream } from './stream.ts'

/** Every kind of history of each exchange, in the order in which they are shown. */
export const histories: Readonly<Record<Exchange, readonly HistoryEntry[]>> = Object.freeze({
  binance: binanceHistories,
  okx: okxHistories,
})

/** The histories that every account of an exchange has. Those of single assets depend on the account (`accountHistories`). */
export function wholeHistories(exchange: Exchange): readonly History[] {
  return histories[exchange].filter(({ isOfAsset }) => !isOfAsset).map((entry) => named(entry, entry.kind as WholeStream))
}

/** The history that a stream names; `undefined` where the exchange has no such history. */
export function historyOf(exchange: Exchange, stream: Stream): History | undefined {
  const { kind, asset } = partsOfStream(stream)
  const entry = histories[exchange].find((one) => one.kind === kind && one.isOfAsset === (asset !== undefined))
  return entry === undefined ? undefined : named(entry, stream)
}

/** Whether an answer rests on a history. */
export function restsOn(answer: Answer, { answers }: Pick<HistoryEntry, 'answers'>): boolean {
  return answers.includes(answer)
}

function named(entry: HistoryEntry, stream: Stream): History {
  return Object.freeze({ ...entry, stream })
}
