import { expect, test } from 'vitest'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import { fileProof } from './file-proof.ts'
import { syncAccount } from './sync-account.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const account: BookAccount = { label: 'one', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }

function bill(id: number, daysAgo: number, change: string, after: string) {
  const names = { ccy: 'USDT', type: '1', subType: '11', instType: '', instId: '', mgnMode: '', ordId: '', from: '', to: '', notes: '' }
  const [balChg, bal] = [decimal(change), decimal(after)]
  return { billId: BigInt(id), ts: now - daysAgo * dayMs, ...names, bal, balChg, posBal: null, posBalChg: null, interest: null } as never
}

/** A sync from 160 days ago on, of a book in which an earlier version had proven `claimed` 30 days ago. */
async function synced(
  bills: readonly never[],
  claimed: { readonly from: number; readonly to: number; readonly provenBy?: string; readonly provenAt?: number },
) {
  const clock = new ManualClock(now)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  await book.addAccount(account)
  const provenAt = now - 30 * dayMs
  await book.recordMovements('one', 'bills', [], [{ account: 'one', stream: 'bills', provenBy: 'GET bills', provenAt, ...claimed }])
  const client = modelClients(modelExchange(clock, { bills })).okx
  const outcome = await syncAccount({ book, account, client, clock, since: now - 160 * dayMs })
  const proven = await book.proven('one', 'bills')
  const findings = (await book.findings({})).map(({ kind, sentence }) => `${kind} ${sentence}`)
  await book.close()
  return { outcome, proven, findings }
}

const longAgo = { from: now - 300 * dayMs, to: now - 30 * dayMs }

test('what an earlier version called empty further back than bills are certainly kept is taken back', async () => {
  for (const bills of [[bill(1, 1, '5', '5')], []]) {
    const { outcome, proven, findings } = await synced(bills, longAgo)
    expect(outcome.ended).toBe('done')
    expect(findings).toEqual([expect.stringMatching(/^witness bills one: .* its silence proves nothing$/)])
    expect(proven).toEqual([{ from: now - 119 * dayMs, to: now - 15 * minuteMs }])
  }
})

test('what a file told of is not taken back, whatever stood before', async () => {
  const of = { name: 'q3.csv', of: 'OKX bills-history-archive', sha256: '0', span: '2025-Q3' }
  const { proven, findings } = await synced([bill(1, 1, '-2', '3')], { ...longAgo, provenBy: fileProof(of) })
  expect(findings).toEqual([])
  expect(proven).toEqual([{ from: now - 300 * dayMs, to: now - 15 * minuteMs }])
})

test('a first bill before which something stood takes back what was called empty further back than bills are certainly kept', async () => {
  const { proven, findings } = await synced([bill(1, 1, '-2', '3')], longAgo)
  // It was proven 30 days ago, when 89 days before were certain; what is certain today stays.
  expect(proven).toEqual([{ from: now - 119 * dayMs, to: now - 15 * minuteMs }])
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatch(/^witness bill 1 one USDT .*: 5 stood before it/)
})

test('what was proven within the time that bills are kept stays, whatever stood before', async () => {
  const { proven, findings } = await synced([bill(1, 1, '-2', '3')], { from: now - 110 * dayMs, to: now - 30 * dayMs })
  expect(proven).toEqual([{ from: now - 110 * dayMs, to: now - 15 * minuteMs }])
  expect(findings).toEqual([])
})

test('a sync proves nothing empty that is older than bills are certainly kept', async () => {
  const { proven, outcome } = await synced([bill(1, 1, '-2', '3')], { from: now, to: now })
  expect(proven).toEqual([{ from: now - 89 * dayMs, to: now - 15 * minuteMs }])
  expect(outcome.streams.find(({ stream }) => stream === 'bills')?.provenFraction).toBeLessThan(0.6)
})

test('a proof that vouches for a span counts, whatever was claimed of it when our own clock was ahead', async () => {
  const span = { from: now - 80 * dayMs, to: now - 70 * dayMs }
  const { proven, findings } = await synced([bill(1, 1, '5', '5')], { ...span, provenAt: now + 40 * dayMs })
  expect(findings).toEqual([])
  expect(proven).toEqual([{ from: now - 89 * dayMs, to: now - 15 * minuteMs }])
})
