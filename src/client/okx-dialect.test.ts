import { expect, test } from 'vitest'
import { okxBalance } from '../contracts/okx/balance.ts'
import { interestAccrued } from '../contracts/okx/interest-accrued.ts'
import { interestRateLoanQuota } from '../contracts/okx/interest-rate-loan-quota.ts'
import { publicTime } from '../contracts/okx/public-time.ts'
import { setAutoRepay } from '../contracts/okx/set-auto-repay.ts'
import { printArguments } from '../contracts/request.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { CallBudgets } from './budget/call-budgets.ts'
import { okxDialect } from './okx-dialect.ts'

const credentials = {
  apiKey: '37c541a1-9a3b-4e5a-8d2f-0b1c2d3e4f50',
  secret: new Secret('22582BD0CFF14C41EDBF1AB98506286D'),
  passphrase: new Secret('passphrase'),
}
const signedAt = Date.UTC(2020, 11, 8, 9, 8, 57, 715)
const clock = new ManualClock(signedAt)
const budgets = new CallBudgets({ clock })
const addressBudgets = new CallBudgets({ clock })
const dialect = okxDialect({ credentials, budgets, addressBudgets })

// The vectors of facts B1.
test.each([
  [okxBalance, { ccy: 'BTC' }, '/api/v5/account/balance?ccy=BTC', undefined, 'HiZhvSfMtWJA3uUIVXV3a/bSXNPCWvYFXoGCVS8V4zY='],
  [interestAccrued, {}, '/api/v5/account/interest-accrued', undefined, 'xm7gyTwEcsIHSioid3M09F3QDeZeF6OdYvQ8nhKK4l4='],
  [
    interestAccrued,
    { ccy: 'USDT', limit: 100 },
    '/api/v5/account/interest-accrued?ccy=USDT&limit=100',
    undefined,
    'JTu62Ta9OU2q2MRiwXVHg3Vg5XM+oVurnPpnzB93C1U=',
  ],
  [
    setAutoRepay,
    { autoRepay: true },
    '/api/v5/account/set-auto-repay',
    '{"autoRepay":true}',
    'W751hxJVix+i38tVsuZ97BFChHPTUuThOUIwnmKH1/Q=',
  ],
] as const)('%o composes its documented request', (endpoint, args, target, body, signature) => {
  const { request, hidden } = dialect.compose(endpoint, printArguments(endpoint, args as never), signedAt)
  expect(request).toMatchObject({ target, body, headers: { 'OK-ACCESS-SIGN': signature, 'Content-Type': 'application/json' } })
  expect(hidden).toContain(signature)
})

test('what needs no key is counted by address, everything else by user', () => {
  expect(dialect.budgetOf(publicTime)).toBe(addressBudgets.of(publicTime))
  expect(dialect.budgetOf(interestRateLoanQuota)).toBe(addressBudgets.of(interestRateLoanQuota))
  expect(dialect.budgetOf(interestAccrued)).toBe(budgets.of(interestAccrued))
})
