import type { View } from './flow.ts'

export interface Words {
  title: string
  /** Where the money is, and what to do. */
  hint: string
  /** What the sum under it is. */
  sum: string
}

/** What the shopper reads in each view. */
export const words: Readonly<Record<View, Words>> = {
  checking: { title: '正在核实', hint: '正在问微信支付这笔钱付了没有，请稍候', sum: '订单金额' },
  payable: { title: '待支付', hint: '还没有扣款，可以继续支付', sum: '应付' },
  starting: { title: '正在打开微信支付', hint: '还没有扣款，马上就好', sum: '应付' },
  paying: { title: '支付中', hint: '请在微信支付里完成付款', sum: '应付' },
  confirming: { title: '正在确认', hint: '正在等微信支付的结果。付过的钱不会丢，请不要重复支付', sum: '订单金额' },
  unconfirmed: {
    title: '结果还在确认',
    hint: '还没有查到付款结果。付过的钱不会丢，请过一会儿再查，不要重复支付',
    sum: '订单金额',
  },
  cancelling: { title: '正在取消', hint: '正在请微信支付关闭这笔付款', sum: '订单金额' },
  closing: { title: '正在取消', hint: '等微信支付确认，一般几分钟内完成，在那以前请不要付款', sum: '订单金额' },
  paid: { title: '已支付', hint: '商家收到你的付款了，谢谢', sum: '实付' },
  closed: { title: '已关闭', hint: '这笔订单已经关闭，不会再扣款。要是付过，会原路退回', sum: '订单金额' },
  unknown: { title: '请更新小程序', hint: '订单有新状态，更新后可见；不要重复支付', sum: '订单金额' },
  unreachable: {
    title: '没有问到结果',
    hint: '还不知道付款成功没有。付过的钱不会丢，请稍后再查，不要重复支付',
    sum: '订单金额',
  },
}
