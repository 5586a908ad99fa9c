import { describe, expect, it } from 'vitest'
import { errorOf, scenarioText } from '../../../test/support/scenario-text.ts'
import { toText } from '../../decimal/decimal.ts'
import { parseScenario, scenarioCommands } from './scenario.ts'

const endsAt = Date.parse('2026-11-21T10:17:00Z')

describe('the free quotas of a scenario', () => {
  it('can be the documented ones, for every asset that has a price', () => {
    const { commands } = scenarioCommands(parseScenario(withQuotas('documented'), 'trial.yaml'), endsAt)
    const quotas = commands.flatMap(({ command }) => (command.kind === 'set-free-quota' ? [[command.asset, toText(command.amount)]] : []))
    expect(quotas).toEqual([
      ['USDT', '20000'],
      ['BTC', '1'],
    ])
  })

  it('cannot be another word', () => {
    expect(errorOf(() => parseScenario(withQuotas('usual'), 'trial.yaml')).code).toBe('scenario.invalid')
  })
})

function withQuotas(quotas: string): string {
  return scenarioText({ markets: `{ prices: { USDT: 1, BTC: 86400, XYZ: 2 }, freeQuotas: ${quotas} }` })
}
