/** What stands before an amount to come: nothing where it is exact. */
export const certaintySigns = Object.freeze({ exact: '', 'at-most': '≤ ', about: '≈ ' })
