import { isZero } from '../../decimal/arithmetic.ts'
import { toText } from '../../decimal/decimal.ts'
import type { UnvaluedPart, Valued } from '../../report/valuation/valued.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { printable } from '../output/printable.ts'
import type { Column } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'

/** What a row is worth and by which price; several prices are told by how many, from when to when, and where seen. */
export function valuationColumns<Row>(valuedOf: (row: Row) => Valued | undefined): readonly Column<Row>[] {
  const of =
    <Value>(pick: (valued: Valued) => Value) =>
    (row: Row) => {
      const valued = valuedOf(row)
      return valued === undefined ? null : pick(valued)
    }
  return [
    { field: 'currency', value: of(({ currency }) => currency) },
    {
      field: 'value',
      header: 'WORTH',
      align: 'decimal',
      value: of(({ value }) => exportedAmount(value)),
      shown: (row) => of(shownValue)(row) ?? '',
    },
    {
      field: 'price',
      header: 'PRICE',
      align: 'right',
      value: of(({ price }) => exportedAmount(price?.price)),
      shown: (row) => of(shownPrice)(row) ?? '',
    },
    { field: 'prices', value: of(({ prices }) => prices) },
    { field: 'priceFrom', value: of(({ from }) => exportedInstant(from)) },
    { field: 'priceTo', value: of(({ to }) => exportedInstant(to)) },
    { field: 'priceSource', value: of(({ sources }) => sources.join(' ')) },
    { field: 'notValued', value: of(({ unvalued }) => unvalued.map(sentence).join('; ')) },
  ]
}

function shownValue({ value, currency }: Valued): string {
  return value === undefined ? 'not valued' : `${shownAmount(value)} ${currency}`
}

function shownPrice({ price, prices, from, to, sources }: Valued): string {
  if (from === undefined || to === undefined) return ''
  const where = sources.join(' and ')
  if (price === undefined) return `${prices} prices, ${shownInstant(from)} to ${shownInstant(to)}, ${where}`
  return price.source === 'itself' ? 'itself' : `${toText(price.price)} of ${shownInstant(price.at)}, ${where}`
}

function sentence({ asset, charges, amount, reason }: UnvaluedPart): string {
  return `${toText(amount)} ${asset} in ${charges} ${charges === 1 ? 'charge' : 'charges'}: ${reason}`
}

const shownMax = 8

/** Under the totals: what they are worth together, or what of them could not be valued. */
export function shownValuation(together: Valued | undefined, style: Style): string {
  if (together === undefined) return ''
  const { value, currency, valuedPart, unvalued } = together
  if (value !== undefined) return `Together ${shownAmount(value)} ${currency}.\n`
  const lines = unvalued.slice(0, shownMax).map((part) => `  ${printable(sentence(part))}\n`)
  const more = unvalued.length > shownMax ? `  and ${unvalued.length - shownMax} more: --json\n` : ''
  const head = isZero(valuedPart)
    ? `${style.yellow(`None of it could be valued in ${currency}`)} (overdraft prices import FILE brings prices):`
    : `${style.yellow('Not all of it could be valued')}; what could is worth ${shownAmount(valuedPart)} ${currency}. Without a value:`
  return `${head}\n${lines.join('')}${more}`
}

/** The same for JSON. */
export function valuationDocument(together: Valued | undefined): object {
  if (together === undefined) return {}
  const { currency, value, valuedPart, unvalued } = together
  return {
    valuation: {
      currency,
      value: exportedAmount(value),
      valuedPart: exportedAmount(valuedPart),
      notValued: unvalued.map(({ asset, charges, amount, reason }) => ({ asset, charges, amount: toText(amount), reason })),
    },
  }
}
