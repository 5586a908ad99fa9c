import { type AnswerOf, reply } from '../answer.ts'

/** `GET /sapi/v1/account/apiRestrictions`: what the key that asks may do. A venue has no withdrawals, transfers or options. */
export const answerApiRestrictions: AnswerOf<'apiRestrictions'> = ({ engine, key }) => {
  const permissions = key?.permissions ?? []
  const mayTrade = permissions.includes('trade')
  return reply({
    ipRestrict: key?.ips !== undefined,
    createTime: (key && engine.accountOfKey(key.apiKey)?.since) ?? 0,
    enableReading: permissions.includes('read'),
    enableWithdrawals: false,
    enableInternalTransfer: false,
    enableMargin: mayTrade,
    // Not with Portfolio Margin enabled, says the page.
    enableFutures: false,
    permitsUniversalTransfer: false,
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
    enableSpotAndMarginTrading: mayTrade,
    enablePortfolioMarginTrading: mayTrade,
  })
}
