import { toText } from '../../src/decimal/decimal.ts'
import { askBinance, askOkx, type Got } from '../support/venue-kit.ts'
import { amountFor } from './amounts.ts'
import { assets, type Player, playerOf } from './cast.ts'
import { checkUnchanged } from './command-steps.ts'
import { must } from './must.ts'
import { count, engineOf, type Stage } from './stage.ts'

type Parameters = Readonly<Record<string, string>>
type Offered = readonly [weight: number, method: 'GET' | 'POST', path: string, parameters: () => Parameters]

/** A signed call of one of the owners through the face of his exchange. */
export function callStep(stage: Stage): void {
  const { draws, cast } = stage
  const player = playerOf(draws, cast, draws.percent(55) ? 'binance' : 'okx')
  const offered = player.exchange === 'binance' ? binanceCalls(stage, player) : okxCalls(stage, player)
  const [, method, path, parametersOf] = draws.weighted(offered.map((call) => [call[0], call] as const))
  const parameters = spoilt(stage, parametersOf())
  stage.note(`// ${player.account}: ${method} ${path} ${JSON.stringify(parameters)}`)
  const engine = engineOf(stage)
  const { sequence } = engine
  const faultsBefore = stage.venue.faults.log.at(-1)?.sequence ?? 0
  const got = call(stage, player, method, path, parameters)
  const isFaulty = (stage.venue.faults.log.at(-1)?.sequence ?? 0) > faultsBefore
  count(stage, isFaulty ? 'calls with faults' : 'calls')
  stage.note(`// ${got.status} ${got.text.slice(0, 160)}`)
  must(isFaulty || got.status < 500, () => `${method} ${path} answers what it was asked: ${got.status} ${got.text}`)
  must(stage.faultsTold.length === 0, () => `the venue has no fault of its own: ${String(stage.faultsTold[0])}`)
  if (method === 'GET' || (!isFaulty && !isSuccess(player, got))) checkUnchanged(engine, sequence, undefined)
  const changes = [...engine.journal(sequence)].filter(({ command }) => command.kind !== 'clock-move')
  must(changes.length <= 1, () => `one call is one command at most: ${changes.map(({ command }) => command.kind).join(', ')}`)
}

function call({ draws, venue }: Stage, { exchange, key }: Player, method: 'GET' | 'POST', path: string, parameters: Parameters): Got {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const ip = `127.0.0.${1 + draws.below(50)}`
  if (exchange === 'binance')
    return askBinance(venue, path, { method, key, ip, ...(method === 'POST' && draws.percent(50) ? { body: query } : { query }) })
  if (method === 'GET') return askOkx(venue, path, { key, ip, query })
  const values = Object.entries(parameters).map(([name, value]) => [name, value === 'true' ? true : value === 'false' ? false : value])
  return askOkx(venue, path, { method, key, ip, body: JSON.stringify(Object.fromEntries(values)) })
}

function isSuccess({ exchange }: Player, { status, text }: Got): boolean {
  return status === 200 && (exchange === 'binance' || text.includes('"code":"0"'))
}

/** Now and then a parameter is left out, or is nonsense. */
function spoilt({ draws }: Stage, parameters: Parameters): Parameters {
  if (!draws.percent(8)) return parameters
  const name = draws.pick(Object.keys(parameters)) ?? 'nothing'
  const { [name]: _dropped, ...others } = parameters
  return draws.percent(40) ? others : { ...others, [name]: draws.pick(['', '-1', '0', 'x', '1e9', '99999999999999999999999', 'null', ' ']) }
}

function binanceCalls(stage: Stage, player: Player): readonly Offered[] {
  const { draws } = stage
  const asset = draws.pick(assets)
  const amount = () => toText(amountFor(draws, engineOf(stage), player, asset))
  const now = stage.venue.clock.now()
  const span = (): Parameters => ({
    startTime: String(now - draws.below(40 * 86_400_000)),
    ...(draws.percent(50) ? { endTime: String(now) } : {}),
  })
  const flag = () => String(draws.percent(60))
  const pro = '/sapi/v1/portfolio'
  return [
    [6, 'POST', '/papi/v1/repay-futures-negative-balance', () => ({})],
    [4, 'POST', '/papi/v1/repay-futures-switch', () => ({ autoRepay: flag() })],
    [4, 'POST', '/papi/v1/auto-collection', () => ({})],
    [3, 'POST', '/papi/v1/asset-collection', () => ({ asset })],
    [3, 'POST', '/papi/v1/bnb-transfer', () => ({ amount: amount(), transferSide: draws.pick(['TO_UM', 'FROM_UM'] as const) })],
    [6, 'POST', '/papi/v1/marginLoan', () => ({ asset, amount: amount() })],
    [6, 'POST', '/papi/v1/repayLoan', () => ({ asset, amount: amount() })],
    [4, 'POST', '/papi/v1/margin/repay-debt', () => ({ asset, ...(draws.percent(50) ? { amount: amount() } : {}) })],
    [2, 'POST', `${pro}/repay-futures-negative-balance`, () => (draws.percent(50) ? { from: 'SPOT' } : {})],
    [2, 'POST', `${pro}/repay`, () => ({})],
    [2, 'POST', `${pro}/delta-mode`, () => ({ deltaEnabled: flag() })],
    [4, 'GET', '/papi/v1/balance', () => ({})],
    [3, 'GET', '/papi/v1/account', () => ({})],
    [2, 'GET', '/papi/v1/um/account', () => ({})],
    [2, 'GET', '/papi/v1/portfolio/interest-history', () => ({ asset, ...span() })],
    [2, 'GET', '/papi/v1/margin/marginInterestHistory', span],
    [2, 'GET', '/papi/v1/margin/marginLoan', () => ({ asset, ...span() })],
    [2, 'GET', '/papi/v1/margin/repayLoan', () => ({ asset, ...span() })],
    [
      2,
      'GET',
      '/papi/v1/portfolio/negative-balance-exchange-record',
      () => ({ startTime: String(now - 86_400_000), endTime: String(now) }),
    ],
    [2, 'GET', '/papi/v1/margin/maxBorrowable', () => ({ asset })],
    [2, 'GET', '/papi/v1/margin/maxWithdraw', () => ({ asset })],
    [2, 'GET', '/papi/v1/um/income', () => ({})],
    [2, 'GET', '/papi/v1/cm/income', () => ({})],
    [2, 'GET', `${pro}/account`, () => ({})],
    [1, 'GET', '/sapi/v1/margin/interestRateHistory', () => ({ asset })],
  ]
}

function okxCalls(stage: Stage, player: Player): readonly Offered[] {
  const { draws } = stage
  const ccy = draws.pick(assets)
  const amt = () => toText(amountFor(draws, engineOf(stage), player, ccy))
  const flag = () => String(draws.percent(60))
  const now = stage.venue.clock.now()
  const account = '/api/v5/account'
  return [
    [10, 'POST', `${account}/spot-manual-borrow-repay`, () => ({ ccy, side: draws.pick(['borrow', 'repay'] as const), amt: amt() })],
    [4, 'POST', `${account}/set-auto-repay`, () => ({ autoRepay: flag() })],
    [4, 'POST', `${account}/set-auto-loan`, () => ({ autoLoan: flag() })],
    [5, 'GET', `${account}/balance`, () => (draws.percent(50) ? {} : { ccy })],
    [1, 'GET', `${account}/config`, () => ({})],
    [4, 'GET', `${account}/interest-accrued`, () => ({ after: String(now - draws.below(1e9)) })],
    [3, 'GET', `${account}/bills`, () => ({})],
    [2, 'GET', `${account}/bills-archive`, () => ({ ccy })],
    [2, 'GET', `${account}/interest-rate`, () => ({ ccy })],
    [2, 'GET', `${account}/interest-limits`, () => ({ type: '2', ccy })],
    [2, 'GET', `${account}/max-loan`, () => ({ mgnMode: 'cross', instId: 'BTC-USDT', mgnCcy: 'USDT' })],
    [2, 'GET', `${account}/spot-borrow-repay-history`, () => ({ ccy })],
    [2, 'GET', `${account}/vip-interest-accrued`, () => ({})],
    [1, 'GET', '/api/v5/public/interest-rate-loan-quota', () => ({})],
  ]
}
