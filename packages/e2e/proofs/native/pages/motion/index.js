Page({
  data: { into: '', events: '', turned: '', moved: '', touches: '', x: 0 },
  scrolled({ detail }) {
    this.scrollTop = detail.scrollTop
  },
  note({ type }) {
    this.setData({ events: `${this.data.events}${type} ` })
  },
  turned({ detail }) {
    this.setData({ turned: `${detail.current} ${detail.currentItemId} ${detail.source}` })
  },
  moved({ detail }) {
    this.setData({ moved: `${detail.x} ${detail.y}` })
  },
  touch({ type, changedTouches }) {
    this.setData({ touches: `${this.data.touches}${type}@${changedTouches[0].clientX} ` })
  },
})
