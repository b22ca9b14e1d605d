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
    wx.navigateToMiniProgram({
      appId: 'wxcc2e4fbc5887661e',
      path: '/pages/get-card/get-card?prepare_card_token=t',
    }).then(
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
