const shows = []

Page({
  data: { log: [], said: '' },
  onLoad() {
    wx.onAppShow(({ scene, referrerInfo }) => shows.push({ scene, referrerInfo }))
    wx.onAppHide(() => shows.push('hide'))
  },
  say(value) {
    this.setData({ said: JSON.stringify(value) })
  },
  shows() {
    return shows
  },
  sign() {
    const answer = (result) => this.say(result.errMsg)
    wx.openBusinessView({ businessType: 'wxpayScorePlan', extraData: { package: 'AA' }, success: answer, fail: answer })
  },
  jump() {
    this.jumpTo('/pages/get-card/get-card?prepare_card_token=t')
  },
  card() {
    this.jumpTo('/pages/card-detail/card-detail?mchid=1900000001&out_card_code=c')
  },
  jumpTo(path) {
    wx.navigateToMiniProgram({ appId: 'wxcc2e4fbc5887661e', path, extraData: {} }).then(
      (result) => this.say(result.errMsg),
      (error) => this.say(error.errMsg),
    )
  },
  late() {
    setTimeout(() => this.jump(), 10)
  },
  onShareAppMessage({ from, target }) {
    return { title: `来自 ${from} ${target?.dataset.what}`, path: '/pages/fields/index?id=7' }
  },
})
