import { type Exchange, openedAt } from '../rules/exchange.ts'

/** No row of any history of an exchange is older, epoch ms: for rooms that know histories and no rules. */
export function firstRowAt(exchange: Exchange): number {
  return openedAt[exchange]
}
