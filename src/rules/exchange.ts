/** The exchanges whose rules are stated here. */
export type Exchange = 'binance' | 'okx'
