import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shownDuration } from '../src/cli/output/duration.ts'
import { historyOf, wholeHistories } from '../src/histories/histories.ts'
import type { History } from '../src/histories/history.ts'

const document = readFileSync(new URL('sync.md', import.meta.url), 'utf8')

function rowOf(exchange: string, rule: History): readonly string[] {
  const { stream, begins, beginsBeforeAddedMs, retention, windowMs, pageRows, settleMs, overlapMs } = rule
  const from =
    begins === undefined
      ? beginsBeforeAddedMs === undefined
        ? `${shownDuration(retention?.shortestMs ?? 0)}, as it is kept`
        : `${shownDuration(beginsBeforeAddedMs)} before it was added`
      : new Date(begins).toISOString().slice(0, 4)
  return [
    `${exchange} \`${stream.replace(/:.*/, '')}\``,
    from,
    windowMs === undefined ? '-' : shownDuration(windowMs),
    pageRows === undefined ? '-' : `${pageRows}`,
    shownDuration(settleMs),
    shownDuration(overlapMs),
  ]
}

test('the histories of docs/sync.md are those that are asked for, as they are asked for', () => {
  const ofAsset = (['margin-loans:BTC', 'margin-repayments:BTC', 'rates:BTC'] as const).flatMap(
    (stream) => historyOf('binance', stream) ?? [],
  )
  const rows = [
    ...[...wholeHistories('binance'), ...ofAsset].map((rule) => rowOf('Binance', rule)),
    ...wholeHistories('okx').map((rule) => rowOf('OKX', rule)),
  ]
  const table = [...document.matchAll(/^\| ((?:Binance|OKX) `\S+`):[^|]* \| (.+) \|$/gm)].map(([, name = '', rest = '']) => [
    name,
    ...rest.split(' | '),
  ])
  expect(table).toEqual(rows)
})
