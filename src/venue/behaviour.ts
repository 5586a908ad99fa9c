import { fail } from '../errors/overdraft-error.ts'
import { okxLiabilityFieldsDefaults } from '../rules/okx-liability-fields.ts'
import { defaultBehaviour, type EngineBehaviour } from './engine/behaviour.ts'

/**
 * What the two faces do where the documents are silent, each choice named. The engine has such options of its own
 * (`EngineBehaviour`); together they are the `behaviour` of a venue. Every entry: its choices, the default first.
 */
const choices = {
  /**
   * A Binance window wider than allowed: the one code on the document's list that names an interval in days;
   * `interval-in-hours` the one that names hours; `clamp` answers with the newest part instead.
   */
  binanceWindowTooWide: ['maximum-interval', 'interval-in-hours', 'clamp'],
  /** `startTime` after `endTime`: `-1023`, or `-1102` naming startTime, or an empty answer. */
  binanceStartAfterEnd: ['start-after-end', 'malformed', 'empty'],
  /** `recvWindow` above 60000: the document gives the bound but no code; `-1130`, or `-1102`, or the bound is taken. */
  binanceRecvWindowTooLarge: ['invalid-data', 'malformed', 'clamp'],
  /** A parameter the document does not list: `-1103`; `-1104` with the two counts; or it is not looked at. */
  binanceUnknownParameter: ['unknown', 'not-all-read', 'ignore'],
  /** The same parameter twice in the query, or twice in the body: `-1101`, or the first is taken. */
  binanceDuplicateParameter: ['reject', 'first'],
  /** An optional parameter sent without a value: `-1105` naming it, or as if it was not sent. */
  binanceEmptyParameter: ['reject', 'ignore'],
  /**
   * Who may call `POST repay-futures-negative-balance`. Its page says USER_DATA, but it moves money, and a read-only
   * key must not: `trade` (`-2015` otherwise), or `read`.
   */
  binanceRepayPermission: ['trade', 'read'],
  /** The HTTP status of -2015 on /sapi and /api/v3: both were seen (facts A2.1). */
  binanceApiRejectedKeyStatus: ['401', '400'],
  /** Whom the twins of papi on the api host answer: PRO accounts; or every Portfolio Margin account, since `PM_2` is among their types. */
  binanceProTwins: ['pro-only', 'any-portfolio-margin'],
  /** An unknown path of /sapi or /api/v3: 404 with no body, as was seen for /api/v3; or the page of papi; or JSON as -5000. */
  binanceApiUnknownPath: ['empty', 'page', 'json'],
  /**
   * A call that changes an account more often than it may (the switch of Auto Repay, a collection, a BNB transfer): no
   * code was found. `-4084` says that a method is not allowed at present; or `-1020`, or `51998`.
   */
  binanceTooOften: ['not-allowed-currently', 'unsupported', 'system-busy'],
  /** What is free does not cover a transfer or a repayment: `-2018` of the papi list, or `-3041`, which a client of papi handles. */
  binanceInsufficientBalance: ['insufficient', 'not-enough'],
  /** Repaying a margin loan where none is owed: `-1130` naming the amount, or `-2018`, or `-1020`; no code was found. */
  binanceNothingOwed: ['invalid-amount', 'insufficient', 'unsupported'],
  /**
   * Histories of loans and repayments asked for without `txId` and `startTime`: their pages demand one of the two and
   * promise the last 7 days without them. The 7 days, or `-1102` naming both.
   */
  binanceLoanRecordsBare: ['last-7-days', 'either-parameter'],
  /** `page` of the income histories: dropped on 2026-10-28, from when on it is an unknown parameter; or always so, or never. */
  binanceIncomePage: ['by-date', 'dropped', 'kept'],
  /** `limit` above 100: `51000 Parameter limit error`, or 100 is taken. */
  okxLimitTooLarge: ['reject', 'clamp'],
  /** `before` alone: the newest rows there are, as other v5 endpoints do, or those next to the cursor. */
  okxBeforeAlone: ['newest', 'nearest'],
  /** `before` and `after` together: both bounds hold, or the call is refused with `50024`. */
  okxBothCursors: ['both', 'reject'],
  /** The same OKX parameter twice: `51000` naming it, or the first is taken. */
  okxDuplicateParameter: ['reject', 'first'],
  /**
   * A value in a JSON body of another type than documented (`"amt":100`, `"autoRepay":"true"`): `51000` naming the
   * parameter, or it is read all the same.
   */
  okxBodyTypes: ['as-documented', 'any-scalar'],
  /** `POST spot-manual-borrow-repay`: once a second, or, as newer copies of the document have it, once in three. */
  okxManualBorrowLimit: ['each-second', 'each-three-seconds'],
  /** What `GET interest-rate` tells: the daily rate (facts B4), or a 24th of it, as copies of the document have it. */
  okxInterestRatePeriod: ['daily', 'hourly'],
  /**
   * What demo trading answers with `50038`: histories of VIP loans; also borrowing, repaying and their switches; or
   * nothing. The documents only say that there are such features.
   */
  okxUnavailableInDemo: ['vip-loans', 'all-loans', 'nothing'],
  /** Which keys the venue holds: `x-simulated-trading: 1` is refused with `50101` in production, its absence in demo. */
  okxEnvironment: ['production', 'demo'],
  /**
   * Rate limits: enforced; or only counted, so that headers show the weight but nobody is turned away.
   */
  limits: ['enforced', 'counted'],
  /**
   * While the venue's clock is frozen its limits would never recover: the limits' own time goes on with the real clock
   * (and moves whenever the venue's clock is moved), or stands still too.
   */
  limitsWhileFrozen: ['go-on', 'stand-still'],
} as const

type Choices = typeof choices

/** Options that are whole numbers: the default, and the least there may be. */
const numbers = {
  /** How many calls in one minute may be answered with 429 before the next is answered with 418. */
  binanceRejectionsBeforeBan: { normal: 10, least: 1 },
  /** Rows of OKX charges before this instant lack `totalLiab` and `interestFreeLiab` (facts B3: added from spring 2025). */
  okxLiabilityFieldsFrom: { normal: okxLiabilityFieldsDefaults.fieldsFrom, least: 0 },
  /** Rows of OKX charges before this instant, and from the other on, have them empty (facts B3: until January 2026). */
  okxLiabilityValuesFrom: { normal: okxLiabilityFieldsDefaults.valuesFrom, least: 0 },
} as const

/** The named options of the faces; see the table above for what each choice does. */
export type FaceBehaviour = { readonly [Name in keyof Choices]: Choices[Name][number] } & {
  readonly [Name in keyof typeof numbers]: number
}

const names = Object.keys(choices) as readonly (keyof Choices)[]
const numberNames = Object.keys(numbers) as readonly (keyof typeof numbers)[]

/**
 * The behaviour with its defaults filled in.
 * @throws `venue.behaviour-malformed` naming the option and its choices
 */
export function faceBehaviour(given: Partial<FaceBehaviour> = {}): FaceBehaviour {
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const allowed: readonly string[] = choices[name]
    const value = given[name] ?? allowed[0]
    if (value === undefined || !allowed.includes(value)) fail('venue.behaviour-malformed', { name, value, choices: allowed })
    values[name] = value
  }
  for (const name of numberNames) {
    const { normal, least } = numbers[name]
    const value = given[name] ?? normal
    if (!Number.isSafeInteger(value) || value < least) {
      fail('venue.behaviour-malformed', { name, value, choices: [`a whole number from ${least}`] })
    }
    values[name] = value
  }
  return Object.freeze(values) as FaceBehaviour
}

/**
 * The behaviour of a venue split between its faces and its engine.
 * @throws `venue.behaviour-malformed`, `venue.behaviour-unknown`
 */
export function venueBehaviour(given: Partial<FaceBehaviour & EngineBehaviour> = {}): {
  readonly face: FaceBehaviour
  readonly engine: Partial<EngineBehaviour>
} {
  const faceNames: readonly string[] = [...names, ...numberNames]
  const engine: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (faceNames.includes(name)) continue
    if (!Object.hasOwn(defaultBehaviour, name))
      fail('venue.behaviour-unknown', { name, known: [...faceNames, ...Object.keys(defaultBehaviour)] })
    engine[name] = value
  }
  return { face: faceBehaviour(given), engine }
}
