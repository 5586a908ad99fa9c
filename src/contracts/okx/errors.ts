import { printJson } from '../../json/json.ts'
import { type OkxEnvelope, type OkxErrorLine, okxErrorTable } from './error-table.ts'

/** An error as OKX answers it; `code` is a string on this wire. */
export interface OkxError {
  readonly code: string
  readonly status: number
  readonly text: string
  readonly envelope: OkxEnvelope
}

const placeholderRe = /\{param(\d)\}/g

/** A code as it is answered: as seen live where it was seen, as documented otherwise. */
export function okxErrorOf(code: string, ...values: readonly (string | number)[]): OkxError {
  const line = okxErrorTable.find((other) => other.code === code)
  if (line === undefined) throw new RangeError(`the error table has no ${code}`)
  return answered(line, values)
}

function answered(line: OkxErrorLine, values: readonly (string | number)[]): OkxError {
  const { status, text: template } = line.seen ?? line.documented
  const text = template.replace(placeholderRe, (_, index: string) => String(values[Number(index)]))
  return Object.freeze({ code: line.code, status, text, envelope: line.envelope })
}

/** The errors the venue answers with and the client recognises, by readable name. */
export const okxErrors = Object.freeze({
  operationFailed: () => okxErrorOf('1'),
  emptyBody: () => okxErrorOf('50000'),
  unavailable: () => okxErrorOf('50001'),
  jsonSyntax: () => okxErrorOf('50002'),
  timeout: () => okxErrorOf('50004'),
  badContentType: () => okxErrorOf('50006'),
  tooManyRequests: () => okxErrorOf('50011'),
  busy: () => okxErrorOf('50013'),
  parameterEmpty: (parameter: string) => okxErrorOf('50014', parameter),
  eitherParameter: (one: string, other: string) => okxErrorOf('50015', one, other),
  parameterMismatch: (one: string, other: string) => okxErrorOf('50016', one, other),
  notTogether: (one: string, other: string) => okxErrorOf('50024', one, other),
  parameterCount: (parameter: string, limit: number) => okxErrorOf('50025', parameter, limit),
  systemError: () => okxErrorOf('50026'),
  endpointForbidden: () => okxErrorOf('50030'),
  unavailableInDemo: () => okxErrorOf('50038'),
  borrowingUnavailable: () => okxErrorOf('50064'),
  apiFrozen: () => okxErrorOf('50100'),
  wrongEnvironment: () => okxErrorOf('50101'),
  timestampExpired: () => okxErrorOf('50102'),
  keyHeaderEmpty: () => okxErrorOf('50103'),
  passphraseHeaderEmpty: () => okxErrorOf('50104'),
  passphraseIncorrect: () => okxErrorOf('50105'),
  signHeaderEmpty: () => okxErrorOf('50106'),
  timestampHeaderEmpty: () => okxErrorOf('50107'),
  ipNotListed: (ip: string, key: string) => okxErrorOf('50110', ip, key),
  invalidKey: () => okxErrorOf('50111'),
  invalidTimestamp: () => okxErrorOf('50112'),
  invalidSign: () => okxErrorOf('50113'),
  invalidMethod: () => okxErrorOf('50115'),
  /** Well formed, but not a key of this exchange. */
  unknownKey: () => okxErrorOf('50119'),
  noPermission: () => okxErrorOf('50120'),
  parameterError: (parameter: string) => okxErrorOf('51000', parameter),
  unknownInstrument: () => okxErrorOf('51001'),
  insufficientBalance: (currency: string) => okxErrorOf('51008', currency),
  accountMode: () => okxErrorOf('51010'),
  loanLimit: () => okxErrorOf('51017'),
})

/** The body of an error in the shape its origin uses; the keys in the order of the wire (facts B2). */
export function okxErrorBody(error: OkxError): string {
  const { code, text, envelope } = error
  return envelope === 'gateway' ? printJson({ msg: text, code }) : printJson({ code, data: [], msg: text })
}

/** What an unknown path answers; here alone `code` is a number (facts B2). */
export const okxNotFound = Object.freeze({
  status: 404,
  contentType: 'application/json',
  body: '{"code":404,"data":{},"detailMsg":"","error_code":"404","error_message":"Not Found","msg":"Not Found"}',
})
