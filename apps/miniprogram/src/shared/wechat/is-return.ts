/** Of 微信支付分, which is a mini-program itself. */
export const PAY_SCORE_APPID = 'wxd8f3793ea3b935b8'
const FROM_MINI_PROGRAM = 1038

/** Whether the app was returned to from Pay Score: on Android the scene may be another, and in some versions there is no referrer. */
export const isReturn = (shown: { scene?: number; referrerInfo?: { appId?: string } }): boolean =>
  shown.referrerInfo?.appId === undefined
    ? shown.scene === FROM_MINI_PROGRAM
    : shown.referrerInfo.appId === PAY_SCORE_APPID
