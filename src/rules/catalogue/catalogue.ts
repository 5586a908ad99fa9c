import { binanceAccountRules } from './binance-account.ts'
import { binanceChargeRules } from './binance-charges.ts'
import { faceRules } from './faces.ts'
import { okxRules } from './okx.ts'
import type { Rule } from './rule.ts'

/** Every rule there is; each has tests of its name, and each test of a rule has its entry here (docs/parity.md). */
export const ruleCatalogue: readonly Rule[] = Object.freeze([...binanceChargeRules, ...binanceAccountRules, ...okxRules, ...faceRules])
