import type { ApiKey } from '../../../engine/command.ts'
import type { OkxAnswerOf } from '../answer.ts'

/** How OKX calls what a key may do. */
const permissionNames: Readonly<Record<ApiKey['permissions'][number], string>> = { read: 'read_only', trade: 'trade' }
/** Multi-currency margin, the mode that the venue's accounts are in. */
const multiCurrencyMargin = '3'

/**
 * `GET /api/v5/account/config` (facts B5): whose key it is and what it may do. Every account is a main account; what the venue
 * does not model is as OKX sends it for an account that never changed it.
 */
export const answerAccountConfig: OkxAnswerOf<'config'> = ({ engine, account, key }) => {
  const { uid, vip } = engine.accountState(account)
  const { autoRepay, autoBorrow } = engine.settingsOf(account)
  const config = {
    acctLv: multiCurrencyMargin,
    acctStpMode: 'cancel_maker',
    autoLoan: autoBorrow,
    ctIsoMode: 'automatic',
    enableSpotBorrow: false,
    greeksType: 'PA',
    feeType: '0',
    ip: key?.ips?.join(',') ?? '',
    type: '0',
    kycLv: '3',
    label: account,
    level: vip === 0 ? 'Lv1' : `VIP${vip}`,
    levelTmp: '',
    liquidationGear: '-1',
    mainUid: String(uid),
    mgnIsoMode: 'automatic',
    opAuth: '0',
    perm: (key?.permissions ?? []).map((permission) => permissionNames[permission]).join(','),
    posMode: 'net_mode',
    roleType: '0',
    spotBorrowAutoRepay: autoRepay,
    spotOffsetType: '',
    spotRoleType: '0',
    spotTraderInsts: [],
    stgyType: '0',
    traderInsts: [],
    uid: String(uid),
    settleCcy: 'USDC',
    settleCcyList: ['USD', 'USDC', 'USDG'],
  }
  return { kind: 'data', data: [config] }
}
