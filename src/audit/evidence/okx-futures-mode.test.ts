import { afterEach, describe, expect, test } from 'vitest'
import { chargeOf } from '../../../test/support/charges.ts'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import type { Charge, Movement } from '../../book/record.ts'
import { add, negate } from '../../decimal/arithmetic.ts'
import { decimal, toText, zero } from '../../decimal/decimal.ts'
import { okxInterest } from '../../rules/interest.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { hourMs, minuteMs } from '../../time/units.ts'
import { auditAccount } from '../audit-account.ts'
import type { Finding } from '../finding.ts'
import { openEvidence } from './account-evidence.ts'

const begin = Date.UTC(2026, 5, 1)
const hours = 60
const rateDaily = decimal('0.0024')
const opened: Book[] = []

afterEach(async () => {
  for (const book of opened.splice(0)) await book.close()
})

interface Names {
  /** Instruments that the charges and the bills tell. */
  readonly charge: string
  readonly bill: string
}

/** A cross debt of a position, to which its interest is added, charged and billed for hours on end. */
function debt({ charge, bill }: Names): { charges: Charge[]; bills: Movement[] } {
  const charges: Charge[] = []
  const bills: Movement[] = []
  let owed = decimal('1000')
  for (let hour = 0; hour < hours; hour++) {
    const at = begin + hour * hourMs
    const interest = okxInterest(owed, rateDaily)
    const names = { account: 'okx', asset: 'USDT', at, receivedAt: 0 }
    charges.push(
      chargeOf({ ...names, instId: charge, marginMode: 'cross', loanType: '2', principal: owed, rate: decimal('0.0001'), interest }),
    )
    owed = add(owed, interest)
    const position = `posBalChg=${toText(negate(interest))} posBal=${toText(negate(owed))}`
    const detail = `${bill === '' ? '' : `instId=${bill} `}mgnMode=cross ${position}`
    const told = { stream: 'bills', id: `${hour + 1}`, wallet: 'cash', kind: '7/9', amount: zero, balanceAfter: zero } as const
    bills.push({ ...names, ...told, at: at + 5 * minuteMs, interest, detail })
  }
  return { charges, bills }
}

async function findingsOf(charges: readonly Charge[], bills: readonly Movement[]): Promise<readonly Finding[]> {
  const clock = new ManualClock(begin + hours * hourMs)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  opened.push(book)
  const account = { label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: begin, mayRepay: false } as const
  await book.addAccount(account)
  const proof = { account: 'okx', from: begin - hourMs, to: begin + hours * hourMs, provenBy: 'test', provenAt: 0 }
  await book.recordCharges('okx', charges, [{ ...proof, stream: 'interest' }])
  await book.recordMovements('okx', 'bills', bills, [{ ...proof, stream: 'bills' }])
  const findings: Finding[] = []
  const onFinding = (finding: Finding) => void findings.push(finding)
  await auditAccount({ book, account: 'okx', evidence: openEvidence({ book, account }), onFinding })
  return findings
}

const told = (findings: readonly Finding[]) => findings.map(({ verdict, charge }) => [verdict, Math.floor((charge.at - begin) / hourMs)])

describe.each([
  ['charges and bills both tell', { charge: 'BTC-USDT', bill: 'BTC-USDT' }],
  ['charges alone tell', { charge: 'BTC-USDT', bill: '' }],
  ['bills alone tell', { charge: '', bill: 'BTC-USDT' }],
] as const)('the debt of a cross position in futures mode, of which %s the instrument', (_, names) => {
  test('is witnessed by its bills, which find nothing where nothing is wrong', async () => {
    const { charges, bills } = debt(names)
    expect(await findingsOf(charges, bills)).toEqual([])
  })

  test('lacks a charge where its bill tells one', async () => {
    const { charges, bills } = debt(names)
    expect(
      told(
        await findingsOf(
          charges.filter((_row, hour) => hour !== 31),
          bills,
        ),
      ),
    ).toEqual([['missing', 31]])
  })

  test('was charged on something else where its bill tells of other interest', async () => {
    const { charges, bills } = debt(names)
    const wrong = bills.map((bill, hour) => (hour === 31 ? { ...bill, interest: decimal('0.25') } : bill))
    expect(told(await findingsOf(charges, wrong))).toEqual([['wrong-principal', 31]])
  })
})
