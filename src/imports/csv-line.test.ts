import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvFields } from './csv-line.ts'

test.each([
  ['a,b,,c', ['a', 'b', '', 'c']],
  ['', ['']],
  [',', ['', '']],
  [' a ,\tb ', ['a', 'b']],
  ['"a,b","say ""hi""", "c" ', ['a,b', 'say "hi"', 'c']],
  ['a"b,c', ['a"b', 'c']],
  ['"open,a', undefined],
  ['"a"b,c', undefined],
])('%j has the fields %j', (line, fields) => {
  expect(csvFields(line)).toEqual(fields)
})

test('what is written in quotes is read as it was', () => {
  const field = fc.string().map((text) => text.trim())
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), (fields) => {
      expect(csvFields(fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))).toEqual(fields)
    }),
  )
})
