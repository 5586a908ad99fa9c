import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../../../test/support/scenario-text.ts'
import { askAdmin, askBinance, askOkx, kitStart, venueKit } from '../../../test/support/venue-kit.ts'
import { createVenue, parseScenario } from '../index.ts'
import { scenarioFaults } from '../scenarios/fault-rules.ts'

const balance = '/papi/v1/balance'

describe('a rule', () => {
  test('is about the calls it names: exchange, endpoint, account, parameters', async () => {
    const { venue } = await venueKit({
      faults: [
        { name: 'by path', kind: 'overloaded', where: { endpoints: ['/papi/v1/portfolio/*'] } },
        { name: 'by parameter', kind: 'overloaded', where: { endpoints: ['balance'], parameters: { asset: 'USDT' } } },
        { name: 'by account', kind: 'okx-busy', where: { account: 'okx' } },
        { name: 'of nobody', kind: 'reset', where: { account: 'somebody' } },
      ],
    })
    expect(askBinance(venue, '/papi/v1/portfolio/interest-history').status).toBe(503)
    expect(askBinance(venue, balance).status).toBe(200)
    expect(askBinance(venue, balance, { query: 'asset=USDT' }).status).toBe(503)
    expect(askOkx(venue, '/api/v5/account/balance').status).toBe(429)
    expect(askOkx(venue, '/api/v5/public/time', { headers: { 'ok-access-key': null } }).status).toBe(200)
    expect(venue.faults.log.map(({ fault, call, endpoint }) => [fault, call, endpoint])).toEqual([
      ['by path', 1, 'interest-history'],
      ['by parameter', 1, 'balance'],
      ['by account', 1, 'balance'],
    ])
  })

  test("holds from an instant of the venue's clock to another", async () => {
    const { venue, real } = await venueKit({ faults: [{ kind: 'overloaded', between: { from: kitStart + 1_000, to: kitStart + 2_000 } }] })
    const statuses: number[] = []
    for (let second = 0; second < 4; second++) {
      statuses.push(askBinance(venue, balance).status)
      await real.advanceBy(second === 1 ? 999 : second === 2 ? 1 : 1_000)
    }
    expect(statuses).toEqual([200, 503, 503, 200])
  })

  test('is given after so many calls, and so many times', async () => {
    const { venue } = await venueKit({ faults: [{ kind: 'overloaded', after: 1, count: 2 }] })
    expect([1, 2, 3, 4].map(() => askBinance(venue, balance).status)).toEqual([200, 503, 503, 200])
    expect(venue.faults.list()).toEqual([expect.objectContaining({ matched: 4, given: 2 })])
  })

  test('that is overtaken by one before it is told in the log', async () => {
    const { venue } = await venueKit({
      faults: [
        { name: 'first', kind: 'overloaded' },
        { name: 'second', kind: 'outcome-unknown' },
        { name: 'third', kind: 'key-revoked' },
      ],
    })
    expect(askBinance(venue, balance).text).toContain('-1008')
    expect(venue.faults.log.map(({ fault, overtakenBy }) => [fault, overtakenBy])).toEqual([
      ['first', undefined],
      ['second', 'first'],
      ['third', 'first'],
    ])
  })
})

describe('the rules of a venue', () => {
  test('are named when they have no name, and cleared by it', async () => {
    const { venue } = await venueKit()
    expect(venue.faults.add({ kind: 'reset' }, { kind: 'reset', name: 'fault-2' }, { kind: 'reset' }).map(({ name }) => name)).toEqual([
      'fault-1',
      'fault-2',
      'fault-3',
    ])
    expect(errorOf(() => venue.faults.add({ kind: 'slow', ms: 5, name: 'new' }, { kind: 'reset', name: 'fault-1' })).code).toBe(
      'venue.fault-rule-taken',
    )
    venue.faults.clear('fault-2')
    expect(venue.faults.list().map(({ rule }) => rule.name)).toEqual(['fault-1', 'fault-3'])
    expect(errorOf(() => venue.faults.clear('fault-2')).code).toBe('venue.fault-rule-unknown')
    venue.faults.clear()
    expect(venue.faults.list()).toEqual([])
  })

  test('are at most a thousand', async () => {
    const { venue } = await venueKit()
    venue.faults.add(...Array.from({ length: 1_000 }, () => ({ kind: 'reset' as const })))
    expect(errorOf(() => venue.faults.add({ kind: 'reset' })).code).toBe('venue.fault-rules-too-many')
  })

  test.each([
    [{ kind: 'slow' }, 'ms: expected a whole number from 1 to 3600000'],
    [{ kind: 'slow', ms: 1.5 }, 'ms: expected a whole number from 1 to 3600000'],
    [{ kind: 'nothing' }, 'kind: '],
    [{ kind: 'reset', colour: 'red' }, 'colour'],
    [{ kind: 'reset', probability: 2 }, 'probability: '],
    [{ kind: 'banned', where: { exchange: 'okx' } }, 'where.exchange: the fault "banned" is one of binance'],
    [{ kind: 'reset', where: { endpoints: ['interest-histry'] } }, 'there is no endpoint "interest-histry"; there are interest-history,'],
    [{ kind: 'okx-busy', where: { endpoints: ['/papi/v1/ping'] } }, '"/papi/v1/ping" is not an endpoint of okx'],
    [{ kind: 'reset', between: { from: 5, to: 5 } }, 'between: ends before it begins'],
    [undefined, ''],
  ])('are refused, naming the field: %j', async (rule, says) => {
    const error = await createVenue({ scenario: 'empty', faults: [rule as never] }).then(
      () => undefined,
      (thrown: { code: string; message: string }) => thrown,
    )
    expect(error?.code).toBe('venue.fault-rule-malformed')
    expect(error?.message).toContain(says)
  })

  test("are the scenario's and the venue's own again after a reset and a restart", async () => {
    const scenario = parseScenario(
      [
        'name: rough',
        'accounts: [{ label: main, exchange: binance }]',
        'markets: { prices: { USDT: 1 } }',
        'faults:',
        '  - { name: dropped, kind: reset, probability: 0.5, between: { from: +1h } }',
      ].join('\n'),
      'rough.yaml',
    )
    const data = mkdtempSync(join(tmpdir(), 'faults-'))
    const options = {
      scenario,
      data,
      adminToken: 'token',
      mode: { kind: 'frozen', at: kitStart },
      faults: [{ kind: 'silence', count: 0 }],
    } as const
    const venue = await createVenue(options)
    const names = () => venue.faults.list().map(({ rule }) => [rule.name, rule.seed])
    const begun = [
      ['dropped', 'rough'],
      ['fault-1', 'overdraft'],
    ]
    expect(names()).toEqual(begun)
    expect(venue.faults.list()[0]?.rule.between).toEqual({ from: kitStart + 3_600_000 })
    venue.faults.add({ kind: 'reset', name: 'later' })
    await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })
    expect(names()).toEqual(begun)
    await askAdmin(venue, 'POST', '/reset', { to: 'empty' })
    expect(names()).toEqual([begun[1]])
    await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })
    await venue.close()
    const again = await createVenue({ data, scenario: 'empty' })
    expect(again.faults.list().map(({ rule }) => rule.name)).toEqual(['dropped'])
    await again.close()
  })
})

describe('a fork and a restored venue', () => {
  test('begin with the faults the venue began with, each with counts of its own', async () => {
    const { venue } = await venueKit({ faults: [{ kind: 'overloaded', count: 1 }] })
    venue.snapshot('before')
    expect(askBinance(venue, balance).status).toBe(503)
    venue.faults.add({ kind: 'reset', name: 'later' })
    const fork = await venue.fork()
    expect(fork.faults.list()).toEqual([expect.objectContaining({ matched: 0, given: 0 })])
    expect(askBinance(fork, balance).status).toBe(503)
    expect(askBinance(fork, balance).status).toBe(200)
    fork.faults.clear()
    venue.restore('before')
    expect(venue.faults.list()).toEqual([expect.objectContaining({ matched: 0, given: 0 })])
    expect(venue.faults.log).toHaveLength(1)
    await fork.close()
  })

  test('a rule that is wrong is told before anything is written', async () => {
    const data = mkdtempSync(join(tmpdir(), 'faults-'))
    await expect(createVenue({ data, scenario: 'empty', faults: [{ kind: 'slow', ms: 0 }] })).rejects.toMatchObject({
      code: 'venue.fault-rule-malformed',
    })
    const venue = await createVenue({ data, scenario: 'empty' })
    expect(venue.isResumed).toBe(false)
    await venue.close()
  })
})

describe('a scenario', () => {
  const text = (fault: string) =>
    `name: trial\naccounts: [{ label: main, exchange: binance }]\nmarkets: { prices: { USDT: 1 } }\nfaults:\n  - ${fault}`

  test.each([
    ['{ kind: slow }', 5, 5, 'faults[0].ms', /is missing/],
    ['{ kind: slow, ms: 0 }', 5, 23, 'faults[0].ms', /a whole number from 1 to 3600000, but is "0"/],
    ['{ kind: storm }', 5, 13, 'faults[0].kind', /should be one of: rate-limited, .*but is "storm"/],
    ['{ kind: reset, colour: red }', 5, 20, 'faults[0].colour', /there is no field "colour" here/],
    ['{ kind: reset, probability: often }', 5, 33, 'faults[0].probability', /a number from 0 to 1/],
    ['{ kind: reset, where: { endpoints: [balances] } }', 5, 41, 'faults[0].where.endpoints[0]', /there is no endpoint "balances"/],
    ['{ kind: reset, where: { account: mine } }', 5, 38, 'faults[0].where.account', /one of the accounts: main, but is "mine"/],
    ['{ kind: banned, where: { exchange: okx } }', 5, 40, 'faults[0].where.exchange', /should be "binance"/],
    ['{ kind: reset, between: { from: -1h } }', 5, 37, 'faults[0].between.from', /after the end/],
    ['{ kind: reset, between: { from: +2h, to: +1h } }', 5, 46, 'faults[0].between.to', /does not lie after the instant it begins at/],
  ])('is refused with line, column and field: %s', (fault, line, column, field, says) => {
    const error = errorOf(() => scenarioFaults(parseScenario(text(fault), 'trial.yaml'), kitStart))
    expect(error.code).toBe('scenario.invalid')
    const [found] = error.values['faults'] as readonly { line: number; column: number; field: string; problem: string }[]
    expect(found).toMatchObject({ line, column, field })
    expect(found?.problem).toMatch(says)
  })

  test('says every setting of a kind, and instants after its end', () => {
    const { faults } = parseScenario(text('{ kind: rows-missing, share: 0.25, until: +1d, count: 3, after: 2, seed: mine }'), 'trial.yaml')
    expect(scenarioFaults({ ...parseScenario(text('{ kind: reset }'), 'x'), faults }, kitStart)).toEqual([
      { kind: 'rows-missing', share: 0.25, until: kitStart + 86_400_000, count: 3, after: 2, seed: 'mine' },
    ])
  })
})

describe('the admin face', () => {
  test('adds, lists, tells and clears', async () => {
    const { venue } = await venueKit()
    const added = await askAdmin(venue, 'POST', '/faults', { faults: [{ kind: 'overloaded', name: 'busy', count: 1 }] })
    expect([added.status, added.json]).toEqual([
      200,
      {
        faults: [
          { rule: expect.objectContaining({ name: 'busy', kind: 'overloaded', count: 1, seed: 'overdraft' }), matched: 0, given: 0 },
        ],
      },
    ])
    expect(askBinance(venue, balance).status).toBe(503)
    expect((await askAdmin(venue, 'GET', '/faults/log?limit=1')).json).toEqual({
      log: [expect.objectContaining({ sequence: 1, fault: 'busy', endpoint: 'balance', account: 'main', call: 1 })],
    })
    expect((await askAdmin(venue, 'GET', '/faults')).json['faults']).toEqual([expect.objectContaining({ matched: 1, given: 1 })])
    expect((await askAdmin(venue, 'DELETE', '/faults/other')).status).toBe(404)
    expect((await askAdmin(venue, 'POST', '/faults', { faults: [{ kind: 'reset', name: 'busy' }] })).status).toBe(409)
    expect((await askAdmin(venue, 'DELETE', '/faults/busy')).json).toEqual({ faults: [] })
    expect((await askAdmin(venue, 'DELETE', '/faults')).status).toBe(200)
  })

  test.each([[{}], [{ faults: [] }], [{ faults: [{ kind: 'slow' }] }], [{ faults: [{ kind: 'reset' }, { kind: 'x' }] }], [[]], ['x']])(
    'refuses %j with the fields that are wrong, and adds none',
    async (body) => {
      const { venue } = await venueKit()
      expect(await askAdmin(venue, 'POST', '/faults', body)).toMatchObject({ status: 400, json: { code: 'venue.admin-malformed' } })
      expect(venue.faults.list()).toEqual([])
    },
  )
})
