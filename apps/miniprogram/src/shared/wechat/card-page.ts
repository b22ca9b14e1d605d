import type { CardPages } from '../phone.ts'
import { simulation } from '../wechat.ts'
import { answersOf, returnsFrom } from './visit.ts'
import { createSimulatedCardPages } from './visits-simulated.ts'

/** 先享卡, a mini-program of WeChat's. */
const DISCOUNT_CARD_APPID = 'wxcc2e4fbc5887661e'

/** Pages of discount cards. No page of the main package imports this: it lies in the package of that product. */
const real: CardPages = {
  // https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_3_9.shtml
  open: ({ appId, path }) =>
    new Promise((resolve) => {
      if (wx.navigateToMiniProgram) wx.navigateToMiniProgram({ appId, path, extraData: {}, ...answersOf(resolve) })
      else resolve('unsupported')
    }),
  // Nothing is sent along: coming back is a reason to ask the server.
  onReturn: returnsFrom(DISCOUNT_CARD_APPID),
}

export const cardPages: CardPages =
  process.env.SIMULATOR_URL && simulation ? createSimulatedCardPages(simulation) : real
