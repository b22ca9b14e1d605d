import type { View } from './sign-flow.ts'

export interface Words {
  title: string
  /** What was signed, where the money is, and what to do. */
  hint: string
}

/** What the shopper reads in each view. Until the server has answered, nobody here knows whether the plan is signed. */
export const words: Readonly<Record<View, Words>> = {
  preparing: { title: '正在准备', hint: '马上就好，签约时不收钱' },
  ready: { title: '上完一节，付一节', hint: '签约时不收钱，每上完一节课扣一次' },
  opening: { title: '正在打开微信支付分', hint: '签约时不收钱' },
  away: { title: '请在微信支付分里确认', hint: '回到这里，就会去问签好了没有' },
  confirming: { title: '正在确认', hint: '正在问微信支付分签好了没有，请稍候' },
  unconfirmed: { title: '结果还在确认', hint: '还没有问到签好了没有。签约不收钱，请过一会儿再查' },
  unsigned: { title: '没有签约', hint: '没有收钱。正在重新准备' },
  again: {
    title: '没有签约',
    hint: '没有收钱，可以再点一次。要是微信提示分数不够，请联系商家',
  },
  signed: { title: '签约成功', hint: '现在没有收钱。每上完一节课扣一次' },
  enrolled: { title: '你已经签约了', hint: '不用再签。上到哪一节、扣了多少，都在课程里' },
  lapsed: { title: '签约过时了', hint: '没有收钱，请重新签约。微信的签约页只留两小时' },
  ended: { title: '这次签约已经结束', hint: '没上的课不再收钱。还想上课，可以重新签约' },
  stopped: { title: '这份计划停售了', hint: '不能再签约。已经签了的，照常上课' },
  failed: { title: '微信支付没有接受', hint: '没有签约，也没有收钱。请联系商家，或过一会儿再试' },
  unsupported: { title: '微信打不开支付分', hint: '没有签约，也没有收钱。请更新微信，再试一次' },
  unreachable: { title: '还不能签约', hint: '没有问到这份计划签过没有。签约时不收钱，检查网络，再试一次' },
  unknown: { title: '请更新小程序', hint: '签约有新状态，更新后可见；不要重复签约' },
}
