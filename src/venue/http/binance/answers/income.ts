import { cmIncome } from '../../../../contracts/binance/cm-income.ts'
import { incomeKeptMs } from '../../../../contracts/binance/income.ts'
import type { ValuesFor } from '../../../../contracts/request.ts'
import { atPrintedScale, binanceFixedRule } from '../../../../decimal/printing.ts'
import { dayMs } from '../../../../time/units.ts'
import { type Answer, type AnswerOf, type BinanceQuestion, reply } from '../answer.ts'
import { type Income, incomeOf } from './income-rows.ts'
import { pageOf } from './record-page.ts'
import { type RequestedWindow, requestedWindow, startAfterEnd } from './requested-window.ts'

/** The two differ in the types of income that may be asked for. */
type IncomeQuestion = BinanceQuestion<Omit<ValuesFor<typeof cmIncome>, 'incomeType'> & { readonly incomeType?: string | undefined }>

const umDefaultMs = 7 * dayMs

/** `GET /papi/v1/um/income` (facts A6). */
export const answerUmIncome: AnswerOf<'umIncome'> = (question) => answerIncome(question, 'um', umWindow(question))

/** `GET /papi/v1/cm/income` (facts A6). */
export const answerCmIncome: AnswerOf<'cmIncome'> = (question) =>
  answerIncome(question, 'cm', requestedWindow(cmIncome, question.values, question.now, question.behaviour))

/** Seven days where a time is left out; the document gives no longest span. */
function umWindow({ values, now, behaviour }: IncomeQuestion): RequestedWindow {
  const to = values.endTime ?? now
  const from = values.startTime ?? to - umDefaultMs
  return from > to ? startAfterEnd(behaviour) : { kind: 'window', from, to }
}

function answerIncome(question: IncomeQuestion, wallet: 'um' | 'cm', window: RequestedWindow): Answer<readonly ReturnType<typeof row>[]> {
  const { engine, account, values, now } = question
  const { symbol, incomeType, limit, page = 1 } = values
  if (window.kind === 'error') return window
  // The venue knows no contracts by name: no income is of a symbol.
  if (window.kind === 'empty' || symbol !== undefined) return reply([])
  const from = Math.max(window.from, now - incomeKeptMs)
  const income = engine
    .movements({ account, from, to: window.to })
    .toReversed()
    .flatMap((movement) => incomeOf(movement, wallet))
    .filter(({ type }) => incomeType === undefined || type === incomeType)
  return reply(pageOf(income, { current: page, size: limit }).map(row))
}

function row({ movement, type, amount }: Income) {
  return {
    symbol: '',
    incomeType: type,
    income: atPrintedScale(amount, binanceFixedRule),
    asset: movement.asset,
    info: type,
    time: movement.at,
    tranId: movement.id,
    tradeId: '',
  }
}
