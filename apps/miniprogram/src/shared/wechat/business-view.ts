import type { BusinessViews, ViewClaim } from '../phone.ts'
import { simulation } from '../wechat.ts'
import { createSimulatedBusinessViews } from './business-view-simulated.ts'
import { isReturn } from './is-return.ts'

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
  onReturn(tell) {
    const listener = (shown: object): void => {
      if (isReturn(shown)) tell()
    }
    wx.onAppShow(listener)
    return () => wx.offAppShow(listener)
  },
}

const answersOf = (resolve: (claim: ViewClaim) => void) => ({
  success: () => resolve('opened'),
  fail: () => resolve('refused'),
})

export const businessViews: BusinessViews =
  process.env.SIMULATOR_URL && simulation ? createSimulatedBusinessViews(simulation) : real
