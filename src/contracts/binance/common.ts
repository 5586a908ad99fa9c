import { epochMs, integer, mandatory, optional } from '../parameter.ts'

/** The longest recvWindow the exchange accepts (facts A1.1; document 001). */
export const recvWindowMaxMs = 60_000
export const recvWindowDefaultMs = 5_000

/** The two parameters every signed call takes. */
export const signed = {
  recvWindow: optional(integer(1, recvWindowMaxMs, 'LONG'), 'The value cannot be greater than 60000.'),
  timestamp: mandatory(epochMs('LONG')),
}
