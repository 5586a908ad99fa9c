import { Command } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { whatIfGrammar } from '../../errors/what-if-grammar.ts'
import { type AccountForecast, readAccountForecast } from '../../forecast/account-forecast.ts'
import { type AssetScore, readForecastScore } from '../../forecast/forecast-score.ts'
import { recordForecasts } from '../../forecast/record-forecasts.ts'
import { type WhatIf, whatIf } from '../../forecast/what-if.ts'
import { whatIfActions } from '../../forecast/what-if-actions.ts'
import type { Act } from '../act.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { sheetObjects } from '../output/sheet.ts'
import type { Session } from '../session.ts'
import { scoreSheet, scoreText } from '../views/forecast-score-view.ts'
import { forecastDocument, forecastSheet, forecastText } from '../views/forecast-view.ts'
import { whatIfDocument, whatIfSheet, whatIfText } from '../views/what-if-view.ts'

interface ForecastOptions extends FormatOptions {
  readonly if?: readonly string[]
  readonly score?: true
}

export function forecastCommand(act: Act): Command {
  const command = new Command('forecast')
    .description('show what will be charged, when, and what repaying would save')
    .argument('[labels...]', 'the accounts (default: every one)')
    .option('--if <sentence>', `what you might do, several in order: ${whatIfGrammar}`, (sentence, before: readonly string[] = []) => [
      ...before,
      sentence,
    ])
    .option('--score', 'show how the forecasts of the last 30 days came out')
  return withFormatOptions(command).action(act(showForecast))
}

async function showForecast(session: Session, labels: readonly string[], options: ForecastOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const now = session.io.clock.now()
    if (options.score) return printScore(session, options, await readScores(book, accounts, now), now)
    const forecasts: AccountForecast[] = []
    for (const account of accounts) forecasts.push(await readAccountForecast(book, account, now))
    if (options.if !== undefined) return printWhatIf(session, options, playedBoth(options.if, forecasts, now), forecasts, now)
    for (const account of accounts) await recordForecasts({ book, account, now })
    const scores = await readScores(book, accounts, now)
    printAnswer(session, options, {
      sheet: forecastSheet(forecasts, now),
      document: { ...forecastDocument(forecasts, now), score: sheetObjects(scoreSheet(scores)) },
      human: () => forecastText(forecasts, scores, now, session.style),
    })
  })
}

function playedBoth(sentences: readonly string[], forecasts: readonly AccountForecast[], now: number): readonly WhatIf[] {
  const actions = whatIfActions(sentences, forecasts, now)
  return forecasts.flatMap((forecast) => {
    const own = actions.filter(({ account }) => account === forecast.account.label)
    return own.length === 0 ? [] : [whatIf(forecast, own, now)]
  })
}

function printWhatIf(
  session: Session,
  options: ForecastOptions,
  answers: readonly WhatIf[],
  forecasts: readonly AccountForecast[],
  now: number,
): void {
  printAnswer(session, options, {
    sheet: whatIfSheet(answers),
    document: whatIfDocument(answers, forecasts, now),
    human: () => whatIfText(answers, forecasts, now, session.style),
  })
}

async function readScores(book: Book, accounts: readonly BookAccount[], now: number): Promise<readonly AssetScore[]> {
  const scores: AssetScore[] = []
  for (const account of accounts) scores.push(...(await readForecastScore(book, account, now)))
  return scores
}

function printScore(session: Session, options: ForecastOptions, scores: readonly AssetScore[], now: number): void {
  const sheet = scoreSheet(scores)
  printAnswer(session, options, {
    sheet,
    document: { asOf: exportedInstant(now), scores: sheetObjects(sheet) },
    human: () => scoreText(scores, session.style),
  })
}
