/** What the documents have and the venue has not, so that nobody looks for it. */
export const notBuilt: readonly (readonly [what: string, facts: string, why: string])[] = [
  [
    '`GET` and `POST /papi/v1/unimmr/notification`, and the event `uniMMRDrop`',
    'A6',
    'announced for 2026-10-29; no page of it with parameters and answers was at hand',
  ],
  [
    'orders, positions, leverage and their endpoints (`/papi/v1/um/order`, `/papi/v1/um/positionRisk`, …)',
    'A1.2',
    'a negative balance is what is modelled: profit, loss, fees and funding are booked, requirements set',
  ],
  [
    'events of orders: `ORDER_TRADE_UPDATE`, `CONDITIONAL_ORDER_TRADE_UPDATE`, `executionReport`, `ACCOUNT_CONFIG_UPDATE`',
    'A7',
    'stated as contracts, and sent only when the venue is told to: it has no orders',
  ],
  ['liquidation at 105 %', 'A4.7', 'the level is told, and nothing is sold'],
  ['`riskLevelChange` as a push to a phone, warning mails', 'A4.7', 'no wire of an exchange'],
  ['OKX’s WebSocket', 'B5', 'no document of it was at hand'],
  ['`borrowFroz` and `potentialBorrowingAmt` of open orders on OKX', 'B4', 'there are no orders that would borrow: they read 0'],
  ['isolated margin by position on OKX', 'B3', 'debts of isolated positions are booked as debts; there are no positions behind them'],
  [
    '`POST` and `GET /api/v5/account/bills-history-archive`',
    'B5',
    'the file behind them is written in-process by `okxBillsFile`; the hours for which it is made, and its link, are not',
  ],
  ['`um/income/asyn` and `asyn/id` of papi, a file of income', 'B5', 'the columns of the file behind them are documented nowhere'],
  ['regional hosts of OKX, and `50119` for a key on the wrong one', 'B1', 'the venue is one host'],
  ['the firewall, but as a fault', 'A1.2', '403 comes when a fault says so'],
]
