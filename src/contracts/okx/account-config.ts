import { endpoint } from '../contract.ts'
import { documentedField, object } from '../wire-object.ts'
import { array, text, truthValue } from '../wire-types.ts'
import { envelope } from './envelope.ts'

const documented = documentedField(text)

/** `GET /api/v5/account/config` (facts B5): whose key it is. Nothing but the uid is demanded: the rest came with the years. */
export const accountConfig = endpoint({
  exchange: 'okx',
  name: 'config',
  title: 'Get account configuration',
  document: 'https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration',
  method: 'GET',
  path: '/api/v5/account/config',
  security: 'READ',
  changesState: false,
  cost: { kind: 'calls', pool: 'user', calls: 5, perMs: 2_000 },
  parameters: {},
  reply: envelope(
    object({
      acctLv: documented,
      acctStpMode: documented,
      autoLoan: documentedField(truthValue),
      ctIsoMode: documented,
      enableSpotBorrow: documentedField(truthValue),
      greeksType: documented,
      feeType: documented,
      ip: documented,
      type: documented,
      kycLv: documented,
      label: documented,
      level: documented,
      levelTmp: documented,
      liquidationGear: documented,
      mainUid: documented,
      mgnIsoMode: documented,
      opAuth: documented,
      perm: documented,
      posMode: documented,
      roleType: documented,
      spotBorrowAutoRepay: documentedField(truthValue),
      spotOffsetType: documented,
      spotRoleType: documented,
      spotTraderInsts: documentedField(array(text)),
      stgyType: documented,
      traderInsts: documentedField(array(text)),
      uid: text,
      settleCcy: documented,
      settleCcyList: documentedField(array(text)),
    }),
  ),
  notes: [
    'uid is of the account that the key belongs to, mainUid of its main account: equal unless the account is a sub-account.',
    'acctLv is the account mode (1 spot, 2 futures, 3 multi-currency margin, 4 portfolio margin); perm, label and ip are of the key.',
  ],
  examples: [
    '{"code":"0","data":[{"acctLv":"3","acctStpMode":"cancel_maker","autoLoan":true,"ctIsoMode":"automatic","enableSpotBorrow":false,' +
      '"greeksType":"PA","feeType":"0","ip":"","type":"0","kycLv":"3","label":"reader","level":"Lv1","levelTmp":"","liquidationGear":"-1",' +
      '"mainUid":"512345678901234567","mgnIsoMode":"automatic","opAuth":"0","perm":"read_only","posMode":"net_mode","roleType":"0",' +
      '"spotBorrowAutoRepay":false,"spotOffsetType":"","spotRoleType":"0","spotTraderInsts":[],"stgyType":"0","traderInsts":[],' +
      '"uid":"512345678901234567","settleCcy":"USDC","settleCcyList":["USD","USDC","USDG"]}],"msg":""}',
  ],
})
