Page({
  data: { heard: '' },
  heard({ type }) {
    this.setData({ heard: type })
  },
})
