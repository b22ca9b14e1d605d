Page({
  data: { opened: '' },
  onShow() {
    this.setData({ opened: getApp().globalData.opened.join(', ') })
    const bar = this.getTabBar?.()
    if (bar) bar.setData({ selected: 1 })
  },
})
