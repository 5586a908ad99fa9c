import type { Price } from '../../book/record.ts'
import { isNegative, isZero } from '../../decimal/arithmetic.ts'
import { parseDecimal } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { readInstant } from '../../time/instant.ts'

/** How many prices one import takes: it is stored in one go or not at all. */
export const importedPricesMax = 1_000_000

interface WrongLine {
  readonly line: number
  readonly value: string
  readonly reason: string
}

/** Where each field stands in a line. */
interface Layout {
  readonly asset: number
  readonly at: number
  readonly isDay: boolean
  readonly price: number
  readonly currency: number | undefined
}

const keptWrongLines = 20
const assetRe = /^[A-Z0-9][A-Z0-9._-]{0,31}$/
const dayRe = /^\d{4}-\d{2}-\d{2}$/

/**
 * Prices from the lines of a CSV file: columns `asset`, `instant` or `day` (a day's price holds from 00:00 UTC on),
 * `price`, and `currency` where it is not USD. Either every line is right, or none is taken.
 *
 * @throws `report.prices-malformed` with each wrong line, `report.prices-too-many`
 */
export async function readPriceFile(path: string, lines: AsyncIterable<string>): Promise<readonly Price[]> {
  const prices: Price[] = []
  const wrong: WrongLine[] = []
  let layout: Layout | undefined
  let [number, count] = [0, 0]
  const tell = (value: string, reason: string) => {
    count += 1
    if (wrong.length < keptWrongLines) wrong.push({ line: number, value, reason })
  }
  for await (const line of lines) {
    number += 1
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line
    if (text.trim() === '' || text.startsWith('#')) continue
    const fields = text.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'))
    if (layout === undefined) {
      layout = layoutOf(fields)
      if (layout === undefined)
        fail('report.prices-malformed', { path, wrong: [{ line: number, value: text, reason: headReason }], count: 1 })
      continue
    }
    const price = priceOf(fields, layout)
    if ('reason' in price) tell(price.value, price.reason)
    else prices.push(price)
    if (prices.length > importedPricesMax) fail('report.prices-too-many', { path, limit: importedPricesMax })
  }
  if (layout === undefined) tell('', 'where the names of the columns should stand: the file is empty')
  if (count > 0) fail('report.prices-malformed', { path, wrong, count })
  return prices
}

const headReason = 'does not name the columns asset, price and either instant or day'

function layoutOf(names: readonly string[]): Layout | undefined {
  const place = (name: string) => {
    const found = names.findIndex((one) => one.toLowerCase() === name)
    return found === -1 ? undefined : found
  }
  const [asset, instant, day, price] = [place('asset'), place('instant'), place('day'), place('price')]
  const at = instant ?? day
  if (asset === undefined || at === undefined || price === undefined || (instant !== undefined && day !== undefined)) return undefined
  return { asset, at, isDay: instant === undefined, price, currency: place('currency') }
}

function priceOf(fields: readonly string[], layout: Layout): Price | { readonly value: string; readonly reason: string } {
  const asset = (fields[layout.asset] ?? '').toUpperCase()
  const atText = fields[layout.at] ?? ''
  const priceText = fields[layout.price] ?? ''
  const currencyText = layout.currency === undefined ? '' : (fields[layout.currency] ?? '')
  const currency = currencyText === '' ? 'USD' : currencyText.toUpperCase()
  if (!assetRe.test(asset)) return { value: asset, reason: 'is not an asset' }
  if (!assetRe.test(currency)) return { value: currency, reason: 'is not a currency' }
  if (layout.isDay && !dayRe.test(atText)) return { value: atText, reason: 'is not a day, such as 2026-01-31' }
  const at = readInstant(atText)
  if (at === undefined) return { value: atText, reason: 'is not an instant, such as 2026-01-31T08:00:00Z' }
  const price = parseDecimal(priceText)
  if (price === undefined) return { value: priceText, reason: 'is not a decimal number' }
  if (isZero(price) || isNegative(price)) return { value: priceText, reason: 'is not above zero' }
  return { asset, currency, at, source: 'import', price }
}
