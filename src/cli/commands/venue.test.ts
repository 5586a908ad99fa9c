import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { now, run } from '../../../test/support/command-line.ts'
import { hourMs } from '../../time/units.ts'
import { shippedScenarios } from '../../venue/scenarios/scenario.ts'

/** Starts a venue, and stops it as soon as it has said where it listens. */
const started = (line: string) => run(`venue --port 0 --scenario empty ${line}`, { signal: AbortSignal.abort() })

function faultFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'overdraft-cli-')), 'faults.yaml')
  writeFileSync(path, text)
  return path
}

describe('venue --list-scenarios', () => {
  test('names each with what it has, and starts nothing', async () => {
    const { code, stdout } = await run('venue --list-scenarios')
    expect(code).toBe(0)
    for (const name of shippedScenarios) expect(stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'))
    expect(stdout).not.toContain('listens')
  })

  test('gives one line of JSON', async () => {
    const { stdout } = await run('venue --list-scenarios --json')
    const { scenarios } = JSON.parse(stdout) as { readonly scenarios: readonly { readonly name: string; readonly description: string }[] }
    expect(scenarios.map(({ name }) => name)).toEqual(shippedScenarios)
    expect(scenarios.every(({ description }) => description.length > 10)).toBe(true)
  })
})

describe('venue --faults', () => {
  test('takes the rules of a file and says so', async () => {
    const path = faultFile('faults:\n  - { kind: slow, ms: 5 }\n  - { name: noon, kind: reset, between: { from: +1h } }\n')
    const document = JSON.parse((await started(`--json --faults ${path}`)).stdout) as { readonly faults: readonly object[] }
    expect(document.faults).toMatchObject([
      { name: 'fault-1', kind: 'slow', ms: 5 },
      { name: 'noon', kind: 'reset', between: { from: now + hourMs } },
    ])
    expect((await started(`--faults ${path}`)).stdout).toContain('Goes wrong on purpose: fault-1 (slow), noon (reset).\n')
    expect((await started('')).stdout).not.toContain('on purpose')
  })

  test('counts instants from the one at which the clock is to start', async () => {
    const path = faultFile('faults: [{ kind: reset, between: { from: +1h } }]')
    const { stdout } = await started(`--json --frozen --clock 2025-01-31 --faults ${path}`)
    expect(JSON.parse(stdout)).toMatchObject({ faults: [{ between: { from: Date.parse('2025-01-31T01:00:00Z') } }] })
  })

  test('refuses a file with a fault of its own, naming its line', async () => {
    const { code, stderr } = await started(`--faults ${faultFile('faults:\n  - { kind: slowly }\n')}`)
    expect(code).toBe(3)
    expect(stderr).toContain('line 2, column 13, faults[0].kind: ')
    expect((await started('--faults nowhere.yaml')).stderr).toContain('cannot be read')
  })
})

describe('venue --behaviour', () => {
  test.each(['binanceApiRejectedKeyStatus=400', 'okxForcedRepaymentStep=half', 'okxRecordDelayMs=0', 'autoRepayAt=[3600000]'])(
    '%s is taken',
    async (option) => {
      expect((await started(`--behaviour ${option} --behaviour limits=counted`)).code).toBe(0)
    },
  )

  test.each([
    ['okxLimitTooLarge=shrink', 'clamp'],
    ['okxRecordDelayMs=soon', 'a whole number from 0'],
    ['nonsense=1', 'okxLimitTooLarge'],
    ['okxLimitTooLarge', 'name=value'],
  ])('%s is refused, and what could be said is named', async (option, part) => {
    const { code, stderr } = await started(`--behaviour ${option}`)
    expect(code).not.toBe(0)
    expect(stderr).toContain(part)
  })
})
