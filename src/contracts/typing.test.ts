import { expectTypeOf, test } from 'vitest'
import type { Decimal } from '../decimal/decimal.ts'
import type { balance } from './binance/balance.ts'
import type { interestHistory } from './binance/interest-history.ts'
import type { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import type { ArgumentsFor, PrintedReplyOf, ReplyOf } from './contract.ts'
import type { billsArchive } from './okx/bills-archive.ts'
import type { interestAccrued } from './okx/interest-accrued.ts'

test('the arguments and replies of a call are typed by its contract', () => {
  expectTypeOf<ArgumentsFor<typeof interestHistory>>().toHaveProperty('size').toEqualTypeOf<number | undefined>()
  expectTypeOf<ArgumentsFor<typeof negativeBalanceExchangeRecord>>().toHaveProperty('startTime').toEqualTypeOf<number>()
  expectTypeOf<ArgumentsFor<typeof negativeBalanceExchangeRecord>>().not.toHaveProperty('timestamp')
  expectTypeOf<ArgumentsFor<typeof interestAccrued>>().toHaveProperty('mgnMode').toEqualTypeOf<'cross' | 'isolated' | undefined>()
  expectTypeOf<ReplyOf<typeof interestHistory>[number]>().toHaveProperty('interest').toEqualTypeOf<Decimal>()
  expectTypeOf<ReplyOf<typeof interestAccrued>['data'][number]>().toHaveProperty('totalLiab').toEqualTypeOf<Decimal | null | undefined>()
  expectTypeOf<ReplyOf<typeof balance>>().not.toBeAny()
})

test('who reads a reply may miss a field that is documented; who answers has to print it', () => {
  expectTypeOf<ReplyOf<typeof billsArchive>['data'][number]>().toHaveProperty('clOrdId').toEqualTypeOf<string | undefined>()
  expectTypeOf<PrintedReplyOf<typeof billsArchive>['data'][number]>().toHaveProperty('clOrdId').toEqualTypeOf<string>()
  expectTypeOf<PrintedReplyOf<typeof billsArchive>['data'][number]>().toHaveProperty('earnAmt').toEqualTypeOf<Decimal | null | undefined>()
})
