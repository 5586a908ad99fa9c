import { open } from './open-question.ts'

/** What the user data stream does where the documents are silent; part of `faceChoices`. */
export const streamChoices = {
  binanceUnknownListenKey: open(
    'A stream asked for with a listen key that there is not, or not any more.',
    ['A7'],
    [
      ['refuse', 'the connection is refused with `-1125`'],
      ['silence', 'it opens and nothing ever comes, as was seen on the host of the streams'],
    ],
  ),
  binanceExpiredListenKey: open(
    'The connection after `listenKeyExpired`: its page says that nothing more is told, and that the two are unrelated.',
    ['A7'],
    [
      ['close', 'it is closed'],
      ['silence', 'it stays open, and nothing comes any more'],
    ],
  ),
  binanceListenKeyExpired: open(
    'The fields of `listenKeyExpired`.',
    ['A7'],
    [
      ['without-key', '`e` and `E`, as its page has it'],
      ['with-key', '`listenKey` too, as the page of USDⓈ-M Futures has it'],
    ],
  ),
  binanceAutoExchangeEvents: open(
    'Auto-exchange has no event of its own, but it moves balances.',
    ['A4.5', 'A7'],
    [
      ['balances', 'what it moves shows in the events of balances, whose page lists the reason AUTO_EXCHANGE'],
      ['none', 'nothing tells of it'],
    ],
  ),
  binanceLiabilityFigures: open(
    '`p` and `i` of `liabilityChange`: in the document’s example they do not add up to `l`.',
    ['A7'],
    [
      ['of-the-loan', 'principal and interest of the loan that was taken'],
      ['of-the-debt', 'all that is owed of the asset'],
    ],
  ),
  binanceProStream: open(
    'What comes at `/pm-classic`.',
    ['A7'],
    [
      ['risk-level', '`riskLevelChange`, the only event documented for PRO'],
      ['every-event', 'every event'],
    ],
  ),
} as const
