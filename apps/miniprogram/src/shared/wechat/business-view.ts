import type { BusinessViews } from '../phone.ts'
import { simulation } from '../wechat.ts'
import { answersOf, returnsFrom } from './visit.ts'
import { createSimulatedBusinessViews } from './visits-simulated.ts'

/** 微信支付分, which is a mini-program itself. */
const PAY_SCORE_APPID = 'wxd8f3793ea3b935b8'

/** Pages of Pay Score. No page of the main package imports this: it lies in the package of that product. */
const real: BusinessViews = {
  // https://pay.weixin.qq.com/doc/v3/partner/4012855944
  open: ({ businessType, extraData, navigation }) =>
    new Promise((resolve) => {
      const answers = answersOf(resolve)
      // Counts against no quota and asks nobody for leave; base library 2.6.0.
      if (wx.openBusinessView) wx.openBusinessView({ businessType, extraData, ...answers })
      else if (wx.navigateToMiniProgram) wx.navigateToMiniProgram({ ...navigation, extraData, ...answers })
      else resolve('unsupported')
    }),
  onReturn: returnsFrom(PAY_SCORE_APPID),
}

export const businessViews: BusinessViews =
  process.env.SIMULATOR_URL && simulation ? createSimulatedBusinessViews(simulation) : real
