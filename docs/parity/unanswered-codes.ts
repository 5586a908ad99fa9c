/** Why documented codes are never answered; each reason with its codes, `from-to` for a run of them. */
export const unansweredCodes: readonly (readonly [exchange: 'binance' | 'okx', codes: string, why: string])[] = [
  ['binance', '-1002', 'no document tells when it comes instead of `-2015`'],
  ['binance', '-1004 -1005', 'lists of addresses are changed on the website, not by an endpoint'],
  ['binance', '-1010 -1013 -1016', 'texts that name no case'],
  ['binance', '-1011', 'addresses that a key is bound to are answered with `-2015`, as was seen'],
  ['binance', '-1014 -1112 -1114..-1119 -1136', 'the venue takes no orders'],
  ['binance', '-1106', 'no parameter of these endpoints is forbidden by another'],
  ['binance', '-1109', 'an account that is none is answered with `-2015`, as was seen'],
  ['binance', '-1110 -1121', 'a symbol only filters an income history, and one nobody traded has no rows'],
  ['binance', '-1113', 'no endpoint takes a signed amount'],
  ['binance', '-1120', 'no endpoint takes an interval'],
  ['binance', '-2010 -2011 -2013 -2016 -2019..-2028', 'the venue takes no orders'],
  [
    'binance',
    '-4000..-4033 -4044..-4049 -4051..-4054 -4058..-4083',
    'orders, leverage, filters and positions, which the venue does not have',
  ],
  ['binance', '-4050', 'a futures wallet may go below zero'],
  ['binance', '-4056 -4057', 'keys of the wrong kind are answered with `-2015`, as was seen'],
  ['binance', '-4085..-4088 -4104 -4118..-4164 -4183..-4519', 'orders, which the venue does not take'],
  ['binance', '-4114 -4115', 'no endpoint takes a client’s transaction id'],
  ['binance', '-5021..-5041', 'orders, which the venue does not take'],
  ['binance', '51007', 'every borrowing and repayment is carried out at once'],
  ['binance', '51068', 'the venue tells the level at which Binance liquidates, but liquidates nobody'],
  ['binance', '51078 51999', 'the venue’s own failures are `-1000` and `-1001`'],
  ['binance', '51113', 'orders, which the venue does not take'],
  ['binance', '51122', 'no endpoint of other accounts is stated'],
  ['binance', '-6021', 'of another product'],
  ['binance', '-21002', 'no endpoint moves margin to futures but for BNB'],
  ['binance', '-21003', 'the market is always there to be read'],
  ['binance', '-21006 -21007', 'repayments are carried out at once, and the venue liquidates nobody'],
  ['okx', '2', 'no endpoint takes several at once'],
  ['okx', '50005', 'VIP endpoints have left the documents, but no date says when they stopped'],
  ['okx', '50007..50010 50012 50027 50029 50100', 'the venue blocks, freezes and restricts nobody'],
  ['okx', '50016', 'no parameter of these endpoints has to match another'],
  ['okx', '50030', 'a key that lacks a permission is answered with `50120`'],
  ['okx', '50035', 'no endpoint demands that its key be bound to an address'],
  ['okx', '50039', 'the histories by instant support `before`'],
  ['okx', '50108 50109 50114', 'no document tells when they come'],
  ['okx', '50121', 'the venue knows no countries'],
  ['okx', '51010', 'the account modes of the venue allow all that is stated'],
]

/** Whether a code is one of those that a reason names. */
export function isNamed(codes: string, code: string): boolean {
  return codes.split(' ').some((part) => {
    const [first = '', last = first] = part.split('..')
    const [low, high] = [Number(first), Number(last)].sort((left, right) => left - right) as [number, number]
    return Number(code) >= low && Number(code) <= high
  })
}
