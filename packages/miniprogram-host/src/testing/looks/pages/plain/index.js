Page({
  hasTabBar() {
    return this.getTabBar() !== null
  },
})
