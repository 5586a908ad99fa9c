import { expect } from 'vitest'
import { add, divide, isZero, maximum, multiply, negate, rescale, subtract, sum } from '../../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, zero } from '../../../src/decimal/decimal.ts'
import { hourMs } from '../../../src/time/units.ts'
import type { OkxBalance, OkxBill, OkxCharge } from '../../../src/venue/engine/record.ts'
import { comparableRows, first } from './comparable.ts'
import { balanceFields, balanceRowOf, interestRowOf } from './okx-truth.ts'
import type { Proof } from './proof.ts'
import type { ProofWorld } from './proof-world.ts'

const shown = (world: ProofWorld) => world.okx().charges.filter(({ visibleAt }) => visibleAt <= world.venue.clock.now())

function vipRow({ order, asset, interest, rateDaily, liability, at }: OkxCharge) {
  return { ordId: order, ccy: asset, interest, interestRate: divide(rateDaily, decimal('24'), 16, 'down'), liab: liability, ts: at }
}

const billFields = ['billId', 'type', 'subType', 'ccy', 'ts', 'bal', 'balChg', 'interest', 'instId', 'ordId'] as const

/** Type and subtype as the exchange numbers them. */
function billType({ kind, order }: OkxBill): readonly [string, string] {
  const types: Partial<Record<OkxBill['kind'], readonly [string, string]>> = {
    deposit: ['1', '11'],
    fee: ['2', '1'],
    funding: ['8', '173'],
    borrow: ['16', '306'],
    'repay-loan': ['22', '308'],
  }
  return kind === 'interest' ? ['7', order === '' ? '9' : '14'] : (types[kind] ?? ['', ''])
}

function billRows(world: ProofWorld) {
  return world.engine.okxBills({ account: 'okx', limit: 50 }).map((bill) => {
    const [type, subType] = billType(bill)
    return {
      bal: bill.balance,
      balChg: bill.balanceChange,
      billId: bill.id,
      ccy: bill.asset,
      instId: bill.instId,
      interest: bill.interest,
      ordId: bill.order,
      subType,
      ts: bill.at,
      type,
    }
  })
}

const partOfBills = (rows: readonly unknown[]) => comparableRows(rows, billFields)

function borrowedOf({ crossLiability, isolated }: OkxBalance): Decimal {
  return add(crossLiability, sum(isolated.map(({ liability }) => liability)))
}

function limits(world: ProofWorld) {
  const now = world.venue.clock.now()
  const next = now - (now % hourMs) + hourMs
  const { balances } = world.okx()
  const debt = sum(balances.map((balance) => multiply(borrowedOf(balance), world.engine.priceOf(balance.asset) ?? zero)))
  const usdt = first(balances.filter(({ asset }) => asset === 'USDT'))
  const { limit } = world.engine.maxBorrow('okx', 'USDT')
  const record = {
    availLoan: '',
    avgRate: '',
    ccy: 'USDT',
    interest: '0',
    loanQuota: limit,
    posLoan: '',
    rate: world.engine.rateOf('okx', 'USDT', 0),
    surplusLmt: maximum(subtract(limit, borrowedOf(usdt)), zero),
    surplusLmtDetails: {},
    usedLmt: borrowedOf(usdt),
    usedLoan: '',
    interestFreeLiab: usdt.interestFreeLiability,
    potentialBorrowingAmt: '0',
  }
  return [
    { debt: rescale(debt, 32, 'down'), interest: '0', loanAlloc: '', nextDiscountTime: next, nextInterestTime: next, records: [record] },
  ]
}

const reads: readonly Proof[] = [
  { endpoint: 'GET /api/v5/public/time', shows: 'the time of the venue', account: 'okx', instants: ['ts'], expected: () => [{}] },
  {
    endpoint: 'GET /api/v5/account/balance',
    shows: 'every currency as the ledger has it',
    account: 'okx',
    part: (reply: readonly { details: readonly unknown[] }[]) => comparableRows(first(reply).details, balanceFields),
    expected: (world) => world.okx().balances.map(balanceRowOf),
  },
  {
    endpoint: 'GET /api/v5/account/balance',
    shows: 'one currency alone',
    account: 'okx',
    parameters: () => ({ ccy: 'BTC' }),
    part: (reply: readonly { details: readonly unknown[] }[]) => comparableRows(first(reply).details, balanceFields),
    expected: (world) =>
      world
        .okx()
        .balances.filter(({ asset }) => asset === 'BTC')
        .map(balanceRowOf),
  },
  {
    endpoint: 'GET /api/v5/account/config',
    shows: 'whose key it is and what it may do',
    account: 'okx',
    part: (reply: readonly Readonly<Record<string, unknown>>[]) => {
      const { uid, mainUid, acctLv, autoLoan, perm } = first(reply)
      return { uid, mainUid, acctLv, autoLoan, perm }
    },
    expected: (world) => {
      const uid = String(world.engine.accountState('okx').uid)
      return { uid, mainUid: uid, acctLv: '3', autoLoan: world.engine.settingsOf('okx').autoBorrow, perm: 'read_only,trade' }
    },
  },
  {
    endpoint: 'GET /api/v5/account/interest-accrued',
    shows: 'the hours of an isolated position',
    account: 'okx',
    parameters: () => ({ ccy: 'USDT', mgnMode: 'isolated', limit: '100' }),
    expected: (world) =>
      shown(world)
        .filter(({ marginMode }) => marginMode === 'isolated')
        .slice(0, 100)
        .map(interestRowOf),
  },
  {
    endpoint: 'GET /api/v5/account/interest-rate',
    shows: 'the hourly rate of a currency',
    account: 'okx',
    parameters: () => ({ ccy: 'BTC' }),
    expected: (world) => [{ ccy: 'BTC', interestRate: divide(world.engine.rateOf('okx', 'BTC', 0) ?? zero, decimal('24'), 16, 'down') }],
  },
  {
    endpoint: 'GET /api/v5/account/interest-limits',
    shows: 'debts, quotas and the next hour',
    account: 'okx',
    parameters: () => ({ ccy: 'USDT' }),
    expected: limits,
  },
  {
    endpoint: 'GET /api/v5/account/bills',
    shows: 'interest, funding and fees of the last days',
    account: 'okx',
    parameters: () => ({ limit: '50' }),
    part: partOfBills,
    expected: billRows,
  },
  {
    endpoint: 'GET /api/v5/account/bills-archive',
    shows: 'the same bills',
    account: 'okx',
    parameters: () => ({ limit: '50' }),
    part: partOfBills,
    expected: billRows,
  },
  {
    endpoint: 'GET /api/v5/account/bills-archive',
    shows: 'the loan of three weeks ago',
    account: 'okx',
    parameters: () => ({ type: '16', ccy: 'BTC' }),
    part: partOfBills,
    expected: (world) => {
      const { id, at } = first(world.engine.movements({ account: 'okx', asset: 'BTC', causes: ['borrow'] }).slice(-1))
      const balance = { bal: '0.5', balChg: '0.5', interest: '0' }
      return [{ ...balance, billId: id, ccy: 'BTC', instId: '', ordId: '', subType: '306', ts: at, type: '16' }]
    },
  },
  {
    endpoint: 'GET /api/v5/account/spot-borrow-repay-history',
    shows: 'what was borrowed and repaid by hand',
    account: 'okx',
    parameters: () => ({ ccy: 'BTC' }),
    expected: (world) =>
      world.engine.movements({ account: 'okx', asset: 'BTC', causes: ['borrow', 'repay-loan'] }).map(({ changes, at, cause }) => {
        const debt = first(changes.filter(({ wallet }) => wallet === 'spot-borrowed'))
        const isLoan = cause === 'borrow'
        const amt = isLoan ? negate(debt.delta) : debt.delta
        return { accBorrowed: negate(debt.after), amt, ccy: 'BTC', ts: at, type: isLoan ? 'manual_borrow' : 'manual_repay' }
      }),
  },
  {
    endpoint: 'GET /api/v5/account/max-loan',
    shows: 'what either side of an instrument may borrow',
    account: 'okx',
    parameters: () => ({ instId: 'BTC-USDT', mgnMode: 'cross', mgnCcy: 'USDT' }),
    expected: (world) => {
      const row = { instId: 'BTC-USDT', mgnMode: 'cross', mgnCcy: 'USDT' }
      const maxLoan = (asset: string) => world.engine.maxBorrow('okx', asset).amount
      return [
        { ...row, maxLoan: maxLoan('BTC'), ccy: 'BTC', side: 'sell' },
        { ...row, maxLoan: maxLoan('USDT'), ccy: 'USDT', side: 'buy' },
      ]
    },
  },
  ...(['accrued', 'deducted'] as const).map(
    (what): Proof => ({
      endpoint: `GET /api/v5/account/vip-interest-${what}`,
      shows: 'the hours of a VIP loan',
      account: 'okx',
      parameters: () => ({ ordId: '361', limit: '20' }),
      expected: (world) =>
        shown(world)
          .filter(({ order }) => order === '361')
          .slice(0, 20)
          .map(vipRow),
    }),
  ),
  {
    endpoint: 'GET /api/v5/public/interest-rate-loan-quota',
    shows: 'rate and quota of every currency',
    account: 'okx',
    part: (reply: readonly { basic: unknown }[]) => first(reply).basic,
    expected: (world) =>
      world.engine.marketAssets().flatMap((ccy) => {
        const rate = world.engine.rateOf('okx', ccy, 0)
        return rate === undefined ? [] : [{ ccy, quota: world.engine.loanLimitOf('okx', ccy, 0) ?? '', rate }]
      }),
  },
  {
    endpoint: 'GET /api/v5/public/discount-rate-interest-free-quota',
    shows: 'what is free of interest',
    account: 'okx',
    parameters: () => ({ ccy: 'BTC' }),
    expected: (world) => [
      {
        amt: world.engine.freeQuotaOf('BTC'),
        ccy: 'BTC',
        collateralRestrict: false,
        details: [{ discountRate: '0.95', liqPenaltyRate: '0.05', maxAmt: '', minAmt: '0', tier: '1', disCcyEq: '' }],
        discountLv: '1',
        minDiscountRate: '0',
      },
    ],
  },
]

const changes: readonly Proof[] = [
  {
    endpoint: 'POST /api/v5/account/spot-manual-borrow-repay',
    shows: 'borrows by hand',
    account: 'okx',
    parameters: () => ({ ccy: 'BTC', side: 'borrow', amt: '0.0625' }),
    expected: () => [{ ccy: 'BTC', side: 'borrow', amt: '0.0625' }],
    after: (world) => expect(world.moved('okx', 'borrow')).toEqual({ cash: '0.0625', 'spot-borrowed': '-0.0625' }),
  },
  {
    endpoint: 'POST /api/v5/account/spot-manual-borrow-repay',
    shows: 'repays by hand, no more than is owed',
    account: 'okx',
    before: (world) => world.book('okx', 'cash', 'BTC', decimal('1')),
    parameters: () => ({ ccy: 'BTC', side: 'repay', amt: '1' }),
    expected: () => [{ ccy: 'BTC', side: 'repay', amt: '0.4375' }],
    after: (world) =>
      expect(
        first(
          world
            .okx()
            .balances.filter(({ asset }) => asset === 'BTC')
            .map(({ spotBorrowed }) => isZero(spotBorrowed)),
        ),
      ).toBe(true),
  },
  ...(['true', 'false'] as const).flatMap((word): readonly Proof[] => {
    const on = word === 'true'
    return [
      {
        endpoint: 'POST /api/v5/account/set-auto-repay',
        shows: `turns automatic repayment ${on ? 'on' : 'off'}`,
        account: 'okx',
        parameters: () => ({ autoRepay: on }),
        expected: () => [{ autoRepay: on }],
        after: (world) => expect(world.okx().settings.autoRepay).toBe(on),
      },
      {
        endpoint: 'POST /api/v5/account/set-auto-loan',
        shows: `turns automatic borrowing ${on ? 'on' : 'off'}`,
        account: 'okx',
        parameters: () => ({ autoLoan: on }),
        expected: () => [{ autoLoan: on }],
        after: (world) => expect(world.okx().settings.autoBorrow).toBe(on),
      },
    ]
  }),
]

export const okxProofs: readonly Proof[] = [...reads, ...changes]
