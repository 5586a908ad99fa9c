import { describe, expect, test } from 'vitest'
import { parseInstant } from '../time/instant.ts'
import { assetCollection } from './binance/asset-collection.ts'
import { balance } from './binance/balance.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import { umIncome } from './binance/um-income.ts'
import type { Endpoint } from './contract.ts'
import { endpointInForce } from './in-force.ts'

const names = (endpoint: Endpoint | undefined) => endpoint && Object.keys(endpoint.parameters)

describe('rule: change-log', () => {
  test('a contract without dates is always itself', () => {
    expect(endpointInForce(balance, 0, 'by-date')).toBe(balance)
    expect(endpointInForce(balance, parseInstant('2030-01-01'), 'latest')).toBe(balance)
  })

  test('an endpoint is there from the instant of its release', () => {
    const release = parseInstant('2025-01-22')
    expect(endpointInForce(negativeBalanceExchangeRecord, release - 1, 'by-date')).toBeUndefined()
    expect(endpointInForce(negativeBalanceExchangeRecord, release, 'by-date')).toBe(negativeBalanceExchangeRecord)
    expect(endpointInForce(negativeBalanceExchangeRecord, 0, 'all')).toBe(negativeBalanceExchangeRecord)
  })

  test('a parameter comes and goes with its dates, and nothing else changes', () => {
    const since = parseInstant('2026-10-16')
    expect(names(endpointInForce(assetCollection, since - 1, 'by-date'))).toEqual(['asset', 'recvWindow', 'timestamp'])
    expect(endpointInForce(assetCollection, since, 'by-date')).toBe(assetCollection)
    const until = parseInstant('2026-10-28')
    expect(endpointInForce(umIncome, until - 1, 'by-date')).toBe(umIncome)
    const after = endpointInForce(umIncome, until, 'by-date')
    expect(names(after)).toEqual(names(umIncome)?.filter((name) => name !== 'page'))
    expect({ ...after, parameters: undefined }).toEqual({ ...umIncome, parameters: undefined })
    expect(endpointInForce(umIncome, until, 'all')).toBe(umIncome)
  })

  test('the latest has what is to come, and not what is to go; the same answer is the same contract', () => {
    expect(endpointInForce(assetCollection, 0, 'latest')).toBe(assetCollection)
    expect(names(endpointInForce(umIncome, 0, 'latest'))).not.toContain('page')
    expect(endpointInForce(umIncome, 0, 'latest')).toBe(endpointInForce(umIncome, parseInstant('2026-12-01'), 'by-date'))
  })
})
