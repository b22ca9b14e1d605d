const price = require('./common/price')

App({
  globalData: { opened: [], currency: price.CURRENCY },
  onLaunch({ path, scene }) {
    this.globalData.opened.push(`launch ${path} ${scene}`)
  },
  onShow() {
    this.globalData.opened.push('show')
  },
})
