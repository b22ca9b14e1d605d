import type { View } from './flow.ts'

export interface Words {
  title: string
  hint: string
}

/** What the shopper reads in each view. */
export const words: Readonly<Record<View, Words>> = {
  checking: { title: '正在核实', hint: '正在向微信支付核实，请稍候' },
  payable: { title: '待支付', hint: '还没有付款，可以继续支付' },
  starting: { title: '正在打开微信支付', hint: '马上就好' },
  paying: { title: '支付中', hint: '请在微信支付里完成付款' },
  confirming: { title: '正在确认', hint: '正在等微信支付的结果，请不要重复支付' },
  unconfirmed: { title: '结果还在确认', hint: '稍后在订单里核实，不要重复支付' },
  cancelling: { title: '正在取消', hint: '正在通知微信支付' },
  closing: { title: '正在取消', hint: '等微信支付确认，一般几分钟内完成' },
  paid: { title: '已支付', hint: '收到你的付款了，谢谢' },
  closed: { title: '已关闭', hint: '这笔订单已经关闭，不会再扣款' },
  unknown: { title: '请更新小程序', hint: '订单有新状态，更新后可见；不要重复支付' },
  unreachable: { title: '没有问到结果', hint: '稍后在订单里核实，不要重复支付' },
}
