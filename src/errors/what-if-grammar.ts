/** How a sentence of `--if` is built; stands in every error about one. */
export const whatIfGrammar =
  'repay|borrow|deposit|withdraw AMOUNT|all ASSET [on ACCOUNT] [at HH:MM | at INSTANT | in 2h], times in UTC, such as "repay 5000 USDT at 21:50"'
