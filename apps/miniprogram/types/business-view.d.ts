/** https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/applets-confirm.html, which WeChat's own types leave out. */
declare namespace WechatMiniprogram {
  interface Wx {
    /** Since base library 2.6.0; has callbacks only. */
    openBusinessView?(options: {
      businessType: string
      extraData: Readonly<Record<string, string>>
      success(): void
      fail(): void
    }): void
  }
}
