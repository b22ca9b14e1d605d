Page({
  onShow() {
    this.getTabBar().setData({ selected: this.route })
  },
})
