import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fail } from '../../errors/overdraft-error.ts'
import { privateKeyIn } from './private-key.ts'

// From src/venue/scenarios/ and from dist/venue/scenarios/ alike, the shipped files lie three folders up.
const shippedFolder = new URL('../../../scenarios/', import.meta.url)

/** The scenarios that come with the package, each a file of the folder `scenarios`. */
export const shippedScenarios = [
  'default',
  'empty',
  'quiet-month',
  'funding-bleed',
  'auto-exchange-cascade',
  'rate-spike',
  'okx-forced-repayment',
  'vip-downgrade',
  'regime-change-2025-05-17',
  'thousand-accounts',
] as const

export type ShippedScenario = (typeof shippedScenarios)[number]

export function isShippedScenario(name: string): name is ShippedScenario {
  return (shippedScenarios as readonly string[]).includes(name)
}

/** The path of a shipped file in the folder `scenarios`. */
export function shippedPath(name: string): string {
  return fileURLToPath(new URL(name, shippedFolder))
}

/** Reads a scenario or key file. @throws `scenario.unreadable` */
export function readScenarioFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return fail('scenario.unreadable', { file: path, reason: error instanceof Error ? error.message : String(error) }, error)
  }
}

let demoKey: string | undefined

/** The RSA key of every scenario that brings none: public test material, as PKCS#8 PEM. @throws `scenario.unreadable` */
export function demoRsaKey(): string {
  const path = shippedPath('demo-rsa-key.txt')
  demoKey ??= privateKeyIn(readScenarioFile(path), 'rsa')
  return demoKey ?? fail('scenario.unreadable', { file: path, reason: 'it holds no RSA key' })
}
