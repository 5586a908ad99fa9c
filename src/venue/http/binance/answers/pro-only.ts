import { binanceErrors } from '../../../../contracts/binance/errors.ts'
import { type Answer, type BinanceQuestion, refuse } from '../answer.ts'

/** An answer that only PRO accounts are given, or only those with SPAN; the others are told that they are none (facts A2.1). */
export function forPro<Values, Reply>(
  answer: (question: BinanceQuestion<Values>) => Answer<Reply>,
  span: 'also-without-span' | 'span-only' = 'also-without-span',
): (question: BinanceQuestion<Values>) => Answer<Reply> {
  return (question) => {
    const { engine, account, behaviour } = question
    const { product } = engine.accountState(account)
    const isOpen = behaviour.binanceProTwins === 'any-portfolio-margin' || product === 'pm-span'
    return isOpen || (product === 'pm-pro' && span !== 'span-only') ? answer(question) : refuse(binanceErrors.notPortfolioMarginPro())
  }
}
