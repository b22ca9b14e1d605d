import type { Handlers } from '../../../kernel/inbox.ts'

/** 支付成功回调通知. */
export const onPaid: Handlers['payscore.userPaid'] = () => {
  throw new Error('a paid lesson cannot be settled yet')
}
