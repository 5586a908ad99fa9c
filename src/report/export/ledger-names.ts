import { createHash } from 'node:crypto'

/** How one of the tools wants its names written. */
export interface LedgerNames {
  /** A part of an account's name that stands for an account of the book. */
  label(label: string): string
  /** An asset as a commodity. */
  commodity(asset: string): string
  /** An asset as a part of an account's name. */
  assetPart(asset: string): string
}

const exchangeNames: Readonly<Record<string, string>> = { binance: 'Binance', okx: 'OKX' }

export function expenseAccount(names: LedgerNames, exchange: string, label: string): string {
  return `Expenses:Interest:${exchangeNames[exchange] ?? exchange}:${names.label(label)}`
}

export function liabilityAccount(names: LedgerNames, exchange: string, label: string, asset: string): string {
  return `Liabilities:${exchangeNames[exchange] ?? exchange}:${names.label(label)}:${names.assetPart(asset)}`
}

/** hledger takes nearly everything in an account's name, and any commodity in quotes. */
export const hledgerNames: LedgerNames = Object.freeze({
  label: (label: string) => label,
  commodity: (asset: string) => (/^[A-Za-z]+$/.test(asset) ? asset : `"${asset.replaceAll('"', '')}"`),
  assetPart: (asset: string) => asset.replaceAll(/[:;]|\s+/g, '-'),
})

const commodityRe = /^[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/
const reservedWords = new Set(['TRUE', 'FALSE', 'NULL'])

/**
 * beancount: the parts of an account begin with a capital or digit and hold letters, digits and dashes; a commodity has 2
 * to 24 capitals, digits and `'._-`, begins with a capital and ends with a capital or digit. Names that two labels would
 * share, and names of assets that had to be changed, carry a piece of their hash, so that no two become one.
 *
 * @param labels every label of the book, so that a name does not depend on what is exported
 */
export function beancountNames(labels: readonly string[]): LedgerNames {
  const plain = (label: string) => {
    const legal = label.replaceAll(/[^A-Za-z0-9-]/g, '-')
    return `${legal.charAt(0).toUpperCase()}${legal.slice(1)}`
  }
  const owners = new Map<string, number>()
  for (const label of labels) owners.set(plain(label), (owners.get(plain(label)) ?? 0) + 1)
  const commodity = (asset: string) => {
    if (commodityRe.test(asset) && !reservedWords.has(asset)) return asset
    const legal = asset
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .slice(0, 16)
    return `X${legal}-${hashOf(asset)}`
  }
  return Object.freeze({
    label: (label: string) => ((owners.get(plain(label)) ?? 0) > 1 ? `${plain(label)}-${hashOf(label)}` : plain(label)),
    commodity,
    assetPart: (asset: string) =>
      commodity(asset).replaceAll(/[^A-Z0-9-]/g, '-') + (/['._]/.test(commodity(asset)) ? `-${hashOf(asset)}` : ''),
  })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6).toUpperCase()
}
