import { type BinanceErrorLine, refusal, seenAs, withStatus } from './error-line.ts'
import { binanceFilterErrors } from './filter-error-table.ts'

/** 10xx: the server and the network. */
const serverErrors: readonly BinanceErrorLine[] = [
  // Spelled so by the document.
  withStatus(500, -1000, 'UNKNOWN', 'An unknown error occured while processing the request.'),
  withStatus(503, -1001, 'DISCONNECTED', 'Internal error; unable to process your request. Please try again.'),
  refusal(-1002, 'UNAUTHORIZED', 'You are not authorized to execute this request.'),
  seenAs(
    withStatus(
      429,
      -1003,
      'TOO_MANY_REQUESTS',
      'Too many requests; current limit is %s requests per minute. Please use the websocket for live updates to avoid polling the API.',
      'Way too many requests; IP banned until %s. Please use the websocket for live updates to avoid bans.',
    ),
    'Too many requests; current limit of IP(%s) is %s requests per minute. Please use the websocket for live updates to avoid polling the API.',
    'Way too many requests; IP(%s) banned until %s. Please use the websocket for live updates to avoid bans.',
    // The two others are those of the api host: /sapi, and /api/v3.
    'Too many requests; current request has limited.',
    'Too much request weight used; current limit is %s request weight per 1 MINUTE. Please use the websocket for live updates to avoid polling the API.',
  ),
  refusal(-1004, 'DUPLICATE_IP', 'This IP is already on the white list'),
  refusal(-1005, 'NO_SUCH_IP', 'No such IP has been white listed'),
  withStatus(500, -1006, 'UNEXPECTED_RESP', 'An unexpected response was received from the message bus. Execution status unknown.'),
  withStatus(504, -1007, 'TIMEOUT', 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.'),
  seenAs(
    withStatus(
      503,
      -1008,
      'REQUEST_THROTTLED',
      'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.',
    ),
    // Before 2025-10-23.
    'Server is currently overloaded with other requests. Please try again in a few minutes.',
  ),
  refusal(-1010, 'ERROR_MSG_RECEIVED', 'ERROR_MSG_RECEIVED.'),
  refusal(-1011, 'NON_WHITE_LIST', 'This IP cannot access this route.'),
  refusal(-1013, 'INVALID_MESSAGE', 'INVALID_MESSAGE.'),
  refusal(-1014, 'UNKNOWN_ORDER_COMPOSITION', 'Unsupported order combination.'),
  refusal(-1015, 'TOO_MANY_ORDERS', 'Too many new orders.', 'Too many new orders; current limit is %s orders per %s.'),
  withStatus(503, -1016, 'SERVICE_SHUTTING_DOWN', 'This service is no longer available.'),
  refusal(-1020, 'UNSUPPORTED_OPERATION', 'This operation is not supported.'),
  refusal(
    -1021,
    'INVALID_TIMESTAMP',
    'Timestamp for this request is outside of the recvWindow.',
    "Timestamp for this request was 1000ms ahead of the server's time.",
  ),
  refusal(-1022, 'INVALID_SIGNATURE', 'Signature for this request is not valid.'),
  refusal(-1023, 'START_TIME_GREATER_THAN_END_TIME', 'Start time is greater than end time.'),
]

/** 11xx: what was sent. */
const requestErrors: readonly BinanceErrorLine[] = [
  refusal(
    -1100,
    'ILLEGAL_CHARS',
    'Illegal characters found in a parameter.',
    "Illegal characters found in parameter '%s'; legal range is '%s'.",
  ),
  refusal(
    -1101,
    'TOO_MANY_PARAMETERS',
    'Too many parameters sent for this endpoint.',
    "Too many parameters; expected '%s' and received '%s'.",
    'Duplicate values for a parameter detected.',
  ),
  refusal(
    -1102,
    'MANDATORY_PARAM_EMPTY_OR_MALFORMED',
    'A mandatory parameter was not sent, was empty/null, or malformed.',
    "Mandatory parameter '%s' was not sent, was empty/null, or malformed.",
    "Param '%s' or '%s' must be sent, but both were empty/null!",
  ),
  refusal(-1103, 'UNKNOWN_PARAM', 'An unknown parameter was sent.'),
  refusal(
    -1104,
    'UNREAD_PARAMETERS',
    'Not all sent parameters were read.',
    "Not all sent parameters were read; read '%s' parameter(s) but was sent '%s'.",
  ),
  refusal(-1105, 'PARAM_EMPTY', 'A parameter was empty.', "Parameter '%s' was empty."),
  refusal(-1106, 'PARAM_NOT_REQUIRED', 'A parameter was sent when not required.', "Parameter '%s' sent when not required."),
  refusal(-1108, 'BAD_ASSET', 'Invalid asset.'),
  refusal(-1109, 'BAD_ACCOUNT', 'Invalid account.'),
  refusal(-1110, 'BAD_INSTRUMENT_TYPE', 'Invalid symbolType.'),
  refusal(-1111, 'BAD_PRECISION', 'Precision is over the maximum defined for this asset.'),
  refusal(-1112, 'NO_DEPTH', 'No orders on book for symbol.'),
  refusal(-1113, 'WITHDRAW_NOT_NEGATIVE', 'Withdrawal amount must be negative.'),
  refusal(-1114, 'TIF_NOT_REQUIRED', 'TimeInForce parameter sent when not required.'),
  refusal(-1115, 'INVALID_TIF', 'Invalid timeInForce.'),
  refusal(-1116, 'INVALID_ORDER_TYPE', 'Invalid orderType.'),
  refusal(-1117, 'INVALID_SIDE', 'Invalid side.'),
  refusal(-1118, 'EMPTY_NEW_CL_ORD_ID', 'New client order ID was empty.'),
  refusal(-1119, 'EMPTY_ORG_CL_ORD_ID', 'Original client order ID was empty.'),
  refusal(-1120, 'BAD_INTERVAL', 'Invalid interval.'),
  refusal(-1121, 'BAD_SYMBOL', 'Invalid symbol.'),
  refusal(-1125, 'INVALID_LISTEN_KEY', 'This listenKey does not exist. Please use `POST /papi/v1/listenKey` to recreate `listenKey`'),
  refusal(-1127, 'MORE_THAN_XX_HOURS', 'Lookup interval is too big.', 'More than %s hours between startTime and endTime.'),
  refusal(-1128, 'OPTIONAL_PARAMS_BAD_COMBO', 'Combination of optional parameters invalid.'),
  refusal(-1130, 'INVALID_PARAMETER', 'Invalid data sent for a parameter.', "Data sent for parameter '%s' is not valid."),
  refusal(-1136, 'INVALID_NEW_ORDER_RESP_TYPE', 'Invalid newOrderRespType.'),
]

/** 20xx: orders and keys. */
const processingErrors: readonly BinanceErrorLine[] = [
  refusal(-2010, 'NEW_ORDER_REJECTED', 'NEW_ORDER_REJECTED'),
  refusal(-2011, 'CANCEL_REJECTED', 'CANCEL_REJECTED'),
  refusal(-2013, 'NO_SUCH_ORDER', 'Order does not exist.'),
  withStatus(401, -2014, 'BAD_API_KEY_FMT', 'API-key format invalid.'),
  seenAs(
    withStatus(401, -2015, 'REJECTED_MBX_KEY', 'Invalid API-key, IP, or permissions for action.'),
    // On papi, with the caller's IP and without a final full stop.
    'Invalid API-key, IP, or permissions for action, request ip: %s',
  ),
  refusal(-2016, 'NO_TRADING_WINDOW', 'No trading window could be found for the symbol. Try ticker/24hrs instead.'),
  refusal(-2018, 'BALANCE_NOT_SUFFICIENT', 'Balance is insufficient.'),
  refusal(-2019, 'MARGIN_NOT_SUFFICIEN', 'Margin is insufficient.'),
  refusal(-2020, 'UNABLE_TO_FILL', 'Unable to fill.'),
  refusal(-2021, 'ORDER_WOULD_IMMEDIATELY_TRIGGER', 'Order would immediately trigger.'),
  refusal(
    -2022,
    'REDUCE_ONLY_REJECT',
    'ReduceOnly Order is rejected.',
    'This indicates the new reduce-only order conflicts with existing open orders; cancel the existing order and resubmit the reduce-only order.',
  ),
  refusal(-2023, 'USER_IN_LIQUIDATION', 'User in liquidation mode now.'),
  refusal(-2024, 'POSITION_NOT_SUFFICIENT', 'Position is not sufficient.'),
  refusal(-2025, 'MAX_OPEN_ORDER_EXCEEDED', 'Reach max open order limit.'),
  refusal(-2026, 'REDUCE_ONLY_ORDER_TYPE_NOT_SUPPORTED', 'This OrderType is not supported when reduceOnly.'),
  refusal(-2027, 'MAX_LEVERAGE_RATIO', 'Exceeded the maximum allowable position at current leverage.'),
  refusal(-2028, 'MIN_LEVERAGE_RATIO', 'Leverage is smaller than permitted: insufficient margin balance.'),
]

/** 50xx and 51xxx: execution. The codes above zero are born in the margin back end. */
const executionErrors: readonly BinanceErrorLine[] = [
  refusal(-5021, 'FOK_ORDER_REJECT', 'Due to the order could not be filled immediately, the FOK order has been rejected.'),
  refusal(-5022, 'GTX_ORDER_REJECT', 'Due to the order could not be executed as maker, the Post Only order will be rejected.'),
  refusal(-5028, 'ME_RECVWINDOW_REJECT', 'The requested timestamp is outside the recvWindow of the matching engine'),
  refusal(-5041, 'TOO_MANY_REQUESTS_IN_QUEUE', 'Time out for too many requests from this account queueing at the same time.'),
  refusal(51006, 'EXCEED_MAX_BORROWABLE', 'Exceeds maximum borrowable amount.'),
  refusal(51007, 'HAS_PENDING_TRANSACTION', 'You have pending borrow or repayment, please try again later.'),
  refusal(51014, 'ASSET_ADMIN_BAN_BORROW', 'This asset is currently not available for borrowing.'),
  refusal(
    51061,
    'INSUFFICIENT_LOANABLE_ASSET',
    'Due to high borrowing demand, there are currently insufficient loanable assets for %s. Please adjust your borrow amount or try again tomorrow.',
  ),
  refusal(
    51068,
    'LIQUIDATION_IN_PROGRESS',
    'Unable to trade. Your margin account is currently in liquidation. Please try again once liquidation is processed.',
  ),
  refusal(51078, 'NET_ASSET_MUST_LTE_RATIO', 'Fail to retrieve margin assets.'),
  refusal(
    51113,
    'EXCEED_PRICE_LIMIT',
    'The limit sell price of this margin trading pair cannot be more than 15% lower than the current index price, and the limit buy price cannot be more than 15% higher than the current index price.',
  ),
  refusal(51122, 'PM_FUNCTION_NOT_SUPPORTED', 'Portfolio Margin account users cannot use this function.'),
  refusal(51998, 'SYSTEM_BUSY', 'System is busy. Please try again later.'),
  refusal(51999, 'UNKNOWN', 'System abnormality.', 'An unknown error occurred while processing the request.'),
]

/** Codes near papi that are not on its list: sapi twins, margin back end, other products (facts A2.1, A2.2). */
const neighbourErrors: readonly BinanceErrorLine[] = [
  withStatus(500, 2, 'TOO_MANY_ASSETS', 'The size of assets should not larger than 20'),
  refusal(-3041, 'BALANCE_NOT_CLEARED', 'Balance is not enough.'),
  refusal(-5000, 'METHOD_NOT_ALLOWED', 'Path %s, Method %s is invalid'),
  refusal(-6021, 'QUERY_RANGE_TOO_LARGE', 'Query time range too large'),
  refusal(-11027, 'ASSET_NOT_SUPPORTED', 'asset %s is not supported'),
  seenAs(refusal(-21001, 'USER_IS_NOT_UNIACCOUNT', 'Request ID is not a Portfolio Margin Account.'), 'USER_IS_NOT_UNIACCOUNT'),
  refusal(-21002, 'UNI_ACCOUNT_CANT_TRANSFER_FUTURE', "Portfolio Margin Account doesn't support transfer from margin to futures."),
  refusal(-21003, 'NET_ASSET_MUST_LTE_RATIO', 'Fail to retrieve margin assets.'),
  refusal(-21004, 'USER_NO_LIABILITY', 'User doesn’t have portfolio margin bankruptcy loan'),
  refusal(-21005, 'NO_ENOUGH_ASSET', 'User’s spot wallet doesn’t have enough BUSD to repay portfolio margin bankruptcy loan'),
  refusal(-21006, 'HAD_IN_PROCESS_REPAY', 'User had portfolio margin bankruptcy loan repayment in process'),
  refusal(-21007, 'IN_FORCE_LIQUIDATION', 'User failed to repay portfolio margin bankruptcy loan since liquidation was in process'),
]

/** Every code of the papi list (facts A2.2), in its order. */
export const binanceErrorTable: readonly BinanceErrorLine[] = Object.freeze([
  ...serverErrors,
  ...requestErrors,
  ...processingErrors,
  ...binanceFilterErrors,
  ...executionErrors,
])

/** Codes that are not on the papi list but that clients of papi meet. */
export const binanceNeighbourErrorTable: readonly BinanceErrorLine[] = Object.freeze(neighbourErrors)
