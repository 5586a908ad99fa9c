import { describe, expect, test } from 'vitest'
import { okxKit, success } from '../../../../../test/support/okx-kit.ts'
import { decimal } from '../../../../decimal/decimal.ts'

describe('POST /api/v5/account/set-auto-repay', () => {
  const path = '/api/v5/account/set-auto-repay'

  test.each([true, false])('sets the switch to %s and says so with a boolean', async (autoRepay) => {
    const { post, venue } = await okxKit()
    expect(post(path, { autoRepay }).text).toBe(success(`{"autoRepay":${autoRepay}}`))
    expect(venue.engine.settingsOf('okx').autoRepay).toBe(autoRepay)
  })

  test('lets positive cash repay what was borrowed in spot mode', async () => {
    const { apply, data, post } = await okxKit()
    apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: decimal('10000') })
    apply({ kind: 'borrow-spot', account: 'okx', asset: 'BTC', amount: decimal('0.01') })
    expect(post(path, { autoRepay: true }).status).toBe(200)
    apply({ kind: 'deposit', account: 'okx', asset: 'BTC', amount: decimal('0.002') })
    const history = data('/api/v5/account/spot-borrow-repay-history', 'ccy=BTC')
    expect(history[0]).toMatchObject({ type: 'auto_repay', ccy: 'BTC' })
  })
})

describe('POST /api/v5/account/set-auto-loan', () => {
  const path = '/api/v5/account/set-auto-loan'

  test.each([
    ['{"autoLoan":true}', true],
    ['{"autoLoan":false}', false],
    ['{}', true],
  ])('%s sets the switch, which is on unless told otherwise', async (body, on) => {
    const { apply, post, venue } = await okxKit()
    apply({ kind: 'set-auto-borrow', account: 'okx', on: !on })
    expect(post(path, body).text).toBe(success(`{"autoLoan":${on}}`))
    expect(venue.engine.settingsOf('okx').autoBorrow).toBe(on)
  })
})
