import { documentedField, object } from '../wire-object.ts'
import type { WireType } from '../wire-type.ts'
import { array, text } from '../wire-types.ts'

/** OKX's success envelope; `code` is the string `"0"` (facts B2). */
export function envelope<Row, Printed>(row: WireType<Row, Printed>) {
  return object({ code: text, data: array(row), msg: documentedField(text) })
}
