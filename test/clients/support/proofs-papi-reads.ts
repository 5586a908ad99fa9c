import { add, isZero, negate, rescale } from '../../../src/decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../src/decimal/decimal.ts'
import { dayMs } from '../../../src/time/units.ts'
import type { Movement } from '../../../src/venue/engine/record.ts'
import { balanceRowOf, exchangeRowOf, interestRowOf, singleBalanceRowOf } from './binance-truth.ts'
import type { Proof } from './proof.ts'
import type { ProofWorld } from './proof-world.ts'

/** What a movement did to one wallet. */
export function changeOf({ changes }: Movement, wallet: string): Decimal {
  return changes.find((change) => change.wallet === wallet)?.delta ?? zero
}

/** What an account has is cut at 8 decimals, what it needs is rounded up there. */
export function accountFigures(world: ProofWorld, account: 'main' | 'pro' | 'span') {
  const { margin } = world.binance(account)
  return {
    // Without any maintenance margin the exchange shows this.
    uniMMR: margin.uniMmr === undefined ? '99999999' : rescale(margin.uniMmr, 8, 'down'),
    accountEquity: rescale(margin.equity, 8, 'down'),
    actualEquity: rescale(margin.actualEquity, 8, 'down'),
    accountInitialMargin: rescale(margin.initialMargin, 8, 'up'),
    accountMaintMargin: rescale(margin.maintenanceMargin, 8, 'up'),
    accountStatus: margin.level.toUpperCase(),
  }
}

function futuresAccount(wallet: 'um' | 'cm') {
  return (world: ProofWorld) => {
    const { balances, requirements } = world.binance('main')
    return {
      assets: balances.map((balance) => {
        const required = requirements.find((one) => one.wallet === wallet && one.asset === balance.asset)
        return {
          asset: balance.asset,
          crossWalletBalance: balance[wallet],
          crossUnPnl: wallet === 'um' ? balance.umUnrealised : balance.cmUnrealised,
          maintMargin: required?.maintenance ?? zero,
          initialMargin: required?.initial ?? zero,
          positionInitialMargin: required?.initial ?? zero,
          openOrderInitialMargin: zero,
          updateTime: balance.updatedAt,
        }
      }),
      positions: [],
    }
  }
}

const incomeTypes: Readonly<Record<string, string>> = {
  funding: 'FUNDING_FEE',
  fee: 'COMMISSION',
  'profit-or-loss': 'REALIZED_PNL',
}

/** The week's, oldest first. */
function income(world: ProofWorld, wallet: 'um' | 'cm') {
  return world.engine
    .movements({ account: 'main', from: world.venue.clock.now() - 7 * dayMs })
    .filter((movement) => !isZero(changeOf(movement, wallet)))
    .reverse()
    .map((movement) => {
      // What is not of the contracts came from another wallet or went there.
      const type = incomeTypes[movement.cause] ?? 'TRANSFER'
      const { asset, at: time, id: tranId } = movement
      return { symbol: '', incomeType: type, income: changeOf(movement, wallet), asset, info: type, time, tranId, tradeId: '' }
    })
}

const all = (world: ProofWorld) => ({ startTime: world.venue.clock.now() - 20 * dayMs, endTime: world.venue.clock.now(), size: 100 })
const records = (world: ProofWorld) => ({ asset: 'ETH', ...all(world) })

function repaymentRow(movement: Movement) {
  const principal = changeOf(movement, 'cross-borrowed')
  const interest = changeOf(movement, 'cross-interest')
  const { asset, at, id } = movement
  return { amount: add(principal, interest), asset, interest, principal, status: 'CONFIRMED', timestamp: at, txId: id }
}

export const papiReads: readonly Proof[] = [
  { endpoint: 'GET /papi/v1/ping', shows: 'an empty object', account: 'main', expected: () => ({}) },
  {
    endpoint: 'GET /papi/v1/balance',
    shows: 'every asset as the ledger has it',
    account: 'main',
    expected: (world) => world.binance('main').balances.map(balanceRowOf),
  },
  {
    endpoint: 'GET /papi/v1/balance',
    shows: 'one asset as an object',
    account: 'main',
    parameters: () => ({ asset: 'USDT' }),
    expected: (world) => singleBalanceRowOf(world.balance('main', 'USDT')),
  },
  {
    endpoint: 'GET /papi/v1/portfolio/interest-history',
    shows: 'every charge of an asset, newest first',
    account: 'main',
    parameters: (world) => ({ ...all(world), asset: 'USDT' }),
    expected: (world) =>
      world
        .binance('main')
        .charges.filter(({ asset }) => asset === 'USDT')
        .map(interestRowOf),
  },
  {
    endpoint: 'GET /papi/v1/portfolio/negative-balance-exchange-record',
    shows: 'the run that sold for a negative wallet',
    account: 'main',
    parameters: (world) => ({ startTime: all(world).startTime, endTime: all(world).endTime }),
    expected: (world) => {
      const { exchangeRuns } = world.binance('main')
      return { total: exchangeRuns.length, rows: exchangeRuns.map(exchangeRowOf) }
    },
  },
  {
    endpoint: 'GET /papi/v1/account',
    shows: 'uniMMR, equity and margins as the engine weighs them',
    account: 'main',
    expected: (world) => {
      const { margin } = world.binance('main')
      return {
        ...accountFigures(world, 'main'),
        virtualMaxWithdrawAmount: rescale(margin.maxWithdraw, 8, 'down'),
        totalAvailableBalance: '',
        totalMarginOpenLoss: '',
        updateTime: margin.updatedAt,
      }
    },
  },
  { endpoint: 'GET /papi/v1/um/account', shows: 'what UM holds and requires', account: 'main', expected: futuresAccount('um') },
  { endpoint: 'GET /papi/v2/um/account', shows: 'what UM holds and requires', account: 'main', expected: futuresAccount('um') },
  { endpoint: 'GET /papi/v1/cm/account', shows: 'what CM holds and requires', account: 'main', expected: futuresAccount('cm') },
  {
    endpoint: 'GET /papi/v1/repay-futures-switch',
    shows: 'the switch of Auto Repay',
    account: 'main',
    expected: (world) => ({ autoRepay: world.binance('main').settings.repaySwitch }),
  },
  {
    endpoint: 'GET /papi/v1/margin/marginLoan',
    shows: 'the loan, its number unharmed',
    account: 'main',
    parameters: records,
    expected: (world) => {
      const rows = world.engine.movements({ account: 'main', asset: 'ETH', causes: ['borrow'] })
      return {
        rows: rows.map((movement) => ({
          txId: movement.id,
          asset: 'ETH',
          principal: negate(changeOf(movement, 'cross-borrowed')),
          timestamp: movement.at,
          status: 'CONFIRMED',
        })),
        total: rows.length,
      }
    },
  },
  {
    endpoint: 'GET /papi/v1/margin/repayLoan',
    shows: 'the repayment, interest first',
    account: 'main',
    parameters: records,
    expected: (world) => {
      const rows = world.engine.movements({ account: 'main', asset: 'ETH', causes: ['repay-loan', 'repay-debt'] })
      return { rows: rows.map(repaymentRow), total: rows.length }
    },
  },
  {
    endpoint: 'GET /papi/v1/margin/marginInterestHistory',
    shows: 'the hours of the loan',
    account: 'main',
    parameters: records,
    expected: (world) => {
      const rows = world.binance('main').loanCharges.filter(({ asset }) => asset === 'ETH')
      return {
        total: rows.length,
        rows: rows.slice(0, 100).map((charge) => ({
          txId: charge.id,
          interestAccuredTime: charge.at,
          asset: 'ETH',
          rawAsset: 'ETH',
          principal: charge.principal,
          interest: charge.interest,
          interestRate: charge.rateDaily,
          type: charge.type === 'on-borrow' ? 'ON_BORROW' : 'PERIODIC',
        })),
      }
    },
  },
  {
    endpoint: 'GET /papi/v1/margin/maxBorrowable',
    shows: 'how much more may be borrowed',
    account: 'main',
    parameters: () => ({ asset: 'ETH' }),
    expected: (world) => {
      const { amount, limit } = world.engine.maxBorrow('main', 'ETH')
      return { amount: rescale(amount, 8, 'down'), borrowLimit: limit }
    },
  },
  {
    endpoint: 'GET /papi/v1/margin/maxWithdraw',
    shows: 'how much may leave',
    account: 'main',
    parameters: () => ({ asset: 'BTC' }),
    expected: (world) => ({ amount: rescale(world.engine.maxWithdraw('main', 'BTC'), 8, 'down') }),
  },
  {
    endpoint: 'GET /papi/v1/rateLimit/order',
    shows: 'the limit of orders',
    account: 'main',
    expected: () => [{ rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 }],
  },
  {
    endpoint: 'GET /papi/v1/um/income',
    shows: 'funding and fees, oldest first',
    account: 'main',
    parameters: (world) => ({ startTime: world.venue.clock.now() - 7 * dayMs + 1, limit: 100 }),
    expected: (world) => income(world, 'um'),
  },
  {
    endpoint: 'GET /papi/v1/cm/income',
    shows: 'results and fees of CM',
    account: 'main',
    parameters: (world) => ({ startTime: world.venue.clock.now() - 7 * dayMs + 1, limit: 100 }),
    expected: (world) => income(world, 'cm'),
  },
]
