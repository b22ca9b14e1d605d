import type { View } from './take-flow.ts'

export interface Words {
  title: string
  /** Whether the card is there, where the money is, and what to do. */
  hint: string
}

/** What the shopper reads in each view. Until the server has answered, nobody here knows whether the card is taken. */
export const words: Readonly<Record<View, Words>> = {
  preparing: { title: '正在准备', hint: '马上就好，领卡不收钱' },
  ready: { title: '先享受优惠，再做到约定', hint: '现在不收钱。没做到，微信会把已经省下的钱收回去' },
  opening: { title: '正在打开微信先享卡', hint: '微信会问要不要打开，请点“允许”。领卡不收钱' },
  away: { title: '请在微信先享卡里领取', hint: '回到这里，就会去问领到了没有' },
  confirming: { title: '正在确认', hint: '正在问微信领到了没有，请稍候' },
  unconfirmed: { title: '结果还在确认', hint: '还没有问到领到了没有。领卡不收钱，请过一会儿再查' },
  untaken: { title: '还没有领到', hint: '没有收钱。正在重新准备' },
  // 未通过申请，当前服务未上线: not on the whitelist · 未能领取先享卡，先享卡未开放领取: not active, or not yet.
  again: {
    title: '还没有领到',
    hint: '没有收钱，可以再点一次。微信说“未通过申请”或“未开放领取”，请联系商家开通',
  },
  taken: { title: '领到了', hint: '现在没有收钱，下单就能享受优惠' },
  holding: { title: '你已经有这张卡了', hint: '不用再领。做到了多少、省了多少，都在卡里' },
  elsewhere: {
    title: '被别人领走了',
    hint: '领卡页被另一个微信号打开，卡归了对方，约定和扣款都和你没有关系。没有收你的钱，你可以再领一张',
  },
  lapsed: { title: '领卡过时了', hint: '没有收钱，请重新领取' },
  ended: { title: '这张卡已经结束', hint: '做到了没有、有没有收回优惠，都在卡里' },
  stopped: { title: '这种卡停止领取了', hint: '不能再领。已经领到的，照常有效' },
  failed: { title: '微信支付没有接受', hint: '没有领到，也没有收钱。请联系商家，或过一会儿再试' },
  unsupported: { title: '微信打不开先享卡', hint: '没有领到，也没有收钱。请更新微信，再试一次' },
  unreachable: { title: '还不能领取', hint: '没有问到这张卡领过没有。领卡不收钱，检查网络，再试一次' },
  unknown: { title: '请更新小程序', hint: '领卡有新状态，更新后可见；不要重复领取' },
}
