import { jsonInteger, printJson } from '../../json/json.ts'
import { parseInstant } from '../../time/instant.ts'
import { binanceErrorTable, binanceNeighbourErrorTable } from './error-table.ts'

/** An error as Binance answers it. */
export interface BinanceError {
  readonly code: number
  readonly status: number
  readonly text: string
}

const linesByCode = new Map([...binanceErrorTable, ...binanceNeighbourErrorTable].map((line) => [line.code, line]))
const placeholderRe = /%s/g

/** The change log's day on which -1008 came to be put in other words (facts A2.2). */
const throttledReworded = parseInstant('2025-10-23')

/** The first documented text of a code with its status. */
export function binanceErrorOf(code: number): BinanceError {
  return stated(code, 'texts', 0)
}

function stated(code: number, kind: 'texts' | 'seen', index: number, ...values: readonly (string | number)[]): BinanceError {
  const line = linesByCode.get(code)
  const template = line?.[kind][index]
  if (line === undefined || template === undefined) throw new RangeError(`the error table has no ${kind}[${index}] for ${code}`)
  let next = 0
  const text = template.replace(placeholderRe, () => String(values[next++]))
  return Object.freeze({ code, status: line.status, text })
}

/** The errors the venue answers with and the client recognises, by readable name; texts as seen live where they were seen. */
export const binanceErrors = Object.freeze({
  /** 429: the weight of this IP is used up. */
  tooManyRequests: (ip: string, limit: number) => stated(-1003, 'seen', 0, ip, limit),
  /** 418: the IP went on despite 429s; `until` in epoch milliseconds. */
  banned: (ip: string, until: number): BinanceError => Object.freeze({ ...stated(-1003, 'seen', 1, ip, until), status: 418 }),
  /** 429 of sapi, whose text names no figure (seen in ccxt issue 6905). */
  sapiLimited: () => stated(-1003, 'seen', 2),
  /** 429 of /api/v3. */
  spotLimited: (limit: number) => stated(-1003, 'seen', 3, limit),
  /** 429: the orders of this account are used up. */
  tooManyOrders: (limit: number): BinanceError => Object.freeze({ ...stated(-1015, 'texts', 1, limit, 'MINUTE'), status: 429 }),
  unknown: () => stated(-1000, 'texts', 0),
  disconnected: () => stated(-1001, 'texts', 0),
  unauthorized: () => stated(-1002, 'texts', 0),
  unexpectedResponse: () => stated(-1006, 'texts', 0),
  timeout: () => stated(-1007, 'texts', 0),
  /** Until 2025-10-23 in other words; today's unless an instant is given. */
  throttled: (at = throttledReworded) => (at < throttledReworded ? stated(-1008, 'seen', 0) : stated(-1008, 'texts', 0)),
  unsupportedOperation: () => stated(-1020, 'texts', 0),
  outsideRecvWindow: () => stated(-1021, 'texts', 0),
  /** Always says 1000ms, however far ahead the timestamp is. */
  aheadOfServer: () => stated(-1021, 'texts', 1),
  invalidSignature: () => stated(-1022, 'texts', 0),
  startAfterEnd: () => stated(-1023, 'texts', 0),
  illegalCharacters: (parameter: string, legal: string) => stated(-1100, 'texts', 1, parameter, legal),
  tooManyParameters: (expected: number, received: number) => stated(-1101, 'texts', 1, expected, received),
  duplicateParameter: () => stated(-1101, 'texts', 2),
  /** Also the answer to a `size` beyond its maximum, although `size` is optional (seen live). */
  mandatoryParameter: (parameter: string) => stated(-1102, 'texts', 1, parameter),
  eitherParameter: (one: string, other: string) => stated(-1102, 'texts', 2, one, other),
  unknownParameter: () => stated(-1103, 'texts', 0),
  unreadParameters: (read: number, sent: number) => stated(-1104, 'texts', 1, read, sent),
  emptyParameter: (parameter: string) => stated(-1105, 'texts', 1, parameter),
  parameterNotRequired: (parameter: string) => stated(-1106, 'texts', 1, parameter),
  invalidAsset: () => stated(-1108, 'texts', 0),
  invalidAccount: () => stated(-1109, 'texts', 0),
  unknownListenKey: () => stated(-1125, 'texts', 0),
  lookupIntervalTooBig: () => stated(-1127, 'texts', 0),
  moreThanHours: (hours: number) => stated(-1127, 'texts', 1, hours),
  badCombination: () => stated(-1128, 'texts', 0),
  invalidParameter: (parameter: string) => stated(-1130, 'texts', 1, parameter),
  badKeyFormat: () => stated(-2014, 'texts', 0),
  /** Unknown key, address not on the list, missing permission, or an account without Portfolio Margin: all the same answer. */
  rejectedKey: (ip: string) => stated(-2015, 'seen', 0, ip),
  /** The same on /sapi and /api/v3: without the address, and with a full stop. */
  rejectedKeyOnApi: (status: number): BinanceError => Object.freeze({ ...stated(-2015, 'texts', 0), status }),
  insufficientBalance: () => stated(-2018, 'texts', 0),
  windowTooWide: (days: number) => stated(-4165, 'texts', 1, days),
  unknownPath: (path: string, method: string) => stated(-5000, 'texts', 0, path, method),
  /** Of `next-hourly-interest-rate`, with HTTP 500 (seen live). */
  tooManyAssets: () => stated(2, 'texts', 0),
  assetNotSupported: (asset: string) => stated(-11027, 'texts', 0, asset),
  /** A PRO endpoint called by an account that is not one (seen live). */
  notPortfolioMarginPro: () => stated(-21001, 'seen', 0),
  noBankruptcyLoan: () => stated(-21004, 'texts', 0),
  bankruptcyLoanUncovered: () => stated(-21005, 'texts', 0),
  exceedsBorrowable: () => stated(51006, 'texts', 0),
  pendingBorrowOrRepayment: () => stated(51007, 'texts', 0),
  borrowingClosed: () => stated(51014, 'texts', 0),
  insufficientLoanable: (asset: string) => stated(51061, 'texts', 0, asset),
  inLiquidation: () => stated(51068, 'texts', 0),
  systemBusy: () => stated(51998, 'texts', 0),
  systemAbnormality: () => stated(51999, 'texts', 0),
})

/**
 * The texts of HTTP 5xx without a code of their own (facts A2.2). Their code was not found: -1000, "unknown", is taken.
 * `unknownOutcome` may have been executed; the others were not.
 */
export const binanceServerFailures = Object.freeze({
  occurred: (status = 500): BinanceError => Object.freeze({ code: -1000, status, text: 'Request occur unknown error.' }),
  unknownOutcome: (): BinanceError =>
    Object.freeze({ code: -1000, status: 503, text: 'Unknown error, please check your request or try again later.' }),
  unavailable: (): BinanceError => Object.freeze({ code: -1000, status: 503, text: 'Service Unavailable.' }),
  /** 503 with the text of -1001. */
  internal: (): BinanceError => binanceErrors.disconnected(),
})

/** The body of an error: exactly these two keys, in this order (facts A2). */
export function binanceErrorBody(error: BinanceError): string {
  return printJson({ code: jsonInteger(error.code), msg: error.text })
}

/** What an unknown path under papi answers: a page, not JSON (facts A1). */
export const binanceNotFound = Object.freeze({
  status: 404,
  contentType: 'text/html',
  body: '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n</body>\r\n</html>\r\n',
})

/** What an unknown path of the api host answers: nothing at all (seen for /api/v3 in python-binance issue 1614). */
export const binanceApiNotFound = Object.freeze({ status: 404, contentType: 'text/html', body: '' })
