import type { endpoints, schema } from '@shouyin/wechatpay-core/refunds'
import type { InferOutput } from 'valibot'
import type { Refuse } from '../../../kernel/handler.ts'
import type { StoredRefund } from '../../../kernel/refunds.ts'
import type { World } from '../../../kernel/world.ts'
import { planRefund } from '../user/progress.ts'

/** 银行类型 of the debit cards that an abnormal refund may go to. DERIVED: the page names the banks, not their codes. */
const BANKS: Readonly<Record<string, string>> = {
  CMB_DEBIT: '招商银行',
  COMM_DEBIT: '交通银行',
  ABC_DEBIT: '农业银行',
  CCB_DEBIT: '建设银行',
  ICBC_DEBIT: '工商银行',
  BOC_DEBIT: '中国银行',
  PAB_DEBIT: '平安银行',
  SPDB_DEBIT: '浦发银行',
  CITIC_DEBIT: '中信银行',
  CEB_DEBIT: '光大银行',
  CMBC_DEBIT: '民生银行',
  CIB_DEBIT: '兴业银行',
  GDB_DEBIT: '广发银行',
  PSBC_DEBIT: '邮储银行',
  NBCB_DEBIT: '宁波银行',
}

type AbnormalBody = InferOutput<typeof schema.AbnormalBody>

/** 发起异常退款: PROCESSING again, now to a bank card. @throws Refusal */
export function redirectRefund(
  world: World,
  refund: StoredRefund,
  body: AbnormalBody,
  refuse: Refuse<(typeof endpoints)['applyAbnormal']>,
): void {
  const userReceivedAccount = body.type === 'MERCHANT_BANK_CARD' ? '商户结算银行账户' : cardOf(body, refuse)
  if (refund.status !== 'ABNORMAL') {
    // GUESS: code and sentence; the page only says that it is for ABNORMAL refunds.
    throw refuse(400, 'INVALID_REQUEST', '退款单不是退款异常状态，不能发起异常退款')
  }
  world.refunds.move(refund, 'PROCESSING', { channel: 'OTHER_BANKCARD', userReceivedAccount })
  planRefund(world, refund)
}

/** 银行名称, 卡类型 and 卡尾号, which is all that is kept of the card. */
function cardOf(
  { bank_type: type, bank_account: account }: Extract<AbnormalBody, { type: 'USER_BANK_CARD' }>,
  refuse: Refuse<(typeof endpoints)['applyAbnormal']>,
): string {
  const bank = BANKS[type]
  if (bank === undefined) {
    const issue = `is not one of ${Object.keys(BANKS).join(', ')}`
    throw refuse(400, 'PARAM_ERROR', '不支持的银行类型', { field: '/bank_type', value: type, issue, location: 'body' })
  }
  if (!/^\d{8,30}$/.test(account)) {
    const issue = 'is not the number of a bank card'
    throw refuse(400, 'PARAM_ERROR', '银行卡号格式错误', { field: '/bank_account', issue, location: 'body' })
  }
  return `${bank}借记卡${account.slice(-4)}`
}
