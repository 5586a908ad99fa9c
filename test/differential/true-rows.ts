import { divide, strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimal, toText } from '../../src/decimal/decimal.ts'
import { okxLiabilityFields, okxLiabilityFieldsDefaults } from '../../src/rules/okx-liability-fields.ts'
import type { AccountTruth, VenueTruth } from '../../src/venue/index.ts'
import { absent, empty, type Row, rowKey } from './row.ts'

const hoursOfDay = decimal('24')
const plain = (value: Decimal, least = 0) => toText(strip(value, least))

/** Every record there really is, as the exchanges print them (documents 000, 001 and 002), by key. */
export function trueRows(truth: VenueTruth): ReadonlyMap<string, Row> {
  return new Map(truth.accounts.flatMap((state) => [...charges(state), ...runs(state)]).map((row) => [row.key, row]))
}

function charges(state: AccountTruth): readonly Row[] {
  const { account } = state
  if (state.exchange === 'okx') {
    return state.charges.map((record) => {
      const { at, asset, instId, marginMode, liability, rateDaily, interest, totalLiability, interestFreeLiability } = record
      const hourly = strip(divide(rateDaily, hoursOfDay, 16, 'down'))
      const fields = okxLiabilityFields(at, okxLiabilityFieldsDefaults)
      const told = (value: Decimal) => (fields === 'present' ? plain(value) : fields === 'empty' ? empty : absent)
      const values = [plain(liability), toText(hourly), plain(interest), told(totalLiability), told(interestFreeLiability)]
      return { account, stream: 'interest', at, key: rowKey(account, 'interest', at, asset, instId, marginMode), values, record }
    })
  }
  return state.charges.map((record) => {
    const { at, asset, principal, rateDaily, interest } = record
    const values = [plain(principal), plain(rateDaily), plain(interest, 4)]
    return { account, stream: 'interest', at, key: rowKey(account, 'interest', at, asset, '', ''), values, record }
  })
}

function runs(state: AccountTruth): readonly Row[] {
  if (state.exchange === 'okx') return []
  const { account } = state
  return state.exchangeRuns.map((record) => {
    const details = record.details.flatMap(({ asset, negativeBalance, maximumThreshold }) => [
      asset,
      plain(negativeBalance),
      plain(maximumThreshold),
    ])
    const values = [String(record.to), ...details]
    return { account, stream: 'exchanges', at: record.from, key: rowKey(account, 'exchanges', record.from), values, record }
  })
}
