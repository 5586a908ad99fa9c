import type { Price } from '../../book/record.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import type { Column } from '../output/sheet.ts'

export const priceColumns: readonly Column<Price>[] = [
  { field: 'asset', header: 'ASSET', isKey: true, value: ({ asset }) => asset },
  { field: 'instant', header: 'AT (UTC)', isKey: true, value: ({ at }) => exportedInstant(at), shown: ({ at }) => shownInstant(at) },
  {
    field: 'price',
    header: 'PRICE',
    align: 'decimal',
    value: ({ price }) => exportedAmount(price),
    shown: ({ price }) => shownAmount(price),
  },
  { field: 'currency', header: 'IN', value: ({ currency }) => currency },
  { field: 'source', header: 'SEEN AT', value: ({ source }) => source },
]
