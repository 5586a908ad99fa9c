import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toText } from '../../decimal/decimal.ts'
import { createEngine } from '../engine/engine.ts'
import { applyScenario, parseScenario, scenarioCommands } from './scenario.ts'

const documentPath = new URL('../../../docs/scenarios.md', import.meta.url)
const text = readFileSync(documentPath, 'utf8')
const example = /```yaml\n(.*?)```/s.exec(text)?.[1] ?? ''
const faults = /```text\n(.*?)```/s.exec(text)?.[1] ?? ''
const endsAt = Date.parse('2026-11-21T10:17:00Z')

describe('the document on scenarios', () => {
  it('has an example that does what its comments say', () => {
    const unfolded = scenarioCommands(parseScenario(example, 'squeeze.yaml'), endsAt)
    const engine = createEngine({ startsAt: unfolded.startsAt })
    applyScenario(engine, unfolded)
    const [run, ...more] = engine.exchangeRuns({ account: 'main' })
    expect(more).toEqual([])
    expect(run?.details.map(({ asset, negativeBalance }) => `${asset} ${toText(negativeBalance)}`)).toEqual(['ETH 6.25000000'])
    expect(engine.binanceCharges({ account: 'main', asset: 'ETH' })).toHaveLength(29)
    const [hour] = engine.okxCharges({ account: 'okx' })
    expect([hour?.liability, hour?.totalLiability, hour?.interestFreeLiability].map((value) => value && toText(value).slice(0, 5))).toEqual(
      ['300.0', '800.0', '500.0'],
    )
    expect(unfolded.access[0]?.keys.map(({ signing }) => signing)).toEqual(['hmac', 'ed25519'])
  })

  it('shows faults as they are really told', () => {
    const faulty = example.replace('to: 0.00011', 'to: 1.1').replace('amount: 40000', 'amount: -40000')
    expect(() => parseScenario(faulty, 'squeeze.yaml')).toThrow(expect.objectContaining({ message: faults.trimEnd() }))
  })
})
