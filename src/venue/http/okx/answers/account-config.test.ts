import { describe, expect, test } from 'vitest'
import { okxKit } from '../../../../../test/support/okx-kit.ts'
import { createVenue } from '../../../create-venue.ts'
import { parseScenario } from '../../../scenarios/scenario.ts'

const path = '/api/v5/account/config'

async function uidsOf(seed: string) {
  const text = `
name: two
description: two accounts
seed: ${seed}
starts: -1h
accounts: [{ label: first, exchange: okx }, { label: second, exchange: okx }]
markets: { prices: { USDT: 1 } }
`
  const { engine } = await createVenue({ scenario: parseScenario(text, 'two') })
  return ['first', 'second'].map((label) => engine.accountState(label).uid)
}

describe('GET /api/v5/account/config', () => {
  test('tells whose key it is, what the key may do, and the switches of the account', async () => {
    const { data, post, venue } = await okxKit()
    const uid = String(venue.engine.accountState('okx').uid)
    expect(data(path)).toMatchObject([
      { uid, mainUid: uid, acctLv: '3', autoLoan: true, spotBorrowAutoRepay: false, perm: 'read_only,trade' },
    ])
    post('/api/v5/account/set-auto-loan', { autoLoan: false })
    post('/api/v5/account/set-auto-repay', { autoRepay: true })
    expect(data(path)).toMatchObject([{ uid, autoLoan: false, spotBorrowAutoRepay: true }])
  })

  test('has another uid for every account and every seed, and the same again for the same', async () => {
    const [one, again, other] = await Promise.all([uidsOf('one'), uidsOf('one'), uidsOf('other')])
    expect(one).toEqual(again)
    expect(new Set([...one, ...other]).size).toBe(4)
  })
})
