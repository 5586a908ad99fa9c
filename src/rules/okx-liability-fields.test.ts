import { describe, expect, it } from 'vitest'
import { parseInstant } from '../time/instant.ts'
import { okxLiabilityFieldsDefaults as defaults, okxLiabilityFields } from './okx-liability-fields.ts'

describe('rule: okx-liability-fields', () => {
  it('lacks them on the rows of the document from 2021', () => {
    expect(okxLiabilityFields(1_637_312_400_000, defaults)).toBe('absent')
  })

  it('has them empty from the spring of 2025 and filled from 2026, each from its instant on', () => {
    const at = (text: string, before = 0) => okxLiabilityFields(parseInstant(text) - before, defaults)
    expect([at('2025-04-01T00:00:00Z', 1), at('2025-04-01T00:00:00Z')]).toEqual(['absent', 'empty'])
    expect([at('2026-01-01T00:00:00Z', 1), at('2026-01-01T00:00:00Z')]).toEqual(['empty', 'present'])
  })

  it('never fills fields that are not there yet', () => {
    expect(okxLiabilityFields(5, { fieldsFrom: 10, valuesFrom: 0 })).toBe('absent')
    expect(okxLiabilityFields(10, { fieldsFrom: 10, valuesFrom: 0 })).toBe('present')
  })
})
