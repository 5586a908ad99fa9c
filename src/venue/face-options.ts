import { okxLiabilityFieldsDefaults } from '../rules/okx-liability-fields.ts'
import { type OpenChoice, open } from './open-question.ts'
import { streamChoices } from './stream-options.ts'

/**
 * What the two faces do where the documents are silent, each choice named, the default first. docs/parity.md is printed
 * from it.
 */
export const faceChoices = Object.freeze({
  binanceWindowTooWide: open(
    'A Binance window wider than allowed.',
    ['A2.2', 'D (Binance 4)'],
    [
      ['maximum-interval', '`-4165`, the one code on the document’s list that names an interval in days'],
      ['interval-in-hours', '`-1127`, the one that names hours'],
      ['clamp', 'answers with the newest part instead'],
    ],
  ),
  binanceStartAfterEnd: open(
    '`startTime` after `endTime`.',
    ['A2.2', 'D (Binance 4)'],
    [
      ['start-after-end', '`-1023`'],
      ['malformed', '`-1102` naming `startTime`'],
      ['empty', 'an empty answer'],
    ],
  ),
  binanceRecvWindowTooLarge: open(
    '`recvWindow` above 60000: the document gives the bound but no code.',
    ['A1.1'],
    [
      ['invalid-data', '`-1130`'],
      ['malformed', '`-1102`'],
      ['clamp', 'the bound is taken'],
    ],
  ),
  binanceUnknownParameter: open(
    'A parameter the document does not list.',
    ['A2.2', 'D (Binance 10)'],
    [
      ['unknown', '`-1103`'],
      ['not-all-read', '`-1104` with the two counts'],
      ['ignore', 'it is not looked at'],
    ],
  ),
  binanceDuplicateParameter: open(
    'The same parameter twice in the query, or twice in the body.',
    ['A1', 'A2.2'],
    [
      ['reject', '`-1101`'],
      ['first', 'the first is taken'],
    ],
  ),
  binanceEmptyParameter: open(
    'An optional parameter sent without a value.',
    ['A2.2'],
    [
      ['reject', '`-1105` naming it'],
      ['ignore', 'as if it was not sent'],
    ],
  ),
  binanceRepayPermission: open(
    'Who may call `POST repay-futures-negative-balance`. Its page says USER_DATA, but it moves money, and a read-only key must not.',
    ['A3.4'],
    [
      ['trade', 'a key that may trade; `-2015` otherwise'],
      ['read', 'any key that may read'],
    ],
  ),
  binanceApiRejectedKeyStatus: open(
    'The HTTP status of `-2015` on /sapi and /api/v3: both were seen.',
    ['A2.1'],
    [
      ['401', 'as on papi'],
      ['400', 'as other refusals'],
    ],
  ),
  binanceProTwins: open(
    'Whom the twins of papi on the api host answer; `PM_2` is among their account types.',
    ['A6'],
    [
      ['pro-only', 'PRO accounts; `-21001` otherwise'],
      ['any-portfolio-margin', 'every Portfolio Margin account'],
    ],
  ),
  binanceApiUnknownPath: open(
    'An unknown path of /sapi or /api/v3.',
    ['A1'],
    [
      ['empty', '404 with no body, as was seen for /api/v3'],
      ['page', 'the page of papi'],
      ['json', 'JSON, as `-5000`'],
    ],
  ),
  binanceTooOften: open(
    'A call that changes an account more often than it may (the switch of Auto Repay, a collection, a BNB transfer): no code was found.',
    ['A4.6', 'A6'],
    [
      ['not-allowed-currently', '`-4084`, a method is not allowed at present'],
      ['unsupported', '`-1020`'],
      ['system-busy', '`51998`'],
    ],
  ),
  binanceInsufficientBalance: open(
    'What is free does not cover a transfer or a repayment.',
    ['A2.1', 'D (Binance 3)'],
    [
      ['insufficient', '`-2018` of the papi list'],
      ['not-enough', '`-3041`, which a client of papi handles'],
    ],
  ),
  binanceNothingOwed: open(
    'Repaying a margin loan where none is owed: no code was found.',
    ['A2.2', 'D (Binance 3)'],
    [
      ['invalid-amount', '`-1130` naming the amount'],
      ['insufficient', '`-2018`'],
      ['unsupported', '`-1020`'],
    ],
  ),
  binanceLoanRecordsBare: open(
    'Histories of loans and repayments asked for without `txId` and `startTime`: their pages demand one of the two and promise the last 7 days without them.',
    ['A6'],
    [
      ['last-7-days', 'the last 7 days'],
      ['either-parameter', '`-1102` naming both'],
    ],
  ),
  binanceChangeLog: open(
    'What the change logs date: endpoints that came (repaying in 2023, the record of auto-exchange in 2025, delta mode in 2026), `amount` and `futureType` of asset-collection, `page` of the income histories. Out of its time an endpoint is an unknown path, a parameter an unknown parameter.',
    ['A3.3', 'A3.4', 'A4.6', 'A6', 'D (Binance 14)'],
    [
      ['by-date', 'the venue’s clock decides'],
      ['latest', 'as if everything announced had happened'],
      ['all', 'whatever there ever was is there'],
    ],
  ),
  ...streamChoices,
  okxLimitTooLarge: open(
    '`limit` above 100.',
    ['B3', 'D (OKX 2)'],
    [
      ['reject', '`51000 Parameter limit error`'],
      ['clamp', '100 is taken'],
    ],
  ),
  okxBeforeAlone: open(
    '`before` alone.',
    ['B3', 'D (OKX 7)'],
    [
      ['newest', 'the newest rows there are, as other v5 endpoints do'],
      ['nearest', 'those next to the cursor'],
    ],
  ),
  okxBothCursors: open(
    '`before` and `after` together.',
    ['B3', 'D (OKX 7)'],
    [
      ['both', 'both bounds hold'],
      ['reject', '`50024`'],
    ],
  ),
  okxDuplicateParameter: open(
    'The same OKX parameter twice.',
    ['B2', 'D (OKX 2)'],
    [
      ['reject', '`51000` naming it'],
      ['first', 'the first is taken'],
    ],
  ),
  okxBodyTypes: open(
    'A value in a JSON body of another type than documented (`"amt":100`, `"autoRepay":"true"`).',
    ['B5'],
    [
      ['as-documented', '`51000` naming the parameter'],
      ['any-scalar', 'it is read all the same'],
    ],
  ),
  okxManualBorrowLimit: open(
    'How often `POST spot-manual-borrow-repay` may be called; copies of the document differ.',
    ['B5'],
    [
      ['each-second', 'once a second'],
      ['each-three-seconds', 'once in three, as newer copies have it'],
    ],
  ),
  okxInterestRatePeriod: open(
    'What `GET interest-rate` tells: its document of 2026-03-28 says the hourly rate, copies up to spring 2025 were read as the daily one.',
    ['B4', 'B5'],
    [
      ['hourly', 'a 24th of the daily rate, cut at 16 decimals'],
      ['daily', 'the daily rate'],
    ],
  ),
  okxBillsArchive: open(
    'How long `GET bills-archive` keeps bills; copies of the document differ.',
    ['B5'],
    [
      ['three-months', '90 days, as most copies have it'],
      ['one-year', '365 days, as one copy of spring 2025 has it'],
    ],
  ),
  okxUnavailableInDemo: open(
    'What demo trading answers with `50038`; the documents only say that there are such features.',
    ['B2'],
    [
      ['vip-loans', 'histories of VIP loans'],
      ['all-loans', 'also borrowing, repaying and their switches'],
      ['nothing', 'nothing'],
    ],
  ),
  okxEnvironment: open(
    'Which keys the venue holds: no question of the documents, but of what is tested.',
    ['B1'],
    [
      ['production', '`x-simulated-trading: 1` is refused with `50101`'],
      ['demo', 'its absence is refused with `50101`'],
    ],
  ),
  timestamps: open(
    'By which clock a time stamp has to be right: no question of the documents, but of what is tested.',
    ['A1.1'],
    [
      ['venue-clock', 'the venue’s'],
      ['either-clock', 'the venue’s or the real one: for a bot that cannot be told another time than the machine’s'],
    ],
  ),
  limits: open(
    'Whether rate limits turn anybody away: no question of the documents, but of what is tested.',
    ['A1.2'],
    [
      ['enforced', 'they do'],
      ['counted', 'headers show the weight, but nobody is turned away'],
    ],
  ),
  limitsWhileFrozen: open(
    'While the venue’s clock is frozen its limits would never recover: no exchange has a clock that stands.',
    ['A1.2'],
    [
      ['go-on', 'the limits’ own time goes on with the real clock, and moves whenever the venue’s clock is moved'],
      ['stand-still', 'it stands still too'],
    ],
  ),
})

/** Options that are whole numbers: the default, and the least there may be. */
export const faceNumbers = Object.freeze({
  binanceRejectionsBeforeBan: Object.freeze({
    open: 'How many calls in one minute may be answered with 429 before the next is answered with 418.',
    facts: ['A1.2'],
    normal: 10,
    least: 1,
  }),
  okxLiabilityFieldsFrom: Object.freeze({
    open: 'Rows of OKX charges before this instant lack `totalLiab` and `interestFreeLiab`, which came from spring 2025 on.',
    facts: ['B3', 'D (OKX 3)'],
    normal: okxLiabilityFieldsDefaults.fieldsFrom,
    least: 0,
  }),
  okxLiabilityValuesFrom: Object.freeze({
    open: 'Rows of OKX charges before this instant, and from the other on, have them empty.',
    facts: ['B3', 'D (OKX 1)'],
    normal: okxLiabilityFieldsDefaults.valuesFrom,
    least: 0,
  }),
})

/** The values a choice may have. */
export type ChoiceOf<Stated> = Stated extends OpenChoice<infer Value> ? Value : never
