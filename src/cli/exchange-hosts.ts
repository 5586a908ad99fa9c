/** The documented hosts (facts A1, B1). OKX has others for some regions: --base-url. */
export const defaultBaseUrls = Object.freeze({
  binance: 'https://papi.binance.com',
  okx: 'https://www.okx.com',
})
