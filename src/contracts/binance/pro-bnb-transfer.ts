import { endpoint } from '../contract.ts'
import { object } from '../wire-object.ts'
import { idNumber } from '../wire-types.ts'
import { bnbTransfer } from './bnb-transfer.ts'

/** `POST /sapi/v1/portfolio/bnb-transfer` (facts A4.6, A6). */
export const proBnbTransfer = endpoint({
  exchange: 'binance',
  name: 'pro-bnb-transfer',
  title: 'BNB transfer',
  document: 'https://developers.binance.com/docs/derivatives/portfolio-margin-pro/account/BNB-transfer',
  method: 'POST',
  path: '/sapi/v1/portfolio/bnb-transfer',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'weight', pool: 'ip', weight: 1500 },
  parameters: bnbTransfer.parameters,
  reply: object({ tranId: idNumber }),
  notes: ['Moves BNB between cross margin and the UM wallet.', 'At most 2 calls within 10 minutes.'],
  examples: ['{"tranId":100000001}'],
})
