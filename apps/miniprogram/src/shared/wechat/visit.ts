import type { ViewClaim } from '../phone.ts'
import { isReturn } from './is-return.ts'

/** What every page of WeChat's that the shopper leaves for has in common. */

/** WeChat says whether its page opened, and nothing of what the shopper does there. */
export const answersOf = (resolve: (claim: ViewClaim) => void) => ({
  success: () => resolve('opened'),
  fail: () => resolve('refused'),
})

/** Tells of every return from this mini-program of WeChat's; what is returned stops that. */
export const returnsFrom =
  (appId: string) =>
  (tell: () => void): (() => void) => {
    const listener = (shown: object): void => {
      if (isReturn(appId, shown)) tell()
    }
    wx.onAppShow(listener)
    return () => wx.offAppShow(listener)
  }
