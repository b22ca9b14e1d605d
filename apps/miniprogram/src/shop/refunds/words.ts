import type { refunds } from '@shouyin/contracts/shopper'

type Refund = Pick<refunds.RefundProgress, 'status' | 'origin' | 'note' | 'account'>
type Words = { title: string; hint: string }
export interface OrderRefunds {
  refunds: refunds.RefundProgress[]
  refundableFen: number
}

/** How long WeChat Pay takes. */
export const arrival = '零钱一般几分钟到账，银行卡 1 到 3 个工作日'

const words = {
  requested: { title: '已申请退款', hint: '等商家处理，同意后钱会原路退回' },
  declined: { title: '商家没有同意退款', hint: '有疑问请联系商家' },
  processing: { title: '退款中', hint: `原路退回，${arrival}` },
  succeeded: { title: '已退款', hint: '钱已原路退回' },
  abnormal: { title: '退款没有到账', hint: '原来的付款账户收不了这笔钱，商家会换个办法退给你' },
  closed: { title: '退款没有成功', hint: '这笔钱没有退出来，请联系商家' },
  unknown: { title: '退款有新进展', hint: '更新小程序后可见' },
} as const satisfies Record<refunds.RefundProgress['status'], Words>

/** How money on its way back stands, and what that means for the shopper. */
export function refundWords({ status, note, account }: Refund): Words {
  if (status === 'declined' && note) return { ...words.declined, hint: `商家说：${note}` }
  if (status === 'succeeded' && account) return arrived(account)
  return words[status]
}

/** WeChat Pay names accounts as the merchant sees them (退款入账账户). One of the merchant's own is not the shopper's yet. */
function arrived(account: string): Words {
  if (account.startsWith('商户')) return { title: '退款转由商家支付', hint: '钱在商家那里，商家会另外转给你' }
  return { title: words.succeeded.title, hint: `已退回${account.replace(/^(支付)?用户的?/, '你的')}` }
}

const origins = { shopper: '', shop: '商家退款', automatic: '多收的钱，自动退回', unknown: '' } as const

/** Why money goes back: the reason that WeChat's own message gives too, where there is one. */
export const originWords = ({ origin, reason }: Pick<refunds.RefundProgress, 'origin' | 'reason'>): string =>
  reason ?? origins[origin]

/** What the head of an order says about money that went back; `undefined`: nothing to add. */
export function headWords(
  order: Pick<refunds.RefundProgress, 'amountFen'> & { status: string },
  { refunds: list }: OrderRefunds,
): Words | undefined {
  if (order.status === 'closed' && list.length > 0) return { title: '已关闭', hint: '关闭后收到的付款会原路退回' }
  const back = list.filter(({ status, origin }) => status === 'succeeded' && origin !== 'automatic')
  const isAllBack = back.reduce((sum, { amountFen }) => sum + amountFen, 0) >= order.amountFen
  return order.status === 'paid' && isAllBack ? { title: '已退款', hint: '这笔订单的钱都退回了' } : undefined
}

/** While one of these is there, the list may change by itself. */
export const isMoving = ({ status }: Pick<refunds.RefundProgress, 'status'>): boolean =>
  status === 'requested' || status === 'processing' || status === 'abnormal'
