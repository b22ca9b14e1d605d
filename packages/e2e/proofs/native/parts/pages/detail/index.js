Page({
  data: { id: '', name: '', offered: 'none', depth: 0 },
  onLoad({ id, name = '' }) {
    this.setData({ id, name: decodeURIComponent(name), depth: getCurrentPages().length })
    this.getOpenerEventChannel().on('offered', ({ names }) => this.setData({ offered: names.join() }))
  },
  pick() {
    this.getOpenerEventChannel().emit('picked', { name: 'rice' })
    wx.navigateBack()
  },
})
