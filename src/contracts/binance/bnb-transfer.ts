import { endpoint } from '../contract.ts'
import { mandatory, oneOf, signedDecimal } from '../parameter.ts'
import { object } from '../wire-object.ts'
import { idNumber } from '../wire-types.ts'
import { signed } from './common.ts'

/** `POST /papi/v1/bnb-transfer` (facts A4.6, A6). */
export const bnbTransfer = endpoint({
  exchange: 'binance',
  name: 'bnb-transfer',
  title: 'BNB Transfer',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin/account/BNB-transfer',
  method: 'POST',
  path: '/papi/v1/bnb-transfer',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 750 },
  parameters: { amount: mandatory(signedDecimal('DECIMAL')), transferSide: mandatory(oneOf(['TO_UM', 'FROM_UM'], 'STRING')), ...signed },
  reply: object({ tranId: idNumber }),
  notes: ['Moves BNB between cross margin and the UM wallet.', 'At most 10 calls within 10 minutes.'],
  examples: ['{"tranId":100000001}'],
})
