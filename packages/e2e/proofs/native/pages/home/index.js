Page({
  data: { picked: 'nothing', life: '', refreshed: 0 },
  note(word) {
    this.setData({ life: `${this.data.life}${word} ` })
  },
  onLoad() {
    this.note('load')
  },
  onShow() {
    this.note('show')
    const bar = this.getTabBar?.()
    if (bar) bar.setData({ selected: 0 })
  },
  onReady() {
    this.note('ready')
  },
  onHide() {
    this.note('hide')
  },
  onPullDownRefresh() {
    this.setData({ refreshed: this.data.refreshed + 1 }, () => wx.stopPullDownRefresh())
  },
  /** The opened page is told something, and tells something back. */
  offer() {
    wx.navigateTo({
      url: '/parts/pages/detail/index?id=8',
      events: { picked: ({ name }) => this.setData({ picked: name }) },
      success: ({ eventChannel }) => eventChannel.emit('offered', { names: ['tea', 'rice'] }),
    })
  },
  onShareAppMessage: () => ({ title: 'Native', path: '/pages/home/index?from=share' }),
})
