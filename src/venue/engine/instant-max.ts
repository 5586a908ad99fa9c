/** The latest instant a JavaScript date can stand at, epoch ms. */
export const instantMax = 8_640_000_000_000_000
