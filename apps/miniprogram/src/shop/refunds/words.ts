import type { refunds } from '@shouyin/contracts/shopper'

type Refund = Pick<refunds.RefundProgress, 'status' | 'origin' | 'note' | 'account'>

const titles = {
  requested: '已申请退款',
  declined: '商家没有同意退款',
  processing: '退款中',
  succeeded: '已退款',
  abnormal: '退款没有到账',
  closed: '退款没有成功',
  unknown: '退款有新进展',
} as const satisfies Record<refunds.RefundProgress['status'], string>

const hints = {
  requested: '商家处理后，这里会更新',
  declined: '有疑问请联系商家',
  processing: '零钱一般几分钟到账，银行卡要 1 到 3 个工作日',
  succeeded: '钱已原路退回',
  abnormal: '你的收款账户没有收下，商家会用别的办法退给你',
  closed: '这笔钱没有退出，请联系商家',
  unknown: '更新小程序后可见',
} as const satisfies Record<refunds.RefundProgress['status'], string>

/** How money on its way back stands, and what that means for the shopper. */
export function refundWords({ status, note, account }: Refund): { title: string; hint: string } {
  const told = status === 'declined' && note ? `商家说：${note}` : undefined
  const arrived = status === 'succeeded' && account ? `已退回${account}` : undefined
  return { title: titles[status], hint: told ?? arrived ?? hints[status] }
}

/** Why money goes back, in the shopper's words. */
export function originWords({ origin, reason }: Pick<refunds.RefundProgress, 'origin' | 'reason'>): string {
  if (origin === 'automatic') return '多收的钱，自动退回'
  return reason ?? (origin === 'shop' ? '商家退款' : '')
}

/** While one of these is there, the list may change by itself. */
export const isMoving = ({ status }: Pick<refunds.RefundProgress, 'status'>): boolean =>
  status === 'requested' || status === 'processing' || status === 'abnormal'
